package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
