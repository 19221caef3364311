package tsugiki.augmentation;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.study.TrialOutcome;

/**
 * The mean of every score of every variant over its seeds.
 *
 * @param values by variant, and within it by score
 */
record VariantMeans(Map<String, Map<String, List<Double>>> values) {
  private static final String VARIANT = "variant";
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  /** Of the trials that did not fail. */
  static VariantMeans of(List<TrialOutcome> outcomes) {
    VariantMeans means = new VariantMeans(new LinkedHashMap<>());
    outcomes.stream()
        .filter(outcome -> !outcome.failed())
        .forEach(
            outcome ->
                outcome
                    .figures()
                    .forEach((name, value) -> means.add(outcome.variant(), name, value)));
    return means;
  }

  /**
   * Of a study that was finished earlier.
   *
   * @throws BadInputException if the folder holds no table of an augmentation study
   */
  static VariantMeans read(Path study) {
    Path file = study.resolve("study.csv");
    VariantMeans means = new VariantMeans(new LinkedHashMap<>());
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser table = CSV.parse(reader)) {
      if (!table.getHeaderNames().contains(VARIANT)) {
        throw new BadInputException(
            "⟨compare⟩ %s is the table of another study; name the folder of a study augmentation"
                .formatted(file));
      }
      for (CSVRecord line : table) {
        line.toMap()
            .forEach(
                (name, cell) -> {
                  if (!name.equals(VARIANT) && !name.equals("seed") && !cell.isEmpty()) {
                    means.add(line.get(VARIANT), name, Double.parseDouble(cell));
                  }
                });
      }
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new BadInputException(
          "⟨compare⟩ %s cannot be read (%s); name the folder of a finished study augmentation"
              .formatted(file, Reason.of(e)),
          e);
    }
    return means;
  }

  private void add(String variant, String score, double value) {
    values
        .computeIfAbsent(variant, name -> new LinkedHashMap<>())
        .computeIfAbsent(score, name -> new ArrayList<>())
        .add(value);
  }

  /** The variants in their order. */
  List<String> variants() {
    return List.copyOf(values.keySet());
  }

  /** The mean of a score, where the variant has it. */
  OptionalDouble mean(String variant, String score) {
    return values.getOrDefault(variant, Map.of()).getOrDefault(score, List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .average();
  }
}
