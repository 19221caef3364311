package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.painting.PaintedShapes;
import tsugiki.train.BrokenRun;
import tsugiki.train.RunDirectory;

/** A feature network is trained once by the command line, and GANs take their labels from it. */
@Tag("slow")
class FewLabelsRunTest {
  @TempDir private Path folder;

  @Test
  void oneFeatureNetworkPredictsForOneGanAndClustersForAnotherWhichResumes() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 10, 32);
    Path features = folder.resolve("features");
    Program trained =
        train(data, features, "--recipe features --labels 20% --size 16 --channels 4 --batch 4");
    assertThat(trained.out()).contains("The feature network is in " + features.resolve("model"));

    Path predicted = folder.resolve("predicted");
    gan(data, predicted, "--labels 20% --unlabelled predict --features " + features);
    assertThat(RunDirectory.resume(predicted).series("label_error").steps()).containsExactly(0);
    assertThat(predicted.resolve("report.html")).content().contains("label_error");

    Path clustered = folder.resolve("clustered");
    gan(data, clustered, "--labels cluster --label-count 3 --features " + features);
    assertThat(clustered.resolve("cluster-centres.npy")).exists();
    assertThat(clustered.resolve("labels.csv")).content().contains("cluster-002");

    Path again = BrokenRun.of(clustered, folder.resolve("again"), 1);
    FileUtils.deleteDirectory(features.toFile());
    Program.run("train", "--resume", again, "--labels", "20%")
        .refuses(folder.resolve("none"), "leave out --labels (20%, where the run has cluster)");
    Program.run("train", "--resume", again, "--labels", "cluster").succeeds();
    assertThat(again.resolve("samples.png"))
        .hasSameBinaryContentAs(clustered.resolve("samples.png"));
  }

  private static void gan(Path data, Path run, String flags) {
    String small =
        " --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --batch 4 --checkpoint-every 1"
            + " --score-network none";
    assertThat(train(data, run, flags + small).out()).contains("The generator is in");
    Program.run("generate", "--model", run, "--count", 1, "--class", 2, "--out", run + "-images")
        .succeeds();
  }

  private static Program train(Path data, Path run, String flags) {
    String words =
        "train --data %s --out %s --device cpu --steps 2 --seed 1 %s".formatted(data, run, flags);
    return Program.run((Object[]) words.split(" ")).succeeds();
  }
}
