package tsugiki.gan;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.model.DcganArchitecture;

/**
 * The shape of DCGAN's networks as in Langr and Bok's GANs in Action (2019), chapter 4, which the
 * study of the parametric softsign appears to have used. Where ours differ: the discriminator's
 * losses of real and generated images are summed in one step, not taken in two; the discriminator
 * learns on images that the generator normalises by the batch's statistics, where the book's {@code
 * predict} takes the running ones; the generator is exported with standing statistics.
 *
 * <p>A component that {@code options.json} or the command line leaves out has its default (null to
 * the constructor).
 *
 * @param size the side of the images in pixels: a multiple of 4
 * @param channels the base number of channels
 * @param latent the length of a latent vector
 * @param grey whether the networks see and draw grey images
 * @param conditional whether they know the images' classes
 * @param activation of the hidden layers, an {@link tsugiki.graph.ActivationChoice}, or {@code own}
 *     for LeakyReLU 0.01 in both networks
 * @param replacedIn which networks have that activation in place of their own
 */
@RecordBuilder
public record DcganBookOptions(
    Integer size,
    Integer channels,
    Integer latent,
    Boolean grey,
    Boolean conditional,
    String activation,
    ReplacedIn replacedIn)
    implements ActivatedNetworkOptions, DcganBookOptionsBuilder.With {

  private static final float SLOPE = 0.01f;
  private static final String LEAKY = "lrelu:" + SLOPE;

  private static final int SIZE = 28;
  private static final int CHANNELS = 32;
  private static final int LATENT = 100;

  /** Fills in the defaults and checks every value. */
  public DcganBookOptions {
    size = requireNonNullElse(size, SIZE);
    Checks.size("size", size, 8);
    if (size % 4 != 0) {
      throw new BadInputException("⟨size⟩ is " + size + "; dcgan-book has multiples of 4");
    }
    channels = requireNonNullElse(channels, CHANNELS);
    Checks.size("channels", channels, 1);
    latent = requireNonNullElse(latent, LATENT);
    Checks.size("latent", latent, 1);
    grey = requireNonNullElse(grey, false);
    conditional = requireNonNullElse(conditional, false);
    activation = DcganOptions.activation(activation, SLOPE);
    replacedIn = requireNonNullElse(replacedIn, ReplacedIn.BOTH);
  }

  /** Colour images of 28 pixels without classes. */
  public static DcganBookOptions defaults() {
    return new DcganBookOptions(
        SIZE, CHANNELS, LATENT, false, false, DcganOptions.OWN, ReplacedIn.BOTH);
  }

  @Override
  public DcganBookOptions withActivation(String activation) {
    return DcganBookOptionsBuilder.With.super.withActivation(activation);
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
            replacedIn.generator(activation, LEAKY),
            replacedIn.discriminator(activation, LEAKY));
    return new DcganNetworks(GanRecipes.DCGAN_BOOK, DcganArchitecture.book(choice));
  }

  /** Keras's Adam and the book's batch; no average of the generator. */
  @Override
  public GanOptions training(DiscriminatorOptions discriminator) {
    return DcganOptions.training(discriminator, 1e-3f, new AdamOptions(0.9f, 0.999f, 1e-7f));
  }
}
