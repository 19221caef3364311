package tsugiki.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.graph.Sessions;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.WeightValues;
import tsugiki.graph.Weights;
import tsugiki.train.Trainee;

/** A class-conditional GAN in training. */
public final class GanTraining implements Trainee, AutoCloseable {
  private final GanOptions options;
  private final Batches batches;
  private final Graph graph = new Graph();
  private final AveragedGenerator average;
  private final GanGraph gan;
  private final Session session;
  private final byte[] pixels;

  /**
   * Builds the graph and fills it with initial values.
   *
   * @param options what to train
   * @param images what to train on, of the architecture's size and classes
   * @param discriminators makes the discriminator
   * @param settings of the session
   */
  public GanTraining(
      GanOptions options,
      ImageSet images,
      Discriminators discriminators,
      Sessions.Settings settings) {
    this.options = options;
    batches = new Batches(images, options.batch(), options.seed());
    pixels = new byte[options.batch() * images.imageLength()];
    average = new AveragedGenerator(graph, options);
    gan = new GanGraph(graph, options, discriminators, average);
    session = Sessions.open(graph, settings);
    for (Weights network : gan.networks()) {
      WeightValues.initialise(session, network);
    }
    WeightValues.initialise(session, average.weights());
    discriminators.fill(session);
  }

  @Override
  public Map<String, Double> step(long step) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (int k = 0; k < options.discriminatorSteps(); k++) {
      long number = step * options.discriminatorSteps() + k;
      int[] chosen = batches.indices(number);
      batches.fill(chosen, batches.flips(number), pixels);
      int side = options.architecture().size();
      try (TUint8 images = Tensors.bytes(Shape.of(chosen.length, side, side, 3), pixels);
          TInt64 labels = Tensors.longs(longs(batches.labels(chosen)))) {
        scalars.putAll(gan.trainDiscriminator(session, number, images, labels));
      }
    }
    scalars.putAll(gan.trainGenerator(session, step));
    return scalars;
  }

  /**
   * Draws from the averaged generator, with its standing statistics taken anew.
   *
   * @param labels the classes [n]
   * @param seed of the latent vectors
   * @return uint8 NHWC
   */
  public byte[] draw(long[] labels, long seed) {
    average.settle(session);
    int latent = options.architecture().latent();
    int side = options.architecture().size();
    byte[] all = new byte[labels.length * side * side * 3];
    SplittableRandom random = new SplittableRandom(seed);
    for (int from = 0; from < labels.length; from += 64) {
      int count = Math.min(64, labels.length - from);
      float[] z = new float[count * latent];
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) random.nextGaussian();
      }
      byte[] part = average.draw(session, z, Arrays.copyOfRange(labels, from, from + count));
      System.arraycopy(part, 0, all, from * side * side * 3, part.length);
    }
    return all;
  }

  /** The averaged generator's weights by name, as they go into a file. */
  public Map<String, float[]> generatorValues() {
    average.settle(session);
    return average.values(session);
  }

  @Override
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(gan.state());
    state.addAll(average.weights().all().stream().map(this::averaged).toList());
    return state;
  }

  /** The averages have the names that they are exported under, which are the generator's own. */
  private Weight averaged(Weight weight) {
    return new Weight(
        "average/" + weight.name(),
        weight.shape(),
        weight.trained(),
        weight.initializer(),
        weight.variable(),
        weight.feed(),
        weight.assign());
  }

  @Override
  public Session session() {
    return session;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static long[] longs(int[] values) {
    long[] result = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }
}
