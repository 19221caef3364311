package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.model.GeneratorHook.Site;
import tsugiki.score.RunningMoments;

/**
 * Whether the layers adapt to z at all: for every site, the standard deviation of W's entries over
 * latent vectors, its mean over the entries. 0 means that W is one matrix for all images. W is
 * computed for a few latent vectors at a time, so that memory does not grow with their number.
 */
final class WeightSpread {
  private static final int RANDOM_LATENTS = 64;
  private static final int AT_ONCE = 16;

  private final int width;
  private final Randomness random;
  private final Operand<TFloat32> normal;
  private final Placeholder<TFloat32> z;
  private final List<Operand<TFloat32>> moments = new ArrayList<>();

  WeightSpread(Ops tf, GraftedGenerator generator, long seed) {
    width = generator.architecture().latent();
    random = new Randomness(tf, seed);
    normal = random.normal(tf, "spread", Shape.of(RANDOM_LATENTS, width));
    z = tf.withName("z").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, width)));
    if (generator.method() != GraftMethod.POINT_WISE) {
      return;
    }
    List<Integer> sites = generator.architecture().siteChannels();
    for (int index = 0; index < sites.size(); index++) {
      if (!generator.layers().at(index)) {
        continue;
      }
      Ops scope = tf.withSubScope("Site" + index);
      Site site = new Site(index, "site_" + index, sites.get(index), 0);
      Operand<TFloat32> matrices = generator.mixing(scope, site, z).matrices();
      Operand<TFloat32> mean = scope.math.mean(matrices, scope.constant(0));
      moments.add(mean);
      moments.add(scope.math.mean(scope.math.squaredDifference(matrices, mean), scope.constant(0)));
    }
  }

  /**
   * The spreads over random latent vectors and over those of the training, by name; none where the
   * method has no layers.
   *
   * @param learned the latent vectors of the training [n, D] in row-major order
   */
  Map<String, Double> measure(Session session, float[] learned) {
    if (moments.isEmpty()) {
      return Map.of();
    }
    double[] overRandom = spreads(session, drawn(session));
    double[] overLearned = spreads(session, learned);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int site = 0; site < overRandom.length; site++) {
      values.put("w_spread_random/site_" + site, overRandom[site]);
      values.put("w_spread_training/site_" + site, overLearned[site]);
    }
    return values;
  }

  private float[] drawn(Session session) {
    try (TInt64 key = TInt64.scalarOf(0);
        Result result = session.runner().feed(random.step(), key).fetch(normal).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  private double[] spreads(Session session, float[] latents) {
    int count = latents.length / width;
    RunningMoments[] sites = new RunningMoments[moments.size() / 2];
    for (int from = 0; from < count; from += AT_ONCE) {
      int n = Math.min(AT_ONCE, count - from);
      float[] rows = Arrays.copyOfRange(latents, from * width, (from + n) * width);
      Session.Runner runner = session.runner();
      moments.forEach(runner::fetch);
      try (TFloat32 feed = Tensors.floats(Shape.of(n, width), rows);
          Result result = runner.feed(z, feed).run()) {
        for (int site = 0; site < sites.length; site++) {
          float[] means = Tensors.toFloats((TFloat32) result.get(2 * site));
          float[] variances = Tensors.toFloats((TFloat32) result.get(2 * site + 1));
          if (from == 0) {
            sites[site] = new RunningMoments(means.length);
          }
          sites[site].add(n, means, variances);
        }
      }
    }
    return Arrays.stream(sites).mapToDouble(RunningMoments::meanDeviation).toArray();
  }
}
