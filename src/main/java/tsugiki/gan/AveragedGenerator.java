package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Updates;

/**
 * The averaged generator of a training: plain kernels, standing statistics. It is what samples are
 * drawn from and what is exported.
 */
final class AveragedGenerator {
  private static final Set<String> STATISTICS =
      Set.of("mean", "variance", "mean_sum", "variance_sum", "sum_count");
  private static final Set<String> SUMS = Set.of("mean_sum", "variance_sum", "sum_count");

  private final Weights weights = Weights.create(0, name -> false).in("generator");
  private final Placeholder<TFloat32> z;
  private final Placeholder<TInt64> labels;
  private final Operand<TUint8> images;
  private final Randomness random;
  private final NoOp accumulate;
  private final int standingBatches;

  /**
   * Builds it.
   *
   * @param graph of the training
   * @param networks the generator to build
   * @param known gives the distribution of labels that standing statistics are taken over
   */
  AveragedGenerator(Graph graph, GanOptions options, GanNetworks networks, TrainingLabels known) {
    Ops tf = Ops.create(graph).withSubScope("AveragedGenerator");
    z =
        tf.withName("z")
            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, networks.latentSize())));
    labels = tf.withName("label").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    images = Pixels.toBytes(tf, networks.images(tf, Layers.served(weights), z, labels));

    Ops standing = Ops.create(graph).withSubScope("StandingStatistics");
    standingBatches = options.standingBatches();
    random = new Randomness(standing, options.seed());
    PendingUpdates sums = new PendingUpdates();
    networks.images(
        standing,
        Layers.accumulating(weights, sums),
        random.normal(standing, "standing z", Shape.of(options.batch(), networks.latentSize())),
        FakeLabels.draw(standing, random, "standing label", options.batch(), known));
    accumulate = Updates.apply(standing, List.of(), sums, after -> List.of());
  }

  /** The weights that are averages; the others, statistics, follow from them. */
  List<Weight> followed() {
    return weights.all().stream()
        .filter(weight -> !STATISTICS.contains(lastPart(weight.name())))
        .toList();
  }

  /** Takes the standing statistics anew; call it before drawing, since the weights have changed. */
  void settle(Session session) {
    weights.derive(session);
    List<Weight> sums =
        weights.all().stream().filter(weight -> SUMS.contains(lastPart(weight.name()))).toList();
    if (sums.isEmpty()) {
      return; // A network without batch normalisation.
    }
    setZero(session, sums);
    for (long i = 0; i < standingBatches; i++) {
      try (TInt64 key = TInt64.scalarOf(i)) {
        session.runner().feed(random.step(), key).addTarget(accumulate).run().close();
      }
    }
    Map<String, float[]> values = WeightValues.get(session, weights.all());
    Map<Weight, float[]> means = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      String sum = weight.name() + "_sum";
      if (values.containsKey(sum)) {
        String scope = weight.name().substring(0, weight.name().lastIndexOf('/') + 1);
        float count = values.get(scope + "sum_count")[0];
        means.put(weight, BatchNorm.standing(values.get(sum), count));
      }
    }
    WeightValues.set(session, means);
  }

  /** Sets everything to zero, which the first average and the first statistics replace. */
  void clear(Session session) {
    setZero(session, weights.all());
  }

  private static void setZero(Session session, List<Weight> some) {
    Map<Weight, float[]> zeros = new LinkedHashMap<>();
    some.forEach(weight -> zeros.put(weight, new float[(int) weight.count()]));
    WeightValues.set(session, zeros);
  }

  /**
   * Draws images; {@link #settle} comes first.
   *
   * @param latents [n, D] in row-major order
   * @param classes [n]
   * @return uint8 NHWC
   */
  byte[] draw(Session session, float[] latents, long[] classes) {
    Shape shape = Shape.of(classes.length, latents.length / classes.length);
    try (TFloat32 feed = Tensors.floats(shape, latents);
        TInt64 classFeed = Tensors.longs(classes);
        Result result =
            session.runner().feed(z, feed).feed(labels, classFeed).fetch(images).run()) {
      return Tensors.toBytes((TUint8) result.get(0));
    }
  }

  /** All its weights as they go into a file, statistics included. */
  Map<String, float[]> values(Session session) {
    Map<String, float[]> values = new TreeMap<>(WeightValues.get(session, weights.all()));
    values.keySet().removeIf(name -> SUMS.contains(lastPart(name)));
    return values;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
