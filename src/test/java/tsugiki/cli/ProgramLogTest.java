package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;
import tsugiki.data.TestImages;

/** Whose log the program's lines go to. */
class ProgramLogTest {
  @TempDir private Path folder;

  /** Logback takes a {@code logback.xml} at the root of any jar, and complains of a second one. */
  @Test
  void aProgramThatHasThisOneAsALibraryKeepsItsOwnLog() {
    assertThat(Path.of("src/main/resources").toFile().list()).containsExactly("tsugiki");
  }

  @Test
  void theProgramSetsUpItsLog() throws Exception {
    assertThat(warning())
        .containsPattern(
            "(?m)^\\d\\d:\\d\\d:\\d\\d WARN  '.*' holds 1 image; left out: .*--verbose$");
  }

  @Test
  void theUsersOwnConfigurationCounts() throws Exception {
    Path own = folder.resolve("own.xml");
    Files.writeString(
        own,
        """
        <configuration>
          <appender name="own" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>own %level %msg%n</pattern></encoder>
          </appender>
          <root level="INFO"><appender-ref ref="own"/></root>
        </configuration>
        """);
    assertThat(warning("-Dlogback.configurationFile=" + own))
        .containsPattern("(?m)^own WARN '.*' holds 1 image; left out: .* and so does verbose$");
  }

  /** What the program prints of a folder with more files that are no images than a line names. */
  private String warning(String... flags) throws IOException, InterruptedException {
    TestImages.write(folder, "in/a.png", TestImages.encode(TestImages.plain(8, 8, 0), "png"));
    for (int i = 0; i < 7; i++) {
      Files.createFile(folder.resolve("in/" + i + ".txt"));
    }
    Object[] words = {
      "augment", "--images", folder.resolve("in"), "--policy", "hflip", "--out", folder.resolve("o")
    };
    ProcessBuilder program = ChildJvm.of(List.of(flags), Tsugiki.class, words);
    // The tests' own configuration must not help.
    String tests = Path.of("target", "test-classes").toString();
    program
        .command()
        .replaceAll(
            word ->
                Arrays.stream(word.split(File.pathSeparator))
                    .filter(place -> !place.endsWith(tests))
                    .collect(Collectors.joining(File.pathSeparator)));
    Process process = program.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
