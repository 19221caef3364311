package tsugiki.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The shape of a BigGAN-deep's generator (Brock et al. 2019, appendix B, tables 7 to 9): two blocks
 * for every doubling, the first of which keeps resolution and channels.
 *
 * @param size the image's side in pixels: 4·2^(number of doublings)
 * @param channels the base number of channels, ch; the paper's is 128
 * @param multipliers channels over ch: of the first map, then after each doubling; never more than
 *     before, since a block drops channels and makes none
 * @param latent the length of z, all of which goes to every block
 * @param embedding the length of a class's vector
 * @param classes the number of classes
 * @param attention the resolution with self-attention, or 0
 * @param epsilon added to the variance in batch normalisation
 * @param statistics the number of sets of statistics, see {@link GeneratorArchitecture#statistics}
 */
public record BigGanDeepArchitecture(
    int size,
    int channels,
    List<Integer> multipliers,
    int latent,
    int embedding,
    int classes,
    int attention,
    float epsilon,
    int statistics)
    implements GeneratorArchitecture {

  /** A block's inner channels are its input's over this. */
  static final int BOTTLENECK = 4;

  /** Normalisations of a block. */
  static final int SITES = 4;

  /** Checks that the parts fit. */
  public BigGanDeepArchitecture {
    multipliers = List.copyOf(multipliers);
    int doublings = multipliers.size() - 1;
    if (doublings < 1 || size != BigGanArchitecture.FIRST_SIDE << doublings) {
      throw new BadInputException(
          "the architecture has %d doublings, which do not make %d pixels"
              .formatted(doublings, size));
    }
    if (channels < 1 || latent < 1 || embedding < 1 || classes < 1 || statistics < 1) {
      throw new BadInputException(
          "an architecture needs at least one channel, class, set of statistics, and entry of z and"
              + " of the embedding");
    }
    for (int i = 0; i <= doublings; i++) {
      int now = multipliers.get(i);
      if (now < 1
          || (i > 0 && now > multipliers.get(i - 1))
          || (i < doublings && channels * now % BOTTLENECK != 0)) {
        throw new BadInputException(
            "%d times %s are no channels of a BigGAN-deep: they only fall, and blocks work on a quarter of them"
                .formatted(channels, multipliers));
      }
    }
  }

  /**
   * The paper's networks for 128, 256 and 512 pixels.
   *
   * @throws BadInputException for another size
   */
  public static BigGanDeepArchitecture standard(int size, int channels, int classes) {
    if (size != 128 && size != 256 && size != 512) {
      throw new BadInputException(
          "⟨size⟩ is " + size + "; the deep networks exist for 128, 256 and 512 pixels");
    }
    List<Integer> multipliers =
        BigGanArchitecture.standard(size, channels, classes).generatorMultipliers();
    return new BigGanDeepArchitecture(size, channels, multipliers, 128, 128, classes, 64, 1e-4f, 1);
  }

  /** The number of blocks. */
  public int blocks() {
    return 2 * (multipliers.size() - 1);
  }

  /** Whether block {@code i} doubles the resolution. */
  boolean doubles(int i) {
    return i % 2 == 1;
  }

  /** The channels after block {@code i}, or of the first map with i = −1. */
  public int channels(int i) {
    return channels * multipliers.get((i + 1) / 2);
  }

  /** The resolution after block {@code i}. */
  int resolution(int i) {
    return BigGanArchitecture.FIRST_SIDE << ((i + 1) / 2);
  }

  @Override
  public List<Integer> generatorMultipliers() {
    return multipliers;
  }

  @Override
  public BigGanDeepArchitecture withOneStatistics() {
    return new BigGanDeepArchitecture(
        size, channels, multipliers, latent, embedding, classes, attention, epsilon, 1);
  }

  /** Four a block, the first of all its channels and the others of a quarter; and the last. */
  @Override
  public List<Integer> siteChannels() {
    List<Integer> sites = new ArrayList<>();
    for (int i = 0; i < blocks(); i++) {
      sites.add(channels(i - 1));
      sites.addAll(Collections.nCopies(SITES - 1, channels(i - 1) / BOTTLENECK));
    }
    sites.add(channels(blocks() - 1));
    return List.copyOf(sites);
  }

  @Override
  public Network generator(
      Weights weights, Kernels kernels, BatchNorm.Settings norm, GeneratorHook hook) {
    return new BigGanDeepGenerator(this, weights, kernels, norm, hook);
  }
}
