package tsugiki.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.report.HtmlReport;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureSeries.Moment;
import tsugiki.report.PictureSeries.Slide;
import tsugiki.report.PictureTable;
import tsugiki.report.StepPictures;

/**
 * The sample grids of a study over time, of the first seed of each variant and of the same latent
 * vectors at every step: with a slider over the steps, and in one picture with a row per variant
 * and a column per step.
 */
final class SampleHistory {
  private static final int COLUMNS = 6;
  private static final int WIDTH = 284;
  private static final int MOMENTS = 8;
  private static final int WIDTH_OF_MOMENTS = 480;

  private SampleHistory() {}

  /**
   * Shows them where there are grids of two steps or more. The picture is {@code
   * samples-over-time.png}.
   */
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
    page.moments(
        StepPictures.spread(steps, MOMENTS).stream().map(step -> moment(step, grids)).toList(),
        WIDTH_OF_MOMENTS,
        "The same latent vectors step by step, first seed of each variant");
    PictureTable table = new PictureTable(WIDTH);
    for (Long step : StepPictures.spread(steps, COLUMNS)) {
      for (Slide grid : moment(step, grids).pictures()) {
        table.add(grid.label(), "step " + step, grid.file());
      }
    }
    Path file = folder.resolve("samples-over-time.png");
    ImageGrid.write(table.draw(), file);
    page.picture(file, "Samples of the same latent vectors over time, first seed of each variant");
  }

  /** The grids of the variants that came so far. */
  private static Moment moment(Long step, Map<String, Map<Long, Path>> grids) {
    List<Slide> found = new ArrayList<>();
    grids.forEach(
        (variant, bySteps) -> {
          if (bySteps.containsKey(step)) {
            found.add(new Slide(bySteps.get(step), variant));
          }
        });
    return new Moment("Step " + step, found);
  }
}
