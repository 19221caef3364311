package tsugiki.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tsugiki.report.ImageGrid;
import tsugiki.report.PictureTable;

/** One picture of every variant below one another: that of its first seed. */
public final class TrialPictures {
  private static final int WIDTH = 720;

  private TrialPictures() {}

  /**
   * Draws them.
   *
   * @param outcomes of trials, whose folders may hold {@code NAME.png}
   * @param name of the picture
   * @param folder of the study, where {@code NAME-of-all.png} is written
   * @return that file; empty where no trial has such a picture
   */
  public static Optional<Path> draw(List<TrialOutcome> outcomes, String name, Path folder) {
    Map<String, Path> first = new LinkedHashMap<>();
    for (TrialOutcome trial : outcomes) {
      Path picture = trial.folder().resolve(name + ".png");
      if (Files.exists(picture)) {
        first.putIfAbsent(trial.variant(), picture);
      }
    }
    if (first.isEmpty()) {
      return Optional.empty();
    }
    PictureTable table = new PictureTable(WIDTH);
    first.forEach((variant, picture) -> table.add(variant, "", picture));
    Path file = folder.resolve(name + "-of-all.png");
    ImageGrid.write(table.draw(), file);
    return Optional.of(file);
  }
}
