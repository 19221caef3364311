package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tsugiki.painting.PaintedShapes;
import tsugiki.train.RunDirectory;

/** The recipes on the page about few labels, as they stand there, up to the first step. */
class RecipesTest {
  private static final Path PAGE = Path.of("src/site/markdown/few-labels-losses.md");
  private static final Pattern COMMAND =
      Pattern.compile("tools/tsugiki (train --data P [^#`]*?)\n(?=tools|#|`)");

  @TempDir private Path folder;

  @Test
  void everyRecipeIsTaken() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 10, 32);
    Path features = folder.resolve("features");
    String small = " --recipe features --size 16 --channels 4 --batch 4 --steps 1 --device cpu";
    program("train --labels 10% --data " + data + " --out " + features + small);
    String page = Files.readString(PAGE).replace("\\\n", "");
    List<String> recipes =
        COMMAND.matcher(page).results().map(found -> found.group(1).strip()).toList();

    assertThat(recipes).hasSize(4);
    for (String size : List.of("32", "64", "128", "256")) {
      String recipe =
          recipes.stream()
              .filter(r -> r.contains("--size " + size + " "))
              .findFirst()
              .orElseThrow();
      String here = recipe.replace(" P ", " " + data + " ").replace(" RUN ", " " + features + " ");
      // Not as a dry run, which refuses what this machine has no memory for.
      TrainingJob job = job(here + " --device cpu");
      assertThat(RunDirectory.json(job.options())).contains("\"size\" : " + size);
      assertThat(job.summary()).contains("100 images of 10 classes, 10 of them labelled");
    }
  }

  private static TrainingJob job(String words) {
    CommandLine line = Tsugiki.commandLine();
    line.parseArgs(words.split(" +"));
    return ((TrainCommand) line.getSubcommands().get("train").getCommand()).job();
  }

  private static Program program(String words) {
    return Program.run((Object[]) words.split(" +")).succeeds();
  }
}
