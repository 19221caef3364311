package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.painting.PaintedShapes;
import tsugiki.train.RunDirectory;

/** Trainings with replicas by the command line. */
@Tag("slow")
class ReplicasRunTest {
  @TempDir private Path folder;
  private Path data;
  private Path run;

  @BeforeEach
  void paint() {
    data = PaintedShapes.in(folder.resolve("data"), 4, 32);
    run = folder.resolve("run");
  }

  private Program train(String flags) {
    String words =
        "train --data %s --out %s --device cpu --steps 2 --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --batch 4 --score-network none %s"
            .formatted(data, run, flags);
    return Program.run((Object[]) words.split(" "));
  }

  @Test
  void aRunGoesOnWithAnotherNumberOfThem() {
    train("--replicas 2").succeeds();
    assertThat(run.resolve("options.json")).content().contains("\"replicas\" : 2");
    assertThat(run.resolve("log.txt")).content().contains("2 replicas on the device cpu");
    Program.run("train", "--resume", run, "--replicas", 1, "--steps", 3).succeeds();
    assertThat(run.resolve("options.json")).content().contains("\"replicas\" : 1");
    assertThat(RunDirectory.resume(run).series("loss_d").steps()).contains(3L);
  }

  @Test
  void moreThanThereAreDevicesAndAnUnevenBatchAreRefused() {
    train("--replicas 1000").refuses(run, "--replicas is 1000, and this machine has");
    train("--replicas 0").refuses(run, "--replicas is 0");
    train("--replicas 2 --batch 5")
        .refuses(run, "--batch 5 cannot be shared evenly by --replicas 2; give a multiple of 2");
  }
}
