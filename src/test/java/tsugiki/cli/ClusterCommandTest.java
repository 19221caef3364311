package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the verb {@code cluster} hands on; {@link ClusterRunTest} trains. */
class ClusterCommandTest {
  @TempDir private Path folder;

  private Program run(String words) {
    String all = words + " -- train --data %s --out %s";
    return Program.run(
        (Object[]) all.formatted(folder.resolve("none"), folder.resolve("run")).split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster --verbose", "--verbose cluster"})
  void theStackTraceOfItsTrainingIsShownWhereItIsWanted(String words) {
    assertThat(run(words).err()).contains("none", "\tat tsugiki.");
  }

  @Test
  void otherwiseItIsOneSentence() {
    run("cluster").refuses(folder.resolve("run"), folder.resolve("none").toString());
  }
}
