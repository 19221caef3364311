package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.graph.Pixels;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.ImageBatches;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Trainee;

/** A graft in training: the graph, its session, and what can be drawn from it. */
final class GraftTraining implements Trainee, AutoCloseable {
  /** What is known of a rootstock. */
  record Rootstock(BigGanArchitecture architecture, Map<String, float[]> weights) {}

  private final Graph graph = new Graph();
  private final GraftedGenerator generator;
  private final Batches batches;
  private final GraftGraph training;
  private final Targets targets;
  private final WeightSpread spread;
  private final Placeholder<TFloat32> z;
  private final Operand<TFloat32> floats;
  private final Operand<TUint8> drawn;
  private final ImageBatches drawing;
  private final Session session;

  GraftTraining(
      GraftOptions options, Rootstock rootstock, ImageSet images, FrozenNetwork perceptual) {
    int batch = Math.min(options.learning().batch(), images.count());
    Weights weights = Weights.create(options.learning().seed(), options.method().trained());
    generator =
        new GraftedGenerator(
            rootstock.architecture(), options.method(), options.groupSize(), weights);
    batches = new Batches(images, batch, options.learning().seed());
    Ops tf = Ops.create(graph);
    targets = new Targets(tf, images, perceptual, batch);
    training = new GraftGraph(graph, options, generator, targets, batch);

    Ops sampling = tf.withSubScope("Samples");
    z =
        sampling
            .withName("z")
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(-1, rootstock.architecture().latent())));
    floats = generator.apply(sampling, z);
    drawn = Pixels.toBytes(sampling, floats);
    spread = new WeightSpread(tf.withSubScope("Spread"), generator, options.learning().seed());

    session = Sessions.open(graph, options.execution().settings());
    drawing = ImageBatches.of(options.execution().settings());
    fill(options, rootstock, batch);
  }

  private void fill(GraftOptions options, Rootstock rootstock, int batch) {
    Map<Weight, float[]> frozen = new LinkedHashMap<>();
    for (Weight weight : generator.rootstock().all()) {
      float[] values = rootstock.weights().get(weight.name());
      if (values == null) {
        throw new BadInputException(
            "⟨generator⟩ "
                + options.generator()
                + " lacks the weight "
                + weight.name()
                + "; it is not a generator that train wrote");
      }
      frozen.put(weight, values);
    }
    WeightValues.set(session, frozen);
    WeightValues.initialise(session, generator.scion());
    WeightValues.initialise(session, training.slots());
    WeightValues.set(session, generator.scion().get("class_vector"), meanClass(rootstock));
    generator.rootstock().derive(session);
    targets.prepare(session);
    WeightValues.set(
        session, generator.scion().get("perceptual_weights"), perceptualWeights(batch));
  }

  private float[] perceptualWeights(int batch) {
    Weight weights = generator.scion().get("perceptual_weights");
    if (targets.perceptualFactor().isPresent()) {
      float[] same = new float[Math.toIntExact(weights.count())];
      Arrays.fill(same, (float) targets.perceptualFactor().getAsDouble());
      return same;
    }
    int[] first = new int[batch];
    Arrays.setAll(first, i -> i);
    return training.balancedWeights(session, first);
  }

  /**
   * The mean of the rootstock's class vectors: no class is nearer to a new motif than another until
   * it is tried.
   */
  private static float[] meanClass(Rootstock rootstock) {
    float[] table = rootstock.weights().get("generator/classes/table");
    int width = rootstock.architecture().embedding();
    float[] mean = new float[width];
    for (int i = 0; i < table.length; i++) {
      mean[i % width] += table[i] / rootstock.architecture().classes();
    }
    return mean;
  }

  @Override
  public Map<String, Double> step(long step) {
    return training.train(session, step, batches.indices(step));
  }

  /**
   * Draws images. On the CPU an image depends on its own latent vector alone, to the bit.
   *
   * @param latents [n, D] in row-major order
   * @return uint8 NHWC
   */
  byte[] draw(float[] latents) {
    int width = generator.architecture().latent();
    int size = generator.architecture().size();
    return drawing.draw(
        latents.length / width,
        size * size * 3,
        images -> {
          float[] rows = ImageBatches.rows(latents, width, images);
          try (TFloat32 feed = Tensors.floats(Shape.of(images.length, width), rows);
              Result result = session.runner().feed(z, feed).fetch(drawn).run()) {
            return Tensors.toBytes((TUint8) result.get(0));
          }
        });
  }

  /** The same as floats in [−1, 1], all in one run. */
  float[] drawFloats(float[] latents) {
    int width = generator.architecture().latent();
    try (TFloat32 feed = Tensors.floats(Shape.of(latents.length / width, width), latents);
        Result result = session.runner().feed(z, feed).fetch(floats).run()) {
      return Tensors.toFloats((TFloat32) result.get(0));
    }
  }

  /** What every training image's latent vector gives, in the images' order: uint8 NHWC. */
  byte[] reconstruct() {
    return draw(WeightValues.get(session, generator.scion().get("latents")));
  }

  /** How much W varies with z, by site; empty where no layer depends on z. */
  Map<String, Double> spread() {
    return spread.measure(session);
  }

  /**
   * The weights of the trained generator by name, without the latent vectors and what only training
   * needs.
   */
  Map<String, float[]> generatorValues() {
    List<Weight> weights = new ArrayList<>(generator.weights().all());
    weights.removeIf(
        weight ->
            weight.name().equals("graft/latents")
                || weight.name().equals("graft/perceptual_weights"));
    return WeightValues.get(session, weights);
  }

  /** What {@link TrainedKernels} finds in the generator as it is now. */
  Map<String, float[]> histograms() {
    return TrainedKernels.of(session, generator);
  }

  /** Images a step. */
  int batch() {
    return batches.batchSize();
  }

  /** The length of a latent vector. */
  int latent() {
    return generator.architecture().latent();
  }

  GraftedGenerator generator() {
    return generator;
  }

  Graph graph() {
    return graph;
  }

  /**
   * All that changes in training, and the balance of the perceptual terms, which the first images
   * decide.
   */
  @Override
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(generator.weights().trained());
    state.add(generator.scion().get("perceptual_weights"));
    state.addAll(training.slots().all());
    return state;
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
}
