package tsugiki.gan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.model.BigGanArchitecture;

/**
 * The shape of the networks. Whatever is null takes its default when the record is made.
 *
 * @param size the images' side in pixels; 64
 * @param channels the base number of channels; 16
 * @param multipliers the generator's channels over the base: of the first map, then after each
 *     block; the paper's for this size
 * @param attention the resolution with self-attention, 0 for none; the paper's for this size
 * @param embedding the length of a class's vector; 128
 */
public record NetworkOptions(
    Integer size,
    Integer channels,
    List<Integer> multipliers,
    Integer attention,
    Integer embedding) {

  /** Self-attention compares pixels by an eighth of their channels. */
  private static final int LEAST_ATTENTION_CHANNELS = 8;

  private static final Set<Integer> PAPER_SIZES = Set.of(32, 64, 128, 256, 512);

  /** Fills in the defaults and checks every value. */
  public NetworkOptions {
    size = Objects.requireNonNullElse(size, 64);
    channels = Objects.requireNonNullElse(channels, 16);
    Checks.atLeast("channels", channels, 1);
    if (multipliers == null) {
      multipliers = BigGanArchitecture.standard(size, channels, 1).generatorMultipliers();
    }
    multipliers = List.copyOf(multipliers);
    checkMultipliers(size, multipliers);
    attention = Objects.requireNonNullElse(attention, size == 32 ? 0 : 64);
    checkAttention(size, channels, multipliers, attention);
    embedding = Objects.requireNonNullElse(embedding, 128);
    Checks.atLeast("embedding", embedding, 1);
  }

  private static void checkMultipliers(int size, List<Integer> multipliers) {
    multipliers.forEach(multiplier -> Checks.atLeast("multipliers", multiplier, 1));
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
    int there = channels * multipliers.get(doublings);
    if (there < LEAST_ATTENTION_CHANNELS) {
      throw new BadInputException(
          "⟨attention⟩ %d finds %d channels there and needs %d; give more ⟨channels⟩, or ⟨attention⟩ 0"
              .formatted(attention, there, LEAST_ATTENTION_CHANNELS));
    }
  }

  /**
   * The networks for data of that many classes. With the paper's multipliers the discriminator's
   * are the paper's too; with others they are the generator's from its output back, as the paper's
   * are from 128 pixels on.
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
        1e-5f);
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
