package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.cluster.StandaloneCluster;
import tsugiki.data.ImageSet;
import tsugiki.painting.PaintedShapes;
import tsugiki.report.Pictures;

/** A study whose trials executors do has the table of a study in one process. */
@Tag("spark")
class SparkStudyTest {
  private static final String WORDS =
      "study activation --recipe dcgan-book --size 28 --grey --channels 2 --latent 5 --batch 4"
          + " --steps 60 --checkpoint-every 5 --standing-batches 1 --measure-every 10"
          + " --score-every 30 --score-images 8 --repeats 2 --activations lrelu:0.01,relu,psf:0.5"
          + " --classifier none --judge starter --device cpu";

  @TempDir private static Path shared;
  private static Path alone;

  @BeforeAll
  static void inOneProcess() {
    ImageSet shapes = PaintedShapes.images(1, 32);
    for (int i = 0; i < 10; i++) {
      Pictures.writePng(
          Pictures.of(shapes.pixels(), i, 32, 32, 1), shared.resolve("images").resolve(i + ".png"));
    }
    alone = shared.resolve("alone");
    study(alone);
  }

  private static void study(Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of((Object[]) WORDS.split(" ")));
    words.addAll(List.of("--data", shared.resolve("images"), "--out", out));
    words.addAll(List.of(more));
    Program program = Program.run(words.toArray());
    assertThat(program.exitCode()).as(program.err()).isZero();
  }

  @Test
  void twoMachinesOfWhichOneDiesGiveTheTableOfOne(@TempDir Path folder) throws Exception {
    Path out = folder.resolve("study");
    try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
      Thread killer = new Thread(() -> kill(cluster, out));
      killer.start();
      study(out, "--master", cluster.url());
      killer.join();
    }
    assertThat(finished(out)).isEqualTo(6);
    for (String file : List.of("study.csv", "study.md", "differences.csv")) {
      assertThat(out.resolve(file)).hasSameTextualContentAs(alone.resolve(file));
    }
  }

  /** Waits until a trial is finished and others are under way. */
  private static void kill(StandaloneCluster cluster, Path study) {
    try {
      while (finished(study) < 1) {
        Thread.sleep(20);
      }
      cluster.kill(0);
      assertThat(finished(study)).as("killed in the middle").isLessThan(6);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long finished(Path study) throws IOException {
    if (!Files.isDirectory(study)) {
      return 0;
    }
    try (Stream<Path> trials = Files.list(study)) {
      return trials.filter(trial -> Files.exists(trial.resolve("figures.json"))).count();
    }
  }

  /** The master is where spark-submit leaves it. */
  @Test
  void aLocalMasterDoesOneTrialAtATime(@TempDir Path folder) {
    Path out = folder.resolve("study");
    System.setProperty("spark.master", "local[2]");
    try {
      study(out);
    } finally {
      System.clearProperty("spark.master");
    }
    assertThat(out.resolve("study.csv")).hasSameTextualContentAs(alone.resolve("study.csv"));
  }
}
