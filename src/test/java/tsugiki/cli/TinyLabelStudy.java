package tsugiki.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tsugiki.painting.PaintedShapes;

/**
 * The commands of the page of the studies of few labels, small enough to take seconds.
 *
 * @param data painted shapes, six of each kind
 * @param blind the model of the page's command for a judge without labels
 */
record TinyLabelStudy(Path data, Path blind) {
  private static final Path PAGE = Path.of("src/site/markdown/few-labels-study.md");
  private static final int EACH = 6;
  private static final String SMALL =
      "--multipliers 1,1,1 --attention 0 --embedding 8 --standing-batches 1 --score-images 20 --device cpu ";

  /** Paints the images, and trains the judge. */
  static TinyLabelStudy in(Path folder) throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), EACH, 32);
    Path run = folder.resolve("blind");
    PageCommand.of(PAGE, "train")
        .get(0)
        .with("--data", data)
        .with("--size", 16)
        .with("--channels", 4)
        .with("--steps", 3)
        .with("--out", run)
        .run("--batch 4 --device cpu")
        .succeeds();
    return new TinyLabelStudy(data, run.resolve("model"));
  }

  /** The commands of the studies. */
  static List<PageCommand> shown() throws IOException {
    return PageCommand.of(PAGE, "study labels");
  }

  /**
   * Types one of them with three steps; the network that ships stands for Inception.
   *
   * @param more further flags
   */
  Program study(PageCommand shown, int repeats, Path out, String more) {
    return shown
        .with("--data", data)
        .with("--size", 16)
        .with("--channels", 8)
        .with("--batch", 4)
        .with("--steps", 3)
        .with("--repeats", repeats)
        .with("--labels", "20%")
        .with("--feature-steps", 3)
        .with("--feature-channels", 4)
        .with("--score-every", 3)
        .with("--taps", "features")
        .replacing("runs/blind/model", blind.toString())
        .replacing("inception-folded:DIR", "starter")
        .run("--out %s %s".formatted(out, SMALL) + more);
  }
}
