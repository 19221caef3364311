package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.data.TestImages;
import tsugiki.train.RunDirectory;

/**
 * A disk that is really full: where {@link UnwritableVerbsTest} limits the size of files, nothing
 * can grow here, and neither files nor folders may find room.
 */
@Tag("faults")
class FullFileSystemTest {
  private static final String FULL = "No space left on device; make room on the disk, then ";
  private static final int IMAGES = 8;

  @TempDir private static Path folder;
  private static SmallDisk disk;

  @BeforeAll
  static void mount() throws IOException, InterruptedException {
    disk = SmallDisk.mount(folder.resolve("disk"));
    TrainingVerb.makeInput(folder);
    // An image of 200 KB, for copies that a little room does not hold.
    for (int i = 0; i < IMAGES; i++) {
      byte[] image = TestImages.encode(TestImages.noise(256, 256), "png");
      TestImages.write(folder.resolve("large"), i + ".png", image);
    }
  }

  @AfterEach
  void makeRoom() throws IOException {
    FileUtils.cleanDirectory(disk.path().toFile());
  }

  @AfterAll
  static void unmount() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }

  /** With some room left the next checkpoint begins and does not come to its end. */
  @ParameterizedTest
  @CsvSource({"TRAIN, 0", "TRAIN, 65536", "GRAFT, 0", "GRAFT, 65536"})
  void aTrainingKeepsItsLastCheckpointAndGoesOnWhereThereIsRoom(TrainingVerb verb, long free)
      throws IOException, InterruptedException {
    Path run = disk.path().resolve(verb + "-" + free);
    Path json = disk.path().resolve("result.json");
    Thread filling = new Thread(() -> fillAfterCheckpoint(run, free), "filling the disk");
    filling.setDaemon(true);
    filling.start();
    List<String> words = new ArrayList<>(verb.begin(folder, run));
    words.addAll(List.of("--steps", "1000000", "--json", json.toString()));
    Program full = Program.run(words.toArray());
    filling.interrupt();
    filling.join();

    assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
    assertThat(full.err()).startsWith("tsugiki: ").contains(FULL + "go on with --resume " + run);
    assertThat(json).doesNotExist();
    assertThat(files(run)).noneMatch(file -> file.matches(".*(\\.tmp|\\.draft-|tempstate).*"));
    disk.empty();
    long done = RunDirectory.stepsDone(run);
    assertThat(done).isPositive();
    Program.run(verb.resume(run, done + 2).toArray()).succeeds();
    assertThat(RunDirectory.stepsDone(run)).isEqualTo(done + 2);
    assertThat(run.resolve("report.html")).isNotEmptyFile();
  }

  private static void fillAfterCheckpoint(Path run, long free) {
    while (!Files.exists(run.resolve("checkpoints/latest"))) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      Thread.onSpinWait();
    }
    disk.fill(free);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "augment --images IN/large --policy hflip,invert --out OUT/more",
        "export --model IN/tiny --out OUT/model",
        "export --model IN/tiny --serving OUT/served",
      })
  void whatIsWrittenAtOnceLeavesNothing(String words) throws IOException {
    List<String> all = new ArrayList<>();
    Arrays.stream(words.split(" "))
        .map(word -> word.replace("IN", folder.toString()).replace("OUT", disk.path().toString()))
        .forEach(all::add);
    Path json = disk.path().resolve("result.json");
    all.addAll(List.of("--json", json.toString()));
    for (long free : new long[] {0, 4096, 65_536}) {
      disk.empty();
      List<String> before = files(disk.path());
      disk.fill(free);
      Program full = Program.run(all.toArray());
      assertThat(full.exitCode()).as(full.err()).isEqualTo(1);
      assertThat(full.err())
          .startsWith("tsugiki: ")
          .contains(disk.path().toString(), FULL + "try again\n");
      disk.empty();
      assertThat(files(disk.path())).as("%d bytes free", free).isEqualTo(before);
    }
    Program.run(all.toArray()).succeeds();
    assertThat(json).isNotEmptyFile();
  }

  private static List<String> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.map(Path::toString).sorted().toList();
    }
  }
}
