package tsugiki.gan;

import static java.util.Objects.requireNonNullElse;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.Counted;
import tsugiki.model.BigGanArchitecture;

/**
 * The shape of BigGAN's networks. {@link #defaults(int)} has the defaults for a size, which also
 * stand for a component that {@code options.json} or the command line leaves out (null to the
 * constructor).
 *
 * @param size the side of the images in pixels
 * @param channels the base number of channels
 * @param multipliers the generator's channels over the base: of the first map, then after each
 *     block; by default the paper's for this size
 * @param attention the resolution with self-attention, 0 for none; by default the paper's
 * @param embedding the length of the vector of a class
 * @param noise whether the generator doubles its maps smoothly and adds noise that follows from the
 *     latent vector in every block, so that its texture has no pattern of the pixel grid; by
 *     default not, as in the paper
 */
@RecordBuilder
public record BigGanOptions(
    Integer size,
    Integer channels,
    List<Integer> multipliers,
    Integer attention,
    Integer embedding,
    Boolean noise)
    implements GanNetworkOptions, BigGanOptionsBuilder.With {

  private static final int SIZE = 64;
  private static final int CHANNELS = 16;
  private static final int EMBEDDING = 128;

  /** Self-attention compares pixels by an eighth of their channels. */
  private static final int ATTENTION_CHANNELS = 8;

  private static final Set<Integer> PAPER_SIZES = Set.of(32, 64, 128, 256, 512);

  /** Fills in the defaults and checks every value. */
  public BigGanOptions {
    size = requireNonNullElse(size, SIZE);
    channels = requireNonNullElse(channels, CHANNELS);
    Checks.size("channels", channels, 1);
    multipliers = List.copyOf(multipliers == null ? standardMultipliers(size) : multipliers);
    checkMultipliers(size, channels, multipliers);
    attention = requireNonNullElse(attention, standardAttention(size));
    checkAttention(size, channels, multipliers, attention);
    embedding = requireNonNullElse(embedding, EMBEDDING);
    Checks.size("embedding", embedding, 1);
    noise = requireNonNullElse(noise, false);
  }

  /** The paper's networks for 64 pixels with fewer channels. */
  public static BigGanOptions defaults() {
    return defaults(SIZE);
  }

  /**
   * The paper's networks for a size with fewer channels.
   *
   * @param size 32, 64, 128, 256 or 512 pixels
   * @throws BadInputException for another size
   */
  public static BigGanOptions defaults(int size) {
    return new BigGanOptions(
        size, CHANNELS, standardMultipliers(size), standardAttention(size), EMBEDDING, false);
  }

  /** The options of networks of that shape. */
  static BigGanOptions of(BigGanArchitecture shape) {
    return new BigGanOptions(
        shape.size(),
        shape.channels(),
        shape.generatorMultipliers(),
        shape.attention(),
        shape.embedding(),
        shape.noise());
  }

  private static List<Integer> standardMultipliers(int size) {
    return BigGanArchitecture.standard(size, CHANNELS, 1).generatorMultipliers();
  }

  private static int standardAttention(int size) {
    return size == 32 ? 0 : 64;
  }

  private static void checkMultipliers(int size, int channels, List<Integer> multipliers) {
    for (int multiplier : multipliers) {
      Checks.atLeast("multipliers", multiplier, 1);
      if ((long) multiplier * channels > Checks.MOST) {
        throw new BadInputException(
            "⟨multipliers⟩ has %d, which with ⟨channels⟩ %d makes more than %d channels; give smaller ones"
                .formatted(multiplier, channels, Checks.MOST));
      }
    }
    int blocks = multipliers.size() - 1;
    if (blocks < 1 || blocks > 8 || size != BigGanArchitecture.FIRST_SIDE << blocks) {
      throw new BadInputException(
          "⟨multipliers⟩ has %d numbers and ⟨size⟩ is %d; give one for the first map of %d pixels and one for each doubling up to the size"
              .formatted(multipliers.size(), size, BigGanArchitecture.FIRST_SIDE));
    }
  }

  private static void checkAttention(
      int size, int channels, List<Integer> multipliers, int attention) {
    if (attention == 0) {
      return;
    }
    if (attention <= BigGanArchitecture.FIRST_SIDE
        || attention > size
        || Integer.bitCount(attention) != 1) {
      throw new BadInputException(
          "⟨attention⟩ is %d; give 0 for none, or a power of two from 8 to ⟨size⟩ %d"
              .formatted(attention, size));
    }
    int doublings = Integer.numberOfTrailingZeros(attention / BigGanArchitecture.FIRST_SIDE);
    checkAttention("generator", attention, channels * multipliers.get(doublings));
  }

  /**
   * Checks that attention fits a map.
   *
   * @param network whose map it is, for the message
   * @param attention the side of the map
   * @param there its channels
   * @throws BadInputException if attention cannot take an eighth of them
   */
  static void checkAttention(String network, int attention, int there) {
    if (there % ATTENTION_CHANNELS != 0) {
      throw new BadInputException(
          "⟨attention⟩ %d finds %s in the %s and needs a multiple of %d; give other ⟨channels⟩, or ⟨attention⟩ 0"
              .formatted(attention, Counted.of(there, "channel"), network, ATTENTION_CHANNELS));
    }
  }

  @Override
  public int imageSize() {
    return size;
  }

  @Override
  public GanNetworks networks(int classes) {
    return new BigGanNetworks(architecture(classes));
  }

  /**
   * The shape of the networks for data of that many classes. With the paper's multipliers the
   * discriminator's are the paper's too; with others they are the generator's from its output back,
   * as the paper's are from 128 pixels on.
   */
  public BigGanArchitecture architecture(int classes) {
    return new BigGanArchitecture(
        size,
        channels,
        multipliers,
        discriminatorMultipliers(),
        20,
        embedding,
        classes,
        attention,
        1e-5f,
        noise);
  }

  private List<Integer> discriminatorMultipliers() {
    if (PAPER_SIZES.contains(size)) {
      BigGanArchitecture paper = BigGanArchitecture.standard(size, channels, 1);
      if (multipliers.equals(paper.generatorMultipliers())) {
        return paper.discriminatorMultipliers();
      }
    }
    List<Integer> reversed = new ArrayList<>(multipliers);
    Collections.reverse(reversed);
    return reversed;
  }
}
