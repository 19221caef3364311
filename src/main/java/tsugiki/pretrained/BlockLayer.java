package tsugiki.pretrained;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer within a block by our name, such as {@code block_2/norm_1/gain}.
 *
 * @param block its index, from 0
 * @param name of the layer in the block: {@code conv_1}, {@code norm_2}, {@code shortcut}
 * @param part of a conditional normalisation, {@code gain} or {@code bias}; empty for the layer
 */
record BlockLayer(int block, String name, String part) {
  private static final Pattern NAME =
      Pattern.compile("block_(\\d+)/([a-z]+(?:_\\d)?)(?:/([a-z]+))?");

  /** The layer of that name; empty for one in no block. */
  static Optional<BlockLayer> find(String layer) {
    Matcher found = NAME.matcher(layer);
    return found.matches()
        ? Optional.of(
            new BlockLayer(
                Integer.parseInt(found.group(1)),
                found.group(2),
                Optional.ofNullable(found.group(3)).orElse("")))
        : Optional.empty();
  }

  /** The number at the end of its name. */
  int number() {
    return name.charAt(name.length() - 1) - '0';
  }

  /** The end of a published name: a slash, and what stands there for gain and bias. */
  String condition(String gain, String bias) {
    return switch (part) {
      case "" -> "";
      case "gain" -> "/" + gain;
      default -> "/" + bias;
    };
  }
}
