package tsugiki.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tsugiki.report.HtmlReport;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureTable;

/**
 * The sample grids of a study over time in one picture: a row per variant, of its first seed, and a
 * column per step. They are of the same latent vectors at every step.
 */
final class SampleHistory {
  private static final Pattern SAMPLES = Pattern.compile("samples-(\\d{6,})\\.png");
  private static final int COLUMNS = 6;
  private static final int WIDTH = 284;

  private SampleHistory() {}

  /** Draws it as {@code samples-over-time.png}, where there are grids of two steps or more. */
  static void draw(List<TrialOutcome> outcomes, Path folder, HtmlReport page) {
    Map<String, Map<Long, Path>> grids = new LinkedHashMap<>();
    for (TrialOutcome trial : outcomes) {
      Map<Long, Path> found = grids(trial.folder());
      if (!found.isEmpty()) {
        grids.putIfAbsent(trial.variant(), found);
      }
    }
    List<Long> steps =
        grids.values().stream()
            .flatMap(found -> found.keySet().stream())
            .distinct()
            .sorted()
            .toList();
    if (steps.size() < 2) {
      return;
    }
    PictureTable table = new PictureTable(WIDTH);
    int columns = Math.min(COLUMNS, steps.size());
    for (int i = 0; i < columns; i++) {
      Long step = steps.get(i * (steps.size() - 1) / (columns - 1));
      grids.forEach(
          (variant, found) -> {
            if (found.containsKey(step)) {
              table.add(variant, "step " + step, found.get(step));
            }
          });
    }
    Path file = folder.resolve("samples-over-time.png");
    ImageGrid.write(table.draw(), file);
    page.picture(file, "Samples of the same latent vectors over time, first seed of each variant");
  }

  /** The grids of a trial by step; none of a trial that has no folder. */
  private static Map<Long, Path> grids(Path trial) {
    Map<Long, Path> grids = new TreeMap<>();
    if (!Files.isDirectory(trial)) {
      return grids;
    }
    try (Stream<Path> files = Files.list(trial)) {
      files.forEach(
          file -> {
            Matcher name = SAMPLES.matcher(file.getFileName().toString());
            if (name.matches()) {
              grids.put(Long.parseLong(name.group(1)), file);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return grids;
  }
}
