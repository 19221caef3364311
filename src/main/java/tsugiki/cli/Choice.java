package tsugiki.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a flag whose values are an enum's, in any case and in the flag's own spelling, which is the
 * constant's {@code toString}: {@code scale-shift} for {@code SCALE_SHIFT}. picocli alone would
 * list the constants' Java names to who mistyped one.
 *
 * @param <E> the enum
 */
final class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final Class<E> type;

  private Choice(Class<E> type) {
    this.type = type;
  }

  /** Reads one enum. */
  static <E extends Enum<E>> Choice<E> of(Class<E> type) {
    return new Choice<>(type);
  }

  @Override
  public E convert(String value) {
    return find(type, value)
        .orElseThrow(() -> unknown(value, Stream.of(type.getEnumConstants()).map(Enum::toString)));
  }

  /** The constant that a word spells. */
  static <E extends Enum<E>> Optional<E> find(Class<E> type, String word) {
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(word))
        .findFirst();
  }

  /** What a value that is no choice leads to: a sentence with the choices. */
  static TypeConversionException unknown(String value, Stream<String> choices) {
    return new TypeConversionException(
        "'%s' is unknown; choose one of %s"
            .formatted(value, choices.collect(Collectors.joining(", "))));
  }
}
