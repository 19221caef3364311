package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.base.SameBits;
import tsugiki.data.LoggedLines;

class CheckpointsTest {
  private static final String DATA = "state.data-00000-of-00001";

  @TempDir private Path folder;
  private Checkpoints checkpoints;
  private TinyTrainee trainee;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"));
    trainee = new TinyTrainee(8);
  }

  @AfterEach
  void close() {
    trainee.close();
  }

  @Test
  void whatWasSavedComesBackBitForBit() {
    Map<String, float[]> saved = afterStep(0);
    afterStepWithoutSaving(1);
    assertThat(restore()).isEqualTo(1);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(saved);
  }

  @Test
  void oneIsWrittenInAThreadThatIsInterrupted() {
    Map<String, float[]> saved;
    Thread.currentThread().interrupt();
    try {
      saved = afterStep(0);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    afterStepWithoutSaving(1);
    assertThat(restore()).isEqualTo(1);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(saved);
  }

  @Test
  void withoutACheckpointTheStateStays() {
    Map<String, float[]> start = trainee.values();
    assertThat(restore()).isEqualTo(-1);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(start);
  }

  @Test
  void theNewestTwoAreKept() throws IOException {
    for (int step = 0; step < 4; step++) {
      afterStep(step);
    }
    assertThat(folder.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("latest", "step-000003", "step-000004");
  }

  @Test
  void asManyAsAreWantedAreKeptAndTheBestBesideThem() throws IOException {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"), 3, 0);
    afterStep(0);
    afterStepWithoutSaving(1);
    checkpoints.save(2, trainee.session(), trainee.state(), true);
    Map<String, float[]> best = trainee.values();
    for (int step = 2; step < 6; step++) {
      afterStep(step);
    }
    assertThat(folder.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder(
            "latest", "best", "step-000002", "step-000004", "step-000005", "step-000006");

    assertThat(checkpoints.restore(trainee, "best")).isEqualTo(2);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(best);
    assertThat(checkpoints.restore(trainee, "latest")).isEqualTo(6);
    assertThat(checkpoints.restore(trainee, "5")).isEqualTo(5);
    assertThatThrownBy(() -> checkpoints.restore(trainee, "3"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("step-000006, step-000005, step-000004, step-000002");
    assertThatThrownBy(() -> checkpoints.restore(trainee, "../5"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("checkpoint is ../5");
  }

  @Test
  void oneThatStaysCanBecomeTheNewestAgain() throws IOException {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"), 1, 2);
    afterStep(0);
    Map<String, float[]> turn = afterStep(1);
    afterStepWithoutSaving(2);
    checkpoints.save(3, trainee.session(), trainee.state(), true);
    afterStep(3);
    Path all = folder.resolve("checkpoints");
    assertThat(all.toFile().list())
        .containsExactlyInAnyOrder("latest", "best", "step-000002", "step-000003", "step-000004");

    assertThatThrownBy(() -> checkpoints.returnTo(1)).isInstanceOf(BadInputException.class);
    assertThat(all.resolve("latest")).hasContent("step-000004");
    checkpoints.returnTo(2);
    assertThat(all.resolve("best")).doesNotExist();
    assertThat(restore()).isEqualTo(2);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(turn);
    afterStep(2);
    assertThat(all.toFile().list())
        .containsExactlyInAnyOrder("latest", "step-000002", "step-000003");
  }

  @Test
  void anOldOneThatCannotBeDeletedIsLeftToTheNextSave() throws IOException {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"), 1, 0);
    afterStep(0);
    Path outer = deep(folder.resolve("checkpoints/step-000001"));
    deep(folder.resolve("inner"));
    // Two paths that Linux takes make one that is too long for it, for root too.
    Files.move(folder.resolve("inner"), outer.resolve("inner"));
    try (LoggedLines log = new LoggedLines(CheckpointFolder.class)) {
      afterStep(1);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("step-000001 cannot be deleted: ")
          .doesNotContain("xception");
    } finally {
      Files.move(outer.resolve("inner"), folder.resolve("inner"));
    }
    assertThat(folder.resolve("checkpoints/latest")).hasContent("step-000002");
    assertThat(folder.resolve("checkpoints/step-000001")).exists();
    afterStep(2);
    assertThat(folder.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("latest", "step-000003");
  }

  private static Path deep(Path top) throws IOException {
    String below = String.join("/", Collections.nCopies(12, "d".repeat(200)));
    return Files.createDirectories(top.resolve(below));
  }

  @Test
  void withoutScoresThereIsNoBest() {
    afterStep(0);
    assertThatThrownBy(() -> checkpoints.restore(trainee, "best"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no score");
  }

  @Test
  void whatAKillLeftHalfWrittenIsIgnoredAndThenDeleted() throws IOException {
    afterStep(0);
    Path half = folder.resolve("checkpoints/step-000002");
    Files.createDirectories(half);
    Files.write(half.resolve(DATA + ".tempstate1"), new byte[100]);
    assertThat(restore()).isEqualTo(1);

    afterStepWithoutSaving(1);
    Map<String, float[]> saved = afterStep(2);
    assertThat(half).doesNotExist();
    assertThat(restore()).isEqualTo(3);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(saved);
  }

  /** Saves a small state and a large one where a file may have a few blocks: as on a full disk. */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] args) {
      Checkpoints checkpoints = new Checkpoints(Path.of(args[0]));
      try (TinyTrainee small = new TinyTrainee(8);
          TinyTrainee large = new TinyTrainee(200)) {
        checkpoints.save(1, small.session(), small.state());
        checkpoints.save(2, large.session(), large.state());
      }
    }
  }

  @Test
  void aFullDiskLeavesTheOneBeforeAndNothingOfTheNewOne() throws Exception {
    Path full = folder.resolve("full");
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 64; \"$@\"", "limited"));
    command.addAll(ChildJvm.of(List.of("-XX:-UsePerfData"), FullDisk.class, full).command());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isEqualTo(1);
    assertThat(out).contains("Cannot write " + full.resolve("step-000002/state"));
    assertThat(full.toFile().list()).containsExactlyInAnyOrder("latest", "step-000001");
    assertThat(new Checkpoints(full).restoreLatest(trainee)).isEqualTo(1);
  }

  @Test
  void aTruncatedFileIsOneSentence() throws IOException {
    afterStep(0);
    Path data = folder.resolve("checkpoints/step-000001").resolve(DATA);
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
    refused("step-000001");
  }

  @Test
  void aMissingFileIsOneSentence() throws IOException {
    afterStep(0);
    Files.delete(folder.resolve("checkpoints/step-000001/state.index"));
    refused("step-000001");
  }

  @Test
  void aDamagedPointerIsOneSentence() throws IOException {
    afterStep(0);
    Files.writeString(folder.resolve("checkpoints/latest"), "../../elsewhere\n");
    refused("latest");
  }

  @Test
  void anotherNetworksCheckpointIsOneSentence() {
    afterStep(0);
    try (TinyTrainee wider = new TinyTrainee(9)) {
      assertThatThrownBy(() -> checkpoints.restoreLatest(wider))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("network/layer_0/kernel")
          .hasMessageContaining("[8, 8]")
          .hasMessageContaining("[9, 9]");
    }
  }

  @Test
  void aDamagedNewestOneGivesWayToTheOneBeforeIt() throws IOException {
    Map<String, float[]> first = afterStep(0);
    afterStep(1);
    Path data = folder.resolve("checkpoints/step-000002").resolve(DATA);
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);

    try (LoggedLines log = new LoggedLines(Checkpoints.class)) {
      assertThat(restore()).isEqualTo(1);
      assertThat(log.lines()).singleElement().asString().contains("step-000002", "damaged");
    }
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(first);
    assertThat(folder.resolve("checkpoints/latest")).hasContent("step-000001\n");
    // The one that the run went on from is kept beside the next one.
    afterStep(2);
    assertThat(folder.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("latest", "step-000001", "step-000003");
  }

  @Test
  void withoutThePointerTheNewestWholeOneCounts() throws IOException {
    afterStep(0);
    Map<String, float[]> second = afterStep(1);
    Files.createDirectories(folder.resolve("checkpoints/step-000003"));
    Files.delete(folder.resolve("checkpoints/latest"));
    afterStepWithoutSaving(2);
    assertThat(restore()).isEqualTo(2);
    assertThat(trainee.values()).usingRecursiveComparison(SameBits.comparison()).isEqualTo(second);
  }

  @Test
  void thePointerAndNotTheNumberSaysWhichIsInForce() throws IOException {
    afterStep(0);
    afterStep(1);
    Files.writeString(folder.resolve("checkpoints/latest"), "step-000001\n");
    assertThat(restore()).isEqualTo(1);
  }

  private void refused(String named) {
    assertThatThrownBy(this::restore)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(named)
        .message()
        .doesNotContain("\n");
  }

  private long restore() {
    return checkpoints.restoreLatest(trainee);
  }

  private Map<String, float[]> afterStep(int step) {
    afterStepWithoutSaving(step);
    checkpoints.save(step + 1, trainee.session(), trainee.state());
    return trainee.values();
  }

  private void afterStepWithoutSaving(int step) {
    trainee.step(step);
  }
}
