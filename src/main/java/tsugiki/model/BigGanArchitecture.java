package tsugiki.model;

import java.util.List;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The shape of a BigGAN (Brock et al. 2019): what has to be known to build it again from its
 * weights.
 *
 * @param size the image's side in pixels: 4·2^(number of blocks)
 * @param channels the base number of channels, ch; the paper's is 96
 * @param generatorMultipliers channels over ch: of the first map, then after each block
 * @param discriminatorMultipliers channels over ch after each block; the last block does not halve
 *     the resolution
 * @param chunk the length of one chunk of z: the first goes to the first layer, one more to every
 *     block
 * @param embedding the length of a class's vector
 * @param classes the number of classes
 * @param attention the resolution with self-attention in both networks, or 0
 * @param epsilon added to the variance in batch normalisation
 * @param noise whether the generator doubles its maps smoothly and adds {@link NoiseMap} in every
 *     block, so that it has no pattern of the pixel grid; the paper's does neither
 * @param compareGan whether the networks are those of google/compare_gan, in which S³GAN was
 *     published: the generator doubles its maps with zeros between the pixels, and a conditional
 *     gain is its dense layer without 1 +; the discriminator takes images in [0, 1] and leads past
 *     a block only where the number of channels changes
 */
public record BigGanArchitecture(
    int size,
    int channels,
    List<Integer> generatorMultipliers,
    List<Integer> discriminatorMultipliers,
    int chunk,
    int embedding,
    int classes,
    int attention,
    float epsilon,
    boolean noise,
    boolean compareGan)
    implements GeneratorArchitecture {

  /** The side of the first map. */
  public static final int FIRST_SIDE = 4;

  /** A network that is not compare_gan's. */
  public BigGanArchitecture(
      int size,
      int channels,
      List<Integer> generatorMultipliers,
      List<Integer> discriminatorMultipliers,
      int chunk,
      int embedding,
      int classes,
      int attention,
      float epsilon,
      boolean noise) {
    this(
        size,
        channels,
        generatorMultipliers,
        discriminatorMultipliers,
        chunk,
        embedding,
        classes,
        attention,
        epsilon,
        noise,
        false);
  }

  /** Checks that the parts fit. */
  public BigGanArchitecture {
    int blocks = generatorMultipliers.size() - 1;
    if (blocks < 1 || size != FIRST_SIDE << blocks) {
      throw new BadInputException(
          "the architecture has " + blocks + " blocks, which do not make " + size + " pixels");
    }
    if (channels < 1 || chunk < 1 || embedding < 1 || classes < 1) {
      throw new BadInputException(
          "an architecture needs at least one channel, class, and entry of z and of the embedding");
    }
  }

  /**
   * The paper's networks for 128, 256 and 512 pixels, and BigGAN-PyTorch's for 64 and 32. Its
   * script for CIFAR-10 gives all of z, 128 numbers, to the first layer, and gains and biases per
   * class to each normalisation. Here z has 80 numbers in chunks at 32 pixels, and the
   * normalisations share the classes' vectors.
   *
   * @throws BadInputException for another size
   */
  public static BigGanArchitecture standard(int size, int channels, int classes) {
    List<Integer> generator =
        switch (size) {
          case 32 -> List.of(4, 4, 4, 4);
          case 64 -> List.of(16, 16, 8, 4, 2);
          case 128 -> List.of(16, 16, 8, 4, 2, 1);
          case 256 -> List.of(16, 16, 8, 8, 4, 2, 1);
          case 512 -> List.of(16, 16, 8, 8, 4, 2, 1, 1);
          default ->
              throw new BadInputException(
                  "⟨size⟩ is " + size + "; the networks exist for 32, 64, 128, 256 and 512 pixels");
        };
    List<Integer> discriminator =
        switch (size) {
          case 32 -> List.of(4, 4, 4, 4);
          case 64 -> List.of(1, 2, 4, 8, 16);
          case 128 -> List.of(1, 2, 4, 8, 16, 16);
          case 256 -> List.of(1, 2, 4, 8, 8, 16, 16);
          default -> List.of(1, 1, 2, 4, 8, 8, 16, 16);
        };
    int attention = size == 32 ? 0 : 64;
    return new BigGanArchitecture(
        size, channels, generator, discriminator, 20, 128, classes, attention, 1e-5f, false);
  }

  /**
   * The same shape with compare_gan's networks. The channels stay as they are, so they are to be
   * those of a file: compare_gan's own discriminators have 2, 2, 2, 2 times the base at 32 pixels
   * and 2, 4, 8, 16, 16 at 64, which {@link #standard} does not have.
   */
  public BigGanArchitecture ofCompareGan() {
    return new BigGanArchitecture(
        size,
        channels,
        generatorMultipliers,
        discriminatorMultipliers,
        chunk,
        embedding,
        classes,
        attention,
        epsilon,
        noise,
        true);
  }

  /** The number of blocks of the generator. */
  public int blocks() {
    return generatorMultipliers.size() - 1;
  }

  /** The length of z: a chunk for the first layer and one for every block. */
  @Override
  public int latent() {
    return chunk * (blocks() + 1);
  }

  /** The generator's channels after block {@code i}, or of the first map with i = −1. */
  public int generatorChannels(int i) {
    return channels * generatorMultipliers.get(i + 1);
  }

  /** The resolution after the generator's block {@code i}. */
  public int resolution(int i) {
    return FIRST_SIDE << (i + 1);
  }

  /** The discriminator's channels after block {@code i}. */
  public int discriminatorChannels(int i) {
    return channels * discriminatorMultipliers.get(i);
  }

  /**
   * How many of the discriminator's blocks halve the resolution. The 32-pixel network of
   * BigGAN-PyTorch keeps 8 pixels through its last two blocks; all others end at 4.
   */
  public int halvings() {
    return size == 32 && discriminatorMultipliers.size() == 4 && !compareGan
        ? 2
        : discriminatorMultipliers.size() - 1;
  }

  /** Two a block and the last. */
  @Override
  public List<Integer> siteChannels() {
    return IntStream.rangeClosed(0, 2 * blocks())
        .map(site -> generatorChannels((site + 1) / 2 - 1))
        .boxed()
        .toList();
  }

  @Override
  public Network generator(
      Weights weights, Kernels kernels, BatchNorm.Settings norm, GeneratorHook hook) {
    return new BigGanGenerator(this, weights, kernels, norm, hook);
  }
}
