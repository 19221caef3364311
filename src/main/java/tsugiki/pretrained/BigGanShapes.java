package tsugiki.pretrained;

import com.google.common.math.IntMath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.model.BigGanArchitecture;

/** The architecture of a published BigGAN from the shapes of its weights. */
final class BigGanShapes {
  private BigGanShapes() {}

  /**
   * A generator's.
   *
   * @param channels of the first map, then after each block
   * @param attention the resolution with self-attention, or 0
   * @param chunk the length of a chunk of z
   * @param embedding the length of a class's vector
   */
  static BigGanArchitecture generator(
      List<Integer> channels, int attention, int chunk, int embedding, int classes, float epsilon) {
    int base = channels.stream().reduce(0, IntMath::gcd);
    List<Integer> multipliers = channels.stream().map(count -> count / base).toList();
    return new BigGanArchitecture(
        BigGanArchitecture.FIRST_SIDE << (channels.size() - 1),
        base,
        multipliers,
        discriminatorOf(multipliers),
        chunk,
        embedding,
        classes,
        attention,
        epsilon,
        false);
  }

  /**
   * The resolution with attention in a module, 0 for none. Its place is in no name: it is the
   * published one if that has as many channels, and otherwise the only one that has.
   *
   * @param channels of the first map, then after each doubling
   * @param published the resolution in the published networks
   */
  static int attention(HubVariables variables, List<Integer> channels, int published) {
    String theta = "Generator/attention/theta/w";
    if (!variables.has(theta)) {
      return 0;
    }
    Map<Integer, Integer> bySide = new LinkedHashMap<>();
    for (int i = 1; i < channels.size(); i++) {
      bySide.put(BigGanArchitecture.FIRST_SIDE << i, channels.get(i));
    }
    return attention(variables.count(theta, 4, 2), bySide, published, variables::wrong);
  }

  /**
   * The same for networks of any kind.
   *
   * @param wanted the channels that the attention has
   * @param bySide the channels at each resolution where it may be
   * @param wrong the failure of a file that says neither
   */
  static int attention(
      int wanted,
      Map<Integer, Integer> bySide,
      int published,
      Function<String, RuntimeException> wrong) {
    List<Integer> fitting =
        bySide.keySet().stream().filter(side -> bySide.get(side) == wanted).toList();
    if (fitting.contains(published)) {
      return published;
    }
    if (fitting.size() != 1) {
      throw wrong.apply(
          "has attention on %d channels, which %d resolutions have"
              .formatted(wanted, fitting.size()));
    }
    return fitting.get(0);
  }

  /**
   * A discriminator's; what it says of a generator is of one that would go with it.
   *
   * @param channels after each block
   * @param size the image's side in pixels
   */
  static BigGanArchitecture discriminator(
      List<Integer> channels, int size, int attention, int classes) {
    int base = channels.stream().reduce(0, IntMath::gcd);
    List<Integer> multipliers = channels.stream().map(count -> count / base).toList();
    int blocks =
        Integer.numberOfTrailingZeros(size)
            - Integer.numberOfTrailingZeros(BigGanArchitecture.FIRST_SIDE);
    List<Integer> generator = new ArrayList<>(multipliers);
    Collections.reverse(generator);
    return new BigGanArchitecture(
        size,
        base,
        generator.subList(0, blocks + 1),
        multipliers,
        1,
        1,
        classes,
        attention,
        ImportFormat.BIGGAN_PYTORCH.normEpsilon(),
        false);
  }

  /**
   * A dimension as a number of channels.
   *
   * @param rank how many dimensions the array must have
   * @param axis which of them
   * @throws BadInputException if no network has so many
   */
  static int count(PublishedArrays arrays, String name, int rank, int axis) {
    long dimension = arrays.shape(name, rank)[axis];
    if (dimension < 1 || dimension > Checks.MOST) {
      throw arrays.wrong("has a dimension of %d in %s".formatted(dimension, name));
    }
    return (int) dimension;
  }

  /** The paper's discriminators mirror its generators, and end with their widest block twice. */
  private static List<Integer> discriminatorOf(List<Integer> generator) {
    List<Integer> mirrored = new ArrayList<>(generator);
    Collections.reverse(mirrored);
    return List.copyOf(mirrored);
  }
}
