package tsugiki.gan;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.graph.ActivationChoice;
import tsugiki.loss.GanLoss;
import tsugiki.model.DcganArchitecture;

/**
 * The shape of DCGAN's networks as Radford et al. (2016) have it. Where ours differ: latent vectors
 * are drawn from N(0, 1) and not uniformly, gains of normalisation start at 1, grey images are in
 * [−1, 1] with tanh, a class is beside the latent vector and in a projection of the discriminator,
 * there is no second dense layer for MNIST, and no L2 penalty. The base number of channels is 64;
 * the authors' code for faces of 64 pixels has 128 in both networks.
 *
 * <p>A component that {@code options.json} or the command line leaves out has its default (null to
 * the constructor).
 *
 * @param size the side of the images in pixels: 28, 32, 64 or 128
 * @param channels the base number of channels
 * @param latent the length of a latent vector
 * @param grey whether the networks see and draw grey images
 * @param conditional whether they know the images' classes
 * @param activation of the hidden layers, an {@link tsugiki.graph.ActivationChoice}, or {@code own}
 *     for ReLU in the generator and LeakyReLU 0.2 in the discriminator
 * @param replacedIn which networks have that activation in place of their own
 */
@RecordBuilder
public record DcganOptions(
    Integer size,
    Integer channels,
    Integer latent,
    Boolean grey,
    Boolean conditional,
    String activation,
    ReplacedIn replacedIn)
    implements ActivatedNetworkOptions, DcganOptionsBuilder.With {

  /** The recipe's own activations. */
  static final String OWN = "own";

  private static final Set<Integer> SIZES = Set.of(28, 32, 64, 128);

  private static final int SIZE = 64;
  private static final int CHANNELS = 64;
  private static final int LATENT = 100;
  private static final float SLOPE = 0.2f;

  /** Fills in the defaults and checks every value. */
  public DcganOptions {
    size = requireNonNullElse(size, SIZE);
    if (!SIZES.contains(size)) {
      throw new BadInputException("⟨size⟩ is " + size + "; dcgan has 28, 32, 64 or 128");
    }
    channels = requireNonNullElse(channels, CHANNELS);
    Checks.size("channels", channels, 1);
    latent = requireNonNullElse(latent, LATENT);
    Checks.size("latent", latent, 1);
    grey = requireNonNullElse(grey, false);
    conditional = requireNonNullElse(conditional, false);
    activation = activation(activation, SLOPE);
    replacedIn = requireNonNullElse(replacedIn, ReplacedIn.BOTH);
  }

  /** Colour images of 64 pixels without classes. */
  public static DcganOptions defaults() {
    return new DcganOptions(SIZE, CHANNELS, LATENT, false, false, OWN, ReplacedIn.BOTH);
  }

  /**
   * Reads an activation, and writes it in its one way.
   *
   * @param slope of {@code lrelu} without a number
   */
  static String activation(String text, float slope) {
    return text == null || text.equals(OWN)
        ? OWN
        : ActivationChoice.parse("activation", text, slope).toString();
  }

  /**
   * The defaults of a training of DCGANs: one step of their own discriminator a step, one rate for
   * both networks, no mirroring, and no average of the generator.
   *
   * @param rate of both networks
   */
  static GanOptions training(DiscriminatorOptions discriminator, float rate, AdamOptions adam) {
    GanOptions common = GanOptions.defaults(discriminator).withMirror(false);
    return discriminator.projected()
        ? common
        : common
            .withBatch(128)
            .withDiscriminatorSteps(1)
            .withGeneratorRate(rate)
            .withDiscriminatorRate(rate)
            .withAverageDecay(0)
            .withLoss(GanLoss.NON_SATURATING)
            .withAdam(adam);
  }

  @Override
  public DcganOptions withActivation(String activation) {
    return DcganOptionsBuilder.With.super.withActivation(activation);
  }

  @Override
  public boolean colour() {
    return !grey;
  }

  @Override
  public int imageSize() {
    return size;
  }

  @Override
  public GanNetworks networks(int classes) {
    DcganArchitecture.Choice choice =
        new DcganArchitecture.Choice(
            size,
            grey ? 1 : 3,
            latent,
            conditional ? classes : 1,
            channels,
            replacedIn.generator(activation, "relu"),
            replacedIn.discriminator(activation, "lrelu:" + SLOPE));
    return new DcganNetworks(GanRecipes.DCGAN, DcganArchitecture.radford(choice));
  }

  /** The rates and the batch of the paper; no average of the generator. */
  @Override
  public GanOptions training(DiscriminatorOptions discriminator) {
    return training(discriminator, 2e-4f, new AdamOptions(0.5f, 0.999f, 1e-8f));
  }
}
