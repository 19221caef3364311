package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Course;
import tsugiki.train.Execution;
import tsugiki.train.Trainee;

/** A graft in training: the graph, its session, and what can be drawn from it. */
public final class GraftTraining implements Trainee, AutoCloseable {
  /** Images per run when images are drawn. */
  static final int DRAWN_AT_ONCE = 32;

  private final Graph graph = new Graph();
  private final GraftedGenerator generator;
  private final Batches batches;
  private final GraftGraph training;
  private final Optional<GraftFinish> finish;
  private final WeightSpread spread;
  private final GraftDrawing drawing;
  private final GraftStart start;
  private final Session session;
  private final StartWeights begun = new StartWeights();

  /**
   * Builds the graph and fills it, for a graft without a finish.
   *
   * @param rootstock with the weights of the options' generator
   * @param images the training images at the generator's size
   * @param perceptual the network of the perceptual loss
   * @throws tsugiki.base.BadInputException if the rootstock or the network lacks weights
   */
  public GraftTraining(
      GraftOptions options, Rootstock rootstock, ImageSet images, FrozenNetwork perceptual) {
    this(options, rootstock, images, perceptual, Optional.empty());
  }

  /**
   * Builds the graph and fills it.
   *
   * @param rootstock with the weights of the options' generator
   * @param images the training images at the generator's size
   * @param perceptual the network of the perceptual loss
   * @param projector the network of the finish's discriminator, where there is a finish
   * @throws tsugiki.base.BadInputException if the rootstock or a network lacks weights
   */
  public GraftTraining(
      GraftOptions options,
      Rootstock rootstock,
      ImageSet images,
      FrozenNetwork perceptual,
      Optional<FrozenNetwork> projector) {
    int batch = Math.min(options.learning().batch(), images.count());
    Sessions.Settings settings = options.execution().training();
    Execution.refuseUneven(batch, settings.replicas());
    long seed = options.learning().seed();
    generator =
        new GraftedGenerator(
            rootstock.architecture(),
            options.method(),
            layers(options, rootstock, images, perceptual),
            rootstock.earlier(),
            Weights.create(seed, options.trained()));
    batches = new Batches(images, batch * options.learning().accumulate(), seed);
    Ops tf = GraphScope.ops(graph, settings.replicas());
    Targets targets = new Targets(tf, images, perceptual, batch);
    training = new GraftGraph(tf, options, generator, targets, batch);
    finish =
        projector.map(
            network -> GraftFinish.of(tf, options, generator, training, targets, network, batch));
    drawing = new GraftDrawing(tf.withSubScope("Samples"), generator, settings);
    Weight classVector = generator.scion().get("class_vector");
    start =
        new GraftStart(
            tf,
            options,
            rootstock,
            classVector,
            drawing.z(),
            drawing.images(),
            targets,
            new Batches(images, batch, seed));
    spread = new WeightSpread(tf.withSubScope("Spread"), generator, seed);

    session = Sessions.open(graph, settings);
    try {
      WeightValues.set(session, rootstock.values(generator.rootstock().all(), options.generator()));
      training.initialise(session);
      finish.ifPresent(added -> added.initialise(session));
      WeightValues.set(session, classVector, rootstock.meanClass());
      generator.rootstock().derive(session);
      training.measureNorms(session);
      targets.prepare(session);
      WeightValues.set(session, training.termWeights(), termWeights(targets, batch));
    } catch (RuntimeException e) {
      // A study goes on with other trainings in this process.
      close();
      throw e;
    }
  }

  /** {@inheritDoc} That is where the vectors start, after the loss's terms were balanced. */
  @Override
  public void begin() {
    start.fill(session, training);
    finish.ifPresent(GraftFinish::begin);
    List<Weight> moving = new ArrayList<>(training.trained());
    generator.scion().all().stream().filter(weight -> !weight.trained()).forEach(moving::add);
    finish.ifPresent(added -> moving.addAll(added.statistics()));
    begun.keep(session, moving);
  }

  /** Does something, once, with the weights that {@link #begin} found. */
  void atStart(Runnable work) {
    begun.use(session, work);
  }

  private static SiteLayers layers(
      GraftOptions options, Rootstock rootstock, ImageSet images, FrozenNetwork perceptual) {
    SiteLayers all = SiteLayers.of(rootstock.architecture(), options.groupSize(), options.rank());
    SiteLayers layers = options.plainLastSite() ? all.withoutLast() : all;
    return options.mixedSites() == 0
        ? layers
        : layers.mixingAt(SiteInformation.chosen(options, rootstock, images, perceptual));
  }

  private float[] termWeights(Targets targets, int batch) {
    if (targets.perceptualFactor().isPresent()) {
      float[] same = new float[Math.toIntExact(training.termWeights().count())];
      Arrays.fill(same, (float) targets.perceptualFactor().getAsDouble());
      return same;
    }
    return training.balancedWeights(session, IntStream.range(0, batch).toArray());
  }

  @Override
  public Map<String, Double> step(long step) {
    return step(step, batches.indices(step));
  }

  /** Carries out a step on images of the caller's choice, as many as its parts have together. */
  public Map<String, Double> step(long number, int[] images) {
    return finishing(number)
        ? finish.orElseThrow().step(session, number, images)
        : training.train(session, number, images);
  }

  /** What a step's first part would compute, without taking it; see {@link GraftGraph#trace}. */
  public Map<String, float[]> trace(long number, int[] images) {
    return finishing(number)
        ? finish.orElseThrow().trace(session, number, images)
        : training.trace(session, number, images);
  }

  private boolean finishing(long step) {
    return finish.filter(added -> added.has(step)).isPresent();
  }

  /** Does something with the weights that a user would get now; see {@link GraftFinish#shown}. */
  <T> T shown(Supplier<T> work) {
    return finish.isPresent() && !begun.inPlace() ? finish.get().shown(session, work) : work.get();
  }

  /** Judges the finish where that is due after so many steps; see {@link GraftFinish#judge}. */
  Map<String, Double> judged(long steps, Supplier<FinishJudge.Verdict> judge) {
    return finish.map(added -> added.judge(session, steps, judge)).orElse(Map.of());
  }

  /** The step of the finish that is kept; 0 where nothing chose one. */
  long bestStep() {
    return finish.map(added -> added.bestStep(session)).orElse(0L);
  }

  @Override
  public void enter(long done) {
    finish.ifPresent(added -> added.enter(done));
  }

  @Override
  public Course course() {
    return finish.<Course>map(GraftFinish::course).orElse(Course.EVEN);
  }

  /** The frozen generator's weights. */
  public List<Weight> rootstock() {
    return generator.rootstock().all();
  }

  /** What the graft adds: layers, latent vectors, and the weights of the perceptual terms. */
  public List<Weight> added() {
    List<Weight> added = new ArrayList<>(generator.scion().all());
    added.add(training.latents());
    added.add(training.termWeights());
    return added;
  }

  /** The weights of the perceptual terms. */
  public Weight termWeights() {
    return training.termWeights();
  }

  /**
   * Draws images. On the CPU an image depends on its own latent vector alone, to the bit.
   *
   * @param latents [n, D] in row-major order
   * @return uint8 NHWC
   */
  byte[] draw(float[] latents) {
    return drawing.draw(session, latents);
  }

  /** The same as floats in [−1, 1], all in one run. */
  float[] drawFloats(float[] latents) {
    return drawing.drawFloats(session, latents);
  }

  /** The latent vector of every training image [count, D] in row-major order. */
  float[] latents() {
    return WeightValues.get(session, training.latents());
  }

  /** How much W varies over latent vectors [n, D], by site; empty where no layer depends on z. */
  Map<String, Double> spread(float[] latents) {
    return spread.measure(session, latents);
  }

  /** The weights of the generator by name, as they go into a file. */
  Map<String, float[]> generatorValues() {
    return drawing.weights(session);
  }

  /** What {@link TrainedKernels} finds in the generator as it is now. */
  Map<String, float[]> histograms() {
    return TrainedKernels.of(session, generator);
  }

  /** Images per step. */
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

  GraftGraph training() {
    return training;
  }

  @Override
  public GraphDef structure() {
    return graph.toGraphDef();
  }

  /**
   * {@inheritDoc}
   *
   * <p>That is all that trains, and the balance of the perceptual terms, which the first images
   * decide.
   */
  @Override
  public List<Weight> state() {
    List<Weight> state = training.checkpoint();
    finish.ifPresent(added -> state.addAll(added.state()));
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
