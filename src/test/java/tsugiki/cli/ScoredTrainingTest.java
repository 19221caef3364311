package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tsugiki.data.TestImages;
import tsugiki.gan.GanWatchOptions;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.train.RunDirectory;

/** The scores of {@code train} where no network is named for them. */
@Tag("slow")
class ScoredTrainingTest {
  private static final String TINY = "--recipe dcgan --size 32 --channels 2 --batch 4 --steps 2 ";

  @TempDir private Path folder;
  private Path images;

  @BeforeEach
  void makeImages() {
    images = folder.resolve("images");
    for (String name : List.of("a", "b", "c")) {
      TestImages.write(images, name + ".png", TestImages.encode(TestImages.noise(32, 32), "png"));
    }
  }

  @Test
  void aTrainingIsScoredAfterItsLastStepUnlessNoneIsWanted() {
    Path scored = train("scored", images, TINY);
    assertThat(RunDirectory.resume(scored).series("kid_768").steps()).containsExactly(2);
    assertThat(scored.resolve("nearest.png")).exists();
    assertThat(scored.resolve("report.html"))
        .content()
        .contains("95 % interval", "share of copies", "protocol of kid_768");

    Path none = train("none", images, TINY + "--score-network none");
    assertThat(none.resolve("nearest.png")).doesNotExist();
    assertThat(none.resolve("report.html")).content().doesNotContain("95 % interval");
  }

  /** A kernel distance needs two images. */
  @Test
  void aTrainingOnOneImageHasNoScores() {
    Path run = train("one", images.resolve("a.png"), TINY);
    assertThat(run.resolve("report.html")).content().doesNotContain("95 % interval");
  }

  @ParameterizedTest
  @CsvSource({
    "--size 32, starter, 20000",
    "--size 32 --steps 500, starter, 500",
    "--size 32 --score-every 300, starter, 300",
    "--size 32 --score-network digits, digits, 1000",
    "--size 32 --score-network none, '', 1000",
    "--recipe dcgan --size 32 --grey, '', 1000",
    "--recipe dcgan-book --size 28 --grey, '', 1000",
    "--recipe dcgan-book --size 16 --steps 500, starter, 500",
    "--recipe dcgan-book --size 12, '', 1000"
  })
  void imagesInColourAreScoredByTheNetworkThatShips(String flags, String network, long every) {
    CommandLine line = Tsugiki.commandLine();
    List<String> words = new ArrayList<>(List.of("train", "--data", images.toString()));
    words.addAll(Arrays.asList(flags.split(" ")));
    line.parseArgs(words.toArray(String[]::new));
    TrainingJob job = ((TrainCommand) line.getSubcommands().get("train").getCommand()).job();
    GanWatchOptions watch = ((LabelledGanOptions) job.options()).gan().watch();
    assertThat(watch.scoreNetwork()).isEqualTo(network);
    assertThat(watch.scoreEvery()).isEqualTo(every);
  }

  private Path train(String name, Path data, String flags) {
    Path run = folder.resolve(name);
    String words = "train --device cpu --data %s --out %s %s".formatted(data, run, flags);
    Program.run((Object[]) words.split(" ")).succeeds();
    return run;
  }
}
