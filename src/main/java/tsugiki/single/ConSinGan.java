package tsugiki.single;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidDiscriminator;
import tsugiki.model.PyramidGenerator;
import tsugiki.model.PyramidGenerator.Architecture;
import tsugiki.model.PyramidGenerator.Borders;

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
  /** PyTorch's, under the root of a variance. */
  private static final float EPSILON = 1e-5f;

  private static final Pattern BODY = Pattern.compile("body_(\\d+)(/.*)");

  /** The method of a training. */
  static ConSinGan of(SingleOptions options) {
    return new ConSinGan(
        options.network(),
        options.mode().borders(),
        options.training().trainDepth(),
        options.training().lrScale());
  }

  /** The generator, its weights at that place. */
  PyramidGenerator network(Weights weights) {
    return new PyramidGenerator(
        architecture(),
        weights,
        network.function(),
        network.batchNorm() ? Optional.of(BatchNorm.Settings.image(EPSILON)) : Optional.empty());
  }

  Architecture architecture() {
    return new Architecture(network.channels(), network.layers(), borders);
  }

  @Override
  public int noiseChannels(int stage) {
    return stage == 0 ? PyramidGenerator.IMAGE_CHANNELS : network.channels();
  }

  @Override
  public int margin(int stage) {
    return stage == 0 ? 0 : architecture().margin();
  }

  @Override
  public boolean reconstructsWithNoise(int stage) {
    return true;
  }

  @Override
  public Operand<TFloat32> generator(
      Ops tf, Weights weights, List<Operand<TFloat32>> noise, List<Operand<TFloat32>> amplitudes) {
    return network(weights).apply(tf, noise, amplitudes);
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
}
