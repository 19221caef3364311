package tsugiki.cli;

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
    return Stream.of(type.getEnumConstants())
        .filter(constant -> constant.toString().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(() -> unknown(value, Stream.of(type.getEnumConstants()).map(Enum::toString)));
  }

  /** What a value that is no choice leads to: a sentence with the choices. */
  static TypeConversionException unknown(String value, Stream<String> choices) {
    return new TypeConversionException(
        "'%s' is unknown; choose one of %s"
            .formatted(value, choices.collect(Collectors.joining(", "))));
  }
}
