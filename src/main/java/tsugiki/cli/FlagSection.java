package tsugiki.cli;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The flags of records as a part of a verb: {@code @Mixin(name = "How it learns:")} shows them in
 * the help under that heading. Their words come from {@link FlagWords}, their defaults from the
 * records.
 */
final class FlagSection {
  /**
   * Flags of one record.
   *
   * @param when the words before its defaults in the help, such as {@code projected}
   * @param flags its flags
   */
  private record Part(String when, RecordFlags<?> flags) {}

  private final FlagWords words;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A section with the flags of a record.
   *
   * @param verb whose words describe them
   */
  FlagSection(String verb, RecordFlags<?> flags) {
    words = FlagWords.of(verb);
    parts.add(new Part("", flags));
  }

  /**
   * Adds the flags of another record. A flag that both have appears once, with both defaults.
   *
   * @param when the words before its defaults, such as {@code at 32 pixels}
   * @return this section
   */
  FlagSection and(String when, RecordFlags<?> flags) {
    parts.add(new Part(when, flags));
    return this;
  }

  /** The words of the flags. */
  FlagWords words() {
    return words;
  }

  /** The flags, by their names in the order of the help. */
  Map<String, RecordFlag> flags() {
    Map<String, RecordFlag> flags = new LinkedHashMap<>();
    parts.forEach(part -> part.flags().flags().forEach(f -> flags.putIfAbsent(f.name(), f)));
    return flags;
  }

  /** Fills its part of the verb; picocli calls it. */
  @Spec
  void fill(CommandSpec section) {
    flags()
        .forEach(
            (name, flag) -> section.addOption(words.describe(name, flag.option(), defaults(name))));
  }

  /** The defaults of a flag in words, each with the records that have it. */
  private String defaults(String name) {
    SetMultimap<String, String> whens = LinkedHashMultimap.create();
    for (Part part : parts) {
      part.flags().flags().stream()
          .filter(flag -> flag.name().equals(name))
          .map(RecordFlag::shown)
          .filter(value -> !value.isEmpty())
          .forEach(value -> whens.put(value, whens.isEmpty() ? "" : part.when()));
    }
    return whens.asMap().entrySet().stream()
        .map(
            each ->
                each.getValue().contains("")
                    ? each.getKey()
                    : String.join(", ", each.getValue()) + " " + each.getKey())
        .collect(Collectors.joining("; "));
  }
}
