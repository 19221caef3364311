package tsugiki.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.ImageBatches;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.train.BestMoment;
import tsugiki.train.BorrowedWeights;
import tsugiki.train.Step;
import tsugiki.train.Trainee;
import tsugiki.train.WeightHistograms;

/** A GAN in training. */
public final class GanTraining implements Trainee, AutoCloseable {
  private final GanOptions options;
  private final GanNetworks networks;
  private final TrainingLabels labels;
  private final RealBatches batches;
  private final Graph graph = new Graph();
  private final AveragedGenerator average;
  private final GanGraph gan;
  private final Optional<BestMoment> best;
  private final Session session;
  private final ImageBatches drawing;
  private final byte[] pixels;

  /**
   * Builds the graph and fills it with initial values, for a training whose last moment is kept.
   *
   * @see #GanTraining(GanOptions, GanNetworks, ImageSet, TrainingLabels, DiscriminatorNetwork,
   *     Sessions.Settings, boolean)
   */
  public GanTraining(
      GanOptions options,
      GanNetworks networks,
      ImageSet images,
      TrainingLabels labels,
      DiscriminatorNetwork discriminator,
      Sessions.Settings settings) {
    this(options, networks, images, labels, discriminator, settings, false);
  }

  /**
   * Builds the graph and fills it with initial values.
   *
   * @param options how to train
   * @param networks what is trained
   * @param images the training images, of the networks' size
   * @param labels what is known of their classes, which are the networks'; one class for networks
   *     that are not conditional
   * @param discriminator the networks' own (the same object) or another
   * @param settings of the session
   * @param judged whether the moment of the averaged generator is kept that {@link #judge} finds
   *     best
   * @throws tsugiki.base.BadInputException if the discriminator lacks the weights of its frozen
   *     network, or cannot be trained with the loss
   */
  public GanTraining(
      GanOptions options,
      GanNetworks networks,
      ImageSet images,
      TrainingLabels labels,
      DiscriminatorNetwork discriminator,
      Sessions.Settings settings,
      boolean judged) {
    this.options = options;
    this.networks = networks;
    if (!networks.conditional() && labels.classNames().size() > 1) {
      throw new IllegalArgumentException("networks without labels take one class");
    }
    this.labels = labels;
    batches = new RealBatches(options, images, labels);
    average = new AveragedGenerator(graph, options, networks, labels);
    gan =
        new GanGraph(graph, options, settings.replicas(), networks, labels, discriminator, average);
    best =
        judged
            ? Optional.of(new BestMoment(GraphScope.ops(graph), average.network().followed()))
            : Optional.empty();
    session = Sessions.open(graph, settings);
    pixels = new byte[Math.multiplyExact(options.batch(), images.imageLength())];
    drawing = ImageBatches.of(settings);
    List<Weights> filled = new ArrayList<>(gan.networks());
    best.ifPresent(moment -> filled.addAll(moment.networks()));
    WeightValues.initialise(session, filled);
    average.network().clear(session);
    gan.average(session, 0);
    discriminator.fill(session);
  }

  /**
   * Begins with the weights of another training that fit; call it before the first step.
   *
   * @return what was taken and what begins anew, in words: the generator's and the discriminator's
   * @throws tsugiki.base.BadInputException if nothing fits, or what is frozen does not
   */
  List<String> take(TransferSource source, Map<String, Entry> weights) {
    FittingWeights ofGenerator = fitting(gan.generatorWeights(), weights);
    FittingWeights ofDiscriminator = fitting(discriminatorWeights(), weights);
    Map<Weight, float[]> values = new LinkedHashMap<>(ofGenerator.values());
    values.putAll(ofDiscriminator.values());
    if (values.isEmpty()) {
      throw new BadInputException(
          "⟨from⟩ %s has no weight of the name and shape of one of these networks; name a run or model of the same ⟨recipe⟩, ⟨size⟩ and ⟨channels⟩"
              .formatted(source));
    }
    gan.outputs().frozen().require(ofDiscriminator.anew());
    WeightValues.set(session, values);
    gan.outputs().weights().derive(session);
    gan.average(session, 0);
    return List.of(
        "generator: " + ofGenerator.describe(), "discriminator: " + ofDiscriminator.describe());
  }

  private FittingWeights fitting(List<Weight> network, Map<String, Entry> weights) {
    return FittingWeights.of(network, WeightValues.get(session, network), weights);
  }

  /**
   * Keeps the averaged generator as it is now, if it costs less than all that were judged before.
   *
   * @param cost the less the better
   * @param done the number of finished steps
   */
  void judge(double cost, long done) {
    best.orElseThrow().offer(session, cost, done, average.network().followed());
  }

  /** The best moment of a training that is judged. */
  Optional<BestMoment> best() {
    return best;
  }

  /**
   * Does something with the averaged generator that is kept: of the best moment, or of the last.
   */
  <T> T kept(Supplier<T> work) {
    return best.filter(moment -> moment.step(session) > 0)
        .map(
            moment ->
                BorrowedWeights.with(session, moment.weights(), average.network().followed(), work))
        .orElseGet(work);
  }

  @Override
  public Map<String, Double> step(long step) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (int k = 0; k < options.discriminatorSteps(); k++) {
      scalars.putAll(trainDiscriminator(step * options.discriminatorSteps() + k));
    }
    scalars.putAll(gan.trainGenerator(session, step));
    return scalars;
  }

  private Map<String, Double> trainDiscriminator(long number) {
    return gan.trainDiscriminator(
        session, number, part -> reals(number * options.accumulate() + part));
  }

  private Step.Batch reals(long batch) {
    RealBatches.Chosen drawn = batches.fill(batch, pixels);
    return gan.reals().feeds(pixels, drawn.chosen(), drawn.epochs());
  }

  /**
   * Draws from the averaged generator, with its standing statistics taken anew. The latent vectors
   * are drawn from N(0, 1) without truncation. On the CPU an image depends on its seed and label
   * alone, to the bit, and not on the other images.
   *
   * @param labels the classes [n]; zeros for networks that are not conditional
   * @param firstSeed the seed of the first image; the others' follow
   * @return uint8 NHWC [n, size, size, 3]
   */
  public byte[] draw(long[] labels, long firstSeed) {
    long[] seeds = LongStream.range(firstSeed, firstSeed + labels.length).toArray();
    return draw(labels, LatentDraws.normal(networks.latentSize(), LatentDraws.UNTRUNCATED, seeds));
  }

  /**
   * The same of given latent vectors.
   *
   * @param labels the classes [n]
   * @param latents [n, D], row-major
   */
  byte[] draw(long[] labels, float[] latents) {
    average.network().settle(session);
    int side = networks.imageSize();
    return drawing.draw(
        labels.length,
        side * side * 3,
        images ->
            average.draw(
                session,
                ImageBatches.rows(latents, networks.latentSize(), images),
                Arrays.stream(images).mapToLong(i -> labels[i]).toArray()));
  }

  /**
   * Draws images to score, of all classes as often as the generator is trained to draw them, and of
   * the same latent vectors every time.
   *
   * @return uint8 NHWC [count, size, size, 3]
   */
  byte[] drawSpread(int count) {
    return draw(labels.fakes().spread(count), 0);
  }

  /** The averaged generator's weights by name, as they go into a file. */
  public Map<String, float[]> generatorValues() {
    return average.network().values(session);
  }

  /** The discriminator's weights, its heads and the vectors of its spectral norms included. */
  public List<Weight> discriminatorWeights() {
    return gan.outputs().weights().all();
  }

  /** The discriminator's weights by name with the spectral norms divided out, for a served one. */
  public Map<String, float[]> discriminatorValues() {
    return gan.outputs().effectiveValues(session);
  }

  /** The trained kernels, gains and parameters of activations by tag, for TensorBoard. */
  Map<String, float[]> histograms() {
    return WeightHistograms.of(session, gan.trained());
  }

  /** The graph of the steps. */
  GanGraph steps() {
    return gan;
  }

  /** What is known of the images' classes. */
  public TrainingLabels labels() {
    return labels;
  }

  /** The classes in the order of their labels; empty for networks that are not conditional. */
  public List<String> classNames() {
    return networks.conditional() ? labels.classNames() : List.of();
  }

  /** What is trained. */
  public GanNetworks networks() {
    return networks;
  }

  /** The graph's structure, for TensorBoard. */
  @Override
  public GraphDef structure() {
    return graph.toGraphDef();
  }

  @Override
  public List<Weight> state() {
    List<Weight> state = new ArrayList<>(gan.state());
    state.addAll(average.network().state());
    best.ifPresent(moment -> state.addAll(moment.state()));
    return state;
  }

  /** The term of the spectra is the one that a resumed run may be given for the first time. */
  @Override
  public boolean mayBeNew(Weight weight) {
    return SpectrumMatch.isMean(weight);
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
