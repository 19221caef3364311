package tsugiki.gan;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.train.AveragedNetwork;

/** The averaged generator of a training, and the images that it draws. */
final class AveragedGenerator {
  private final AveragedNetwork network = new AveragedNetwork("generator");
  private final Placeholder<TFloat32> z;
  private final Placeholder<TInt64> labels;
  private final Operand<TUint8> images;

  /**
   * Builds it.
   *
   * @param graph of the training
   * @param networks the generator to build
   * @param known gives the distribution of labels that standing statistics are taken over
   */
  AveragedGenerator(Graph graph, GanOptions options, GanNetworks networks, TrainingLabels known) {
    Ops tf = GraphScope.ops(graph).withSubScope("AveragedGenerator");
    Shape latents = Shape.of(-1, networks.latentSize());
    z = tf.withName("z").placeholder(TFloat32.class, Placeholder.shape(latents));
    labels = tf.withName("label").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    images = Pixels.toBytes(tf, networks.images(tf, Layers.served(network.weights()), z, labels));

    Ops standing = GraphScope.ops(graph).withSubScope("StandingStatistics");
    Randomness random = new Randomness(standing, options.seed());
    PendingUpdates sums = new PendingUpdates();
    networks.images(
        standing,
        Layers.accumulating(network.weights(), sums),
        random.normal(standing, "standing z", Shape.of(options.batch(), networks.latentSize())),
        FakeLabels.draw(standing, random, "standing label", options.batch(), known));
    network.standing(standing, sums, random, options.standingBatches());
  }

  /** The averages and their statistics. */
  AveragedNetwork network() {
    return network;
  }

  /**
   * Draws images; {@link AveragedNetwork#settle} comes first.
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
}
