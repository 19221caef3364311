package tsugiki.single;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Bicubic.Grid;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidDiscriminator;
import tsugiki.model.PyramidGenerator;
import tsugiki.model.PyramidGenerator.Architecture;
import tsugiki.model.PyramidGenerator.Borders;
import tsugiki.model.PyramidNetwork;

/**
 * The stages of ConSinGAN (Hinz et al. 2021): one generator that grows by a body of convolutions a
 * stage, of which the last few are trained together.
 *
 * @param network the networks
 * @param borders what surrounds the maps
 * @param trainDepth how many bodies are trained together
 * @param lrScale the factor on the learning rate from a body to the one below it
 */
record ConSinGan(StageNetworkOptions network, Borders borders, int trainDepth, float lrScale)
    implements StageMethod {
  private static final Pattern BODY = Pattern.compile("body_(\\d+)(/.*)");

  @Override
  public PyramidGenerator network(Weights weights) {
    return new PyramidGenerator(
        architecture(),
        weights,
        network.function(),
        network.batchNorm() ? Optional.of(BatchNorm.Settings.image(EPSILON)) : Optional.empty());
  }

  private Architecture architecture() {
    return new Architecture(network.channels(), network.layers(), borders);
  }

  @Override
  public int noiseChannels(int stage) {
    return stage == 0 ? PyramidNetwork.IMAGE_CHANNELS : network.channels();
  }

  @Override
  public int mapChannels() {
    return network.channels();
  }

  @Override
  public int margin(int stage) {
    return stage == 0 ? 0 : architecture().margin();
  }

  @Override
  public int reach() {
    return network.layers();
  }

  @Override
  public int tail() {
    return 1;
  }

  @Override
  public Grid grid() {
    return Grid.CORNERS;
  }

  /** {@inheritDoc} Normalisation is over the whole image. */
  @Override
  public boolean drawsInTiles() {
    return !network.batchNorm();
  }

  @Override
  public boolean reconstructsWithNoise(int stage) {
    return true;
  }

  @Override
  public StageImages images(StageScope scope) {
    return new GrownImages(this, scope);
  }

  /** {@inheritDoc} The authors' code carries out all updates by one. */
  @Override
  public boolean renewsGradients() {
    return false;
  }

  @Override
  public Operand<TFloat32> discriminator(
      Ops tf, Weights weights, int stage, Operand<TFloat32> images) {
    return new PyramidDiscriminator(network.channels(), network.layers())
        .apply(tf, weights, network.function(), images);
  }

  /** Head and tail are one for all stages; the head is trained while the first body is. */
  @Override
  public float rateFactor(int stage, String weight) {
    Matcher body = BODY.matcher(weight);
    if (weight.startsWith("tail/")) {
      return 1;
    }
    int age = stage - (body.matches() ? Integer.parseInt(body.group(1)) : 0);
    return age < trainDepth ? (float) Math.pow(lrScale, age) : 0;
  }

  /** A new body is a copy of the one before it. */
  @Override
  public String origin(int stage, String weight) {
    Matcher body = BODY.matcher(weight);
    return body.matches() && Integer.parseInt(body.group(1)) == stage
        ? "body_" + (stage - 1) + body.group(2)
        : weight;
  }

  @Override
  public boolean widens(int stage) {
    return false;
  }
}
