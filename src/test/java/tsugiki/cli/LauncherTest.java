package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tools/tsugiki} says before there is a Java that could say it. */
class LauncherTest {
  private record Ended(int exitCode, String output) {}

  @Test
  void aMissingJavaIsOneSentence(@TempDir Path home) throws Exception {
    Ended ended = launch(home);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().lines())
        .containsExactly(
            "tsugiki: no Java was found at JAVA_HOME="
                + home
                + "; install JDK 17 or newer, or set JAVA_HOME to one.");
  }

  @Test
  void anOldJavaIsNamed(@TempDir Path home) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n");
    assumeTrue(java.toFile().setExecutable(true), "this file system has no executables");

    Ended ended = launch(home);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().lines())
        .containsExactly("tsugiki: " + java + " is Java 8; Tsugiki needs JDK 17 or newer.");
  }

  private static Ended launch(Path javaHome) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "tools/tsugiki", "--help");
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
