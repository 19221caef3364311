package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.AtOnce;
import tsugiki.base.BadInputException;

/** A run goes on with what it began with: what an older version has not kept, it keeps then. */
class RunInputsTest {
  @TempDir private Path folder;

  @Test
  void anotherNetworkIsRefused() {
    RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    RunDirectory run = RunDirectory.resume(folder.resolve("run"));
    RunInputs images = new RunInputs().numbers("labels", new int[] {1, 2});
    images.check(run);
    images.network("projector", Optional.of("abc")).network("plain", Optional.empty());
    images.check(run);
    assertThat(run.resolve("inputs.json"))
        .content()
        .contains("\"labels\" : ", "\"projector\" : \"abc\"")
        .doesNotContain("plain");

    RunInputs other = new RunInputs().network("projector", Optional.of("abd"));
    assertThatThrownBy(() -> other.check(run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("began with other projector (SHA-256 abc, now abd)");
    assertThat(run.resolve("inputs.json")).content().contains("labels", "abc");
  }

  private static RunInputs labels(int label) {
    return new RunInputs().numbers("labels", new int[] {label});
  }

  /** The executors of a new study check before the process that has made its folder. */
  @Test
  void aNewRunIsComparedWithWhatOthersHaveKept() {
    RunDirectory made = RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    labels(1).check(RunDirectory.resume(made.path()));
    labels(1).check(made);
    assertThatThrownBy(() -> labels(2).check(made))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("was begun by another process with other labels");
    labels(1).check(RunDirectory.resume(made.path()));
  }

  @Test
  void ofThoseWhoBeginTogetherWithOtherInputsOneGoesOn() throws Exception {
    for (int round = 0; round < 10; round++) {
      Path path = RunDirectory.create(folder.resolve("run-" + round), Map.of("steps", 4)).path();
      List<Future<Boolean>> checked =
          AtOnce.run(
              4,
              i ->
                  () -> {
                    try {
                      labels(i).check(RunDirectory.resume(path));
                      return true;
                    } catch (BadInputException e) {
                      return false;
                    }
                  });
      int goOn = 0;
      for (Future<Boolean> each : checked) {
        goOn += each.get() ? 1 : 0;
      }
      assertThat(goOn).isEqualTo(1);
    }
  }
}
