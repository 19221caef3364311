package tsugiki.single;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.StepInputs;

/**
 * The graph and session of one stage: its networks with all stages below, the image that it learns,
 * and its steps. A step of the training is some runs of the discriminator on a generated image,
 * which a variable keeps, and then those of the generator.
 */
final class StageGraph implements AutoCloseable {
  /** Where the weights of the generator lie. */
  static final String GENERATOR = "generator";

  private static final String DISCRIMINATOR = "discriminator";

  /** Where noise, amplitudes and images lie. */
  static final String NOISE = "noise";

  private final int stage;
  private final StageMethod method;
  private final StageTrainingOptions options;
  private final Graph graph = new Graph();
  private final Weights weights;
  private final StepInputs inputs;
  private final Optional<Placeholder<TFloat32>> first;
  private final StageImages images;
  private final StageSteps steps;
  private final Session session;

  /**
   * Builds a stage; {@link #begin} fills it.
   *
   * @param stage its number from 0
   * @param sizes of the images up to this stage
   * @param fed whether the first stage's input is fed in every step
   */
  StageGraph(
      int stage,
      StageMethod method,
      StageTrainingOptions options,
      List<Size> sizes,
      boolean fed,
      Sessions.Settings settings) {
    this.stage = stage;
    this.method = method;
    this.options = options;
    Ops tf = GraphScope.ops(graph);
    weights = Weights.create(options.seed(), this::trains);
    inputs =
        new StepInputs(tf.withSubScope("Step"), Randomness.mix(options.seed(), "stage " + stage));
    Shape shape = Shape.of(1, sizes.get(stage).height(), sizes.get(stage).width(), 3);
    Ops kept = tf.withSubScope("Images");
    Variable<TFloat32> real = kept(kept, "real", shape);
    Variable<TFloat32> fake = kept(kept, "fake", shape);
    first = fed ? first(tf, sizes.get(0)) : Optional.empty();
    images = method.images(new StageScope(tf, stage, sizes, weights, inputs, real, fake, first));
    steps =
        new StageSteps(
            tf,
            inputs,
            options,
            method.renewsGradients(),
            image ->
                method.discriminator(
                    tf.withSubScope("Discriminator"), weights.in(DISCRIMINATOR), stage, image),
            images,
            real,
            fake,
            weights.in(DISCRIMINATOR),
            byRate());
    session = Sessions.open(graph, settings);
  }

  private Variable<TFloat32> kept(Ops tf, String name, Shape shape) {
    return weights.in(NOISE).untrained(tf, name, shape, Initializer.zeros());
  }

  private static Optional<Placeholder<TFloat32>> first(Ops tf, Size size) {
    return Optional.of(
        tf.withSubScope("Fed")
            .withName("first")
            .placeholder(
                TFloat32.class, Placeholder.shape(Shape.of(1, size.height(), size.width(), 3))));
  }

  private boolean trains(String name) {
    String generator = GENERATOR + "/";
    return !name.startsWith(generator)
        || method.rateFactor(stage, name.substring(generator.length())) > 0;
  }

  /** The generator's trained weights by the factor on their rate, the highest rate last. */
  private Map<Float, List<Weight>> byRate() {
    Map<Float, List<Weight>> groups = new LinkedHashMap<>();
    Weights generator = weights.in(GENERATOR);
    for (Weight weight : generator.trained()) {
      String name = weight.name().substring(generator.path().length());
      groups
          .computeIfAbsent(method.rateFactor(stage, name), factor -> new ArrayList<>())
          .add(weight);
    }
    return groups;
  }

  /**
   * Fills the stage with its first values and what it learns.
   *
   * @param real the image [h, w, 3] in [−1, 1]
   * @param fixed the noise for the reconstruction by the number of its stage, row-major
   */
  void begin(float[] real, Map<Integer, float[]> fixed) {
    WeightValues.initialise(session, weights);
    steps.slots().forEach(slots -> WeightValues.initialise(session, slots));
    Map<Weight, float[]> values = new LinkedHashMap<>();
    Weights noise = weights.in(NOISE);
    values.put(noise.get("real"), real);
    fixed.forEach((below, value) -> values.put(noise.get("fixed_" + below), value));
    WeightValues.set(session, values);
  }

  /**
   * Takes over what the stage before has learned, and measures how much noise there is left to
   * learn.
   *
   * @param changed anything that the first stage takes [h, w, 3]; the reconstruction takes its own
   */
  void growFrom(StageGraph before, float[] changed) {
    Map<String, float[]> learned = before.learned();
    Map<Weight, float[]> values = new LinkedHashMap<>();
    String generator = weights.in(GENERATOR).path();
    for (Weight weight : carried()) {
      String name = weight.name();
      String origin =
          name.startsWith(generator)
              ? generator + method.origin(stage, name.substring(generator.length()))
              : name;
      float[] value = learned.get(origin);
      boolean anew = name.startsWith(DISCRIMINATOR + "/") && method.widens(stage);
      if (value != null && !anew) {
        values.put(weight, value);
      }
    }
    WeightValues.set(session, values);
    Map<Placeholder<TFloat32>, TFloat32> feeds = feeds(changed);
    try {
      float error = images.settle(session, steps, feeds);
      WeightValues.set(
          session,
          weights.in(NOISE).get("amplitude_" + stage),
          new float[] {options.noiseAmplitude() * (float) Math.sqrt(error)});
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  /** The first stage's input, where it is fed; the caller closes it. */
  private Map<Placeholder<TFloat32>, TFloat32> feeds(float[] changed) {
    return first
        .map(
            input ->
                Map.of(input, Tensors.floats(weights.in(NOISE).get("fixed_0").shape(), changed)))
        .orElse(Map.of());
  }

  /**
   * Carries out a step.
   *
   * @param step of this stage, from 0
   * @param changed the image that the first stage takes [h, w, 3]; unused where it takes noise
   * @return what was measured, by name
   */
  Map<String, Double> step(long step, float[] changed) {
    Map<Placeholder<TFloat32>, TFloat32> feeds = feeds(changed);
    try {
      images.begin(session, step, feeds);
      return steps.run(session, images, step, feeds);
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  int stage() {
    return stage;
  }

  /** What it draws while it learns. */
  StageImages images() {
    return images;
  }

  /** The noise of every stage in a step. */
  List<Operand<TFloat32>> noise() {
    return images.noise();
  }

  /** The weights, the noise and the images. */
  Weights weights() {
    return weights;
  }

  /** Updates of the discriminator a step. */
  int discriminatorSteps() {
    return options.discriminatorSteps();
  }

  /** The random numbers of a step. */
  StepInputs inputs() {
    return inputs;
  }

  /** The steps, for what they would compute. */
  StageSteps steps() {
    return steps;
  }

  /** Generator, discriminator and amplitudes. */
  List<Weight> carried() {
    List<Weight> carried = new ArrayList<>(weights.in(GENERATOR).all());
    carried.addAll(weights.in(DISCRIMINATOR).all());
    for (int below = 0; below <= stage; below++) {
      carried.add(weights.in(NOISE).get("amplitude_" + below));
    }
    return carried;
  }

  /** What was learned, by name. */
  Map<String, float[]> learned() {
    return WeightValues.get(session, carried());
  }

  /** Everything that a resumed run needs; noise and images follow from its options. */
  List<Weight> state() {
    List<Weight> state = carried();
    state.addAll(images.state());
    steps.slots().forEach(slots -> state.addAll(slots.all()));
    return state;
  }

  Session session() {
    return session;
  }

  GraphDef structure() {
    return graph.toGraphDef();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
