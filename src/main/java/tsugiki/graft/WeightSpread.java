package tsugiki.graft;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.AdaptivePointwise.Mixing;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.model.GeneratorHook.Site;

/**
 * Whether the layers adapt to z at all: for every site, the standard deviation of W's entries over
 * latent vectors, its mean over the entries. 0 means that W is one matrix for all images.
 */
final class WeightSpread {
  private static final int RANDOM_LATENTS = 64;

  private final Map<String, Operand<TFloat32>> spreads = new LinkedHashMap<>();
  private final Randomness random;

  WeightSpread(Ops tf, GraftedGenerator generator, long seed) {
    random = new Randomness(tf, seed);
    if (generator.method() != GraftMethod.POINT_WISE) {
      return;
    }
    int width = generator.architecture().latent();
    Operand<TFloat32> normal = random.normal(tf, "spread", Shape.of(RANDOM_LATENTS, width));
    Operand<TFloat32> learned = generator.scion().get("latents").variable();
    int index = 0;
    for (int channels : generator.architecture().siteChannels()) {
      Site site = new Site(index, "site_" + index, channels, 0);
      Ops scope = tf.withSubScope("Site" + index);
      spreads.put(
          "w_spread_random/" + site.name(),
          spread(scope.withSubScope("Random"), generator, site, normal));
      spreads.put(
          "w_spread_training/" + site.name(),
          spread(scope.withSubScope("Training"), generator, site, learned));
      index++;
    }
  }

  private static Operand<TFloat32> spread(
      Ops tf, GraftedGenerator generator, Site site, Operand<TFloat32> z) {
    Mixing mixing = generator.mixing(tf, site, z);
    Operand<TFloat32> mean = tf.math.mean(mixing.matrices(), tf.constant(0));
    Operand<TFloat32> variance =
        tf.math.mean(tf.math.squaredDifference(mixing.matrices(), mean), tf.constant(0));
    return Reduce.mean(tf, tf.math.sqrt(variance));
  }

  /** The spreads by name; none where the method has no layers. */
  Map<String, Double> measure(Session session) {
    if (spreads.isEmpty()) {
      return Map.of();
    }
    Session.Runner runner = session.runner();
    spreads.values().forEach(runner::fetch);
    Map<String, Double> values = new LinkedHashMap<>();
    try (TInt64 key = TInt64.scalarOf(0);
        Result result = runner.feed(random.step(), key).run()) {
      spreads
          .keySet()
          .forEach(name -> values.put(name, (double) Tensors.scalar(result.get(values.size()))));
    }
    return values;
  }
}
