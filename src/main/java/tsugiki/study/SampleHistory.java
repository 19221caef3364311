package tsugiki.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.report.HtmlReport;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureTable;
import tsugiki.report.StepPictures;

/**
 * The sample grids of a study over time in one picture: a row per variant, of its first seed, and a
 * column per step. They are of the same latent vectors at every step.
 */
final class SampleHistory {
  private static final int COLUMNS = 6;
  private static final int WIDTH = 284;

  private SampleHistory() {}

  /** Draws it as {@code samples-over-time.png}, where there are grids of two steps or more. */
  static void draw(List<TrialOutcome> outcomes, Path folder, HtmlReport page) {
    Map<String, Map<Long, Path>> grids = new LinkedHashMap<>();
    for (TrialOutcome trial : outcomes) {
      Map<Long, Path> found = StepPictures.in(trial.folder(), "samples");
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
    for (Long step : StepPictures.spread(steps, COLUMNS)) {
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
}
