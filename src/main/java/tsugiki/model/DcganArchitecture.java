package tsugiki.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The shape of DCGAN's networks.
 *
 * @param size the side of the images in pixels
 * @param colours the channels of the images inside the networks: 3, or 1 for grey ones
 * @param latent the length of a latent vector
 * @param classes the classes of conditional networks, 1 for none
 * @param generatorChannels the channels of the generator's first map, and after each convolution
 *     but the last
 * @param generatorStrides of the generator's convolutions, 2 where they double the map and 1 where
 *     they keep it, as many as {@code generatorChannels}
 * @param discriminatorChannels after each convolution of the discriminator, which all halve the map
 * @param kernel the side of all kernels
 * @param normaliseFirst whether the generator's first map is normalised and activated
 * @param deviation of the initial kernels; 0 for Glorot's
 * @param epsilon of batch normalisation
 * @param generatorActivation an {@link tsugiki.graph.ActivationChoice}, after every normalisation
 * @param discriminatorActivation an {@link tsugiki.graph.ActivationChoice}, after every convolution
 */
public record DcganArchitecture(
    int size,
    int colours,
    int latent,
    int classes,
    List<Integer> generatorChannels,
    List<Integer> generatorStrides,
    List<Integer> discriminatorChannels,
    int kernel,
    boolean normaliseFirst,
    float deviation,
    float epsilon,
    String generatorActivation,
    String discriminatorActivation) {

  /** Copies the lists. */
  public DcganArchitecture {
    generatorChannels = List.copyOf(generatorChannels);
    generatorStrides = List.copyOf(generatorStrides);
    discriminatorChannels = List.copyOf(discriminatorChannels);
  }

  /** What the user of a network chooses; the rest follows from its source. */
  public record Choice(
      int size,
      int colours,
      int latent,
      int classes,
      int channels,
      String generatorActivation,
      String discriminatorActivation) {}

  /**
   * Radford et al. 2016: from a map of 4 pixels (of 7 for 28) the generator doubles with 5×5
   * kernels and halves its channels, the discriminator does the opposite.
   *
   * @param choice 28, or 8 times a power of two; the paper's base of channels is 64, or 128 for
   *     faces
   */
  public static DcganArchitecture radford(Choice choice) {
    int first = choice.size() % 7 == 0 ? 7 : 4;
    int halvings = Integer.numberOfTrailingZeros(choice.size() / first);
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < halvings; i++) {
      channels.add(choice.channels() << i);
    }
    List<Integer> reversed = new ArrayList<>(channels);
    Collections.reverse(reversed);
    return of(choice, reversed, Collections.nCopies(halvings, 2), channels, 5, true, 0.02f, 1e-5f);
  }

  /**
   * Langr and Bok, GANs in Action (2019), chapter 4: from a quarter of the side the generator
   * doubles, keeps and doubles with 3×3 kernels; Keras's initial values and ε.
   *
   * @param choice a multiple of 4; the book's base of channels is 32
   */
  public static DcganArchitecture book(Choice choice) {
    int base = choice.channels();
    return of(
        choice,
        List.of(8 * base, 4 * base, 2 * base),
        List.of(2, 1, 2),
        List.of(base, 2 * base, 4 * base),
        3,
        false,
        0,
        1e-3f);
  }

  private static DcganArchitecture of(
      Choice choice,
      List<Integer> generator,
      List<Integer> strides,
      List<Integer> discriminator,
      int kernel,
      boolean normaliseFirst,
      float deviation,
      float epsilon) {
    return new DcganArchitecture(
        choice.size(),
        choice.colours(),
        choice.latent(),
        choice.classes(),
        generator,
        strides,
        discriminator,
        kernel,
        normaliseFirst,
        deviation,
        epsilon,
        choice.generatorActivation(),
        choice.discriminatorActivation());
  }

  /** The side of the generator's first map in pixels. */
  public int firstSide() {
    return size / generatorStrides.stream().reduce(1, (a, b) -> a * b);
  }
}
