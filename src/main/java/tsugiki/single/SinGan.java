package tsugiki.single;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Bicubic.Grid;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidNetwork;
import tsugiki.model.SinGanDiscriminator;
import tsugiki.model.SinGanGenerator;
import tsugiki.model.SinGanLayers;

/**
 * The stages of SinGAN (Shaham et al. 2019): a generator for each, trained while those below it
 * stand, which adds to the enlarged image of the stage before.
 *
 * @param network the networks
 */
record SinGan(StageNetworkOptions network) implements StageMethod {
  private static final Pattern STAGE = Pattern.compile("stage_(\\d+)/.*");

  private SinGanLayers layers() {
    return new SinGanLayers(network.channels(), network.layers());
  }

  private SinGanGenerator generator(
      Weights weights, int trained, Optional<BatchNorm.Settings> norm) {
    BatchNorm.Settings stored = BatchNorm.Settings.stored(EPSILON);
    return new SinGanGenerator(
        layers(),
        weights,
        network.function(),
        stage -> norm.map(settings -> stage < trained ? stored : settings));
  }

  private Optional<BatchNorm.Settings> norm(BatchNorm.Settings settings) {
    return network.batchNorm() ? Optional.of(settings) : Optional.empty();
  }

  /** {@inheritDoc} What is drawn with it is normalised by the running statistics. */
  @Override
  public PyramidNetwork network(Weights weights) {
    return generator(weights, Integer.MAX_VALUE, norm(BatchNorm.Settings.stored(EPSILON)));
  }

  /**
   * The generators while one of them is trained: that one is normalised by each image's own
   * statistics.
   *
   * @param stage the one in training
   */
  SinGanGenerator training(Weights weights, int stage) {
    return generator(weights, stage, norm(BatchNorm.Settings.image(EPSILON)));
  }

  /** The same, which also keeps the running statistics of that one. */
  SinGanGenerator training(Weights weights, int stage, PendingUpdates statistics) {
    return generator(weights, stage, norm(BatchNorm.Settings.image(EPSILON, statistics)));
  }

  @Override
  public int noiseChannels(int stage) {
    return stage == 0 ? 1 : PyramidNetwork.IMAGE_CHANNELS;
  }

  @Override
  public int mapChannels() {
    return PyramidNetwork.IMAGE_CHANNELS;
  }

  @Override
  public int margin(int stage) {
    return 0;
  }

  @Override
  public int reach() {
    return network.layers();
  }

  @Override
  public int tail() {
    return 0;
  }

  @Override
  public Grid grid() {
    return SinGanGenerator.GRID;
  }

  @Override
  public boolean drawsInTiles() {
    return true;
  }

  /** {@inheritDoc} Noise is in the first stage alone (section 3.2). */
  @Override
  public boolean reconstructsWithNoise(int stage) {
    return stage == 0;
  }

  @Override
  public StageImages images(StageScope scope) {
    return new StackedImages(this, scope);
  }

  @Override
  public boolean renewsGradients() {
    return true;
  }

  @Override
  public Operand<TFloat32> discriminator(
      Ops tf, Weights weights, int stage, Operand<TFloat32> images) {
    return new SinGanDiscriminator(layers())
        .apply(
            tf,
            weights,
            stage,
            network.function(),
            norm(BatchNorm.Settings.image(EPSILON)),
            images);
  }

  @Override
  public float rateFactor(int stage, String weight) {
    return stageOf(weight) == stage ? 1 : 0;
  }

  /** {@inheritDoc} A generator of as many channels begins as the one before it. */
  @Override
  public String origin(int stage, String weight) {
    return stageOf(weight) == stage && !widens(stage)
        ? "stage_" + (stage - 1) + weight.substring(weight.indexOf('/'))
        : weight;
  }

  @Override
  public boolean widens(int stage) {
    return layers().channelsOf(stage) != layers().channelsOf(stage - 1);
  }

  private static int stageOf(String weight) {
    Matcher stage = STAGE.matcher(weight);
    if (!stage.matches()) {
      throw new IllegalArgumentException(weight + " belongs to no stage");
    }
    return Integer.parseInt(stage.group(1));
  }
}
