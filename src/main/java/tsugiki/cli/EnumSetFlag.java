package tsugiki.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.base.BadInputException;

/** A flag whose value is several words of an enum, or {@code none} alone. */
final class EnumSetFlag {
  private static final String NONE = "none";
  private static final ITypeConverter<?>[] AS_TYPED = {};

  private EnumSetFlag() {}

  /** Has picocli hand the words on as they were typed, so that {@code none} is one of them. */
  static OptionSpec.Builder words(OptionSpec.Builder option) {
    return option.auxiliaryTypes(String.class).converters(AS_TYPED);
  }

  /**
   * What the words name.
   *
   * @param given the collection of words
   * @throws BadInputException if one is none of the enum's, or stands beside {@code none}
   */
  static <E extends Enum<E>> Set<E> read(String flag, Class<E> type, Object given) {
    Collection<?> words = (Collection<?>) given;
    return words.equals(Set.of(NONE))
        ? Set.of()
        : words.stream().map(word -> read(flag, type, word.toString())).collect(Collectors.toSet());
  }

  private static <E extends Enum<E>> E read(String flag, Class<E> type, String word) {
    return Choice.find(type, word)
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s has '%s'; give of %s, or none alone"
                        .formatted(
                            flag,
                            word,
                            Arrays.stream(type.getEnumConstants())
                                .map(Enum::toString)
                                .collect(Collectors.joining(", ")))));
  }
}
