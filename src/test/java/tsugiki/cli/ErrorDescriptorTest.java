package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Java's own lines go when the launcher filters those of libraries. */
class ErrorDescriptorTest {
  @TempDir private Path folder;

  /** The lines of a program in turns; what runs is {@link #main}. */
  @Test
  void inOneFileNoLineOfOutputGoesOverOneOfErrors() throws Exception {
    File both = folder.resolve("both.txt").toFile();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "exec 3>&2; exec '%s' -XX:TieredStopAtLevel=1 --add-opens=java.base/java.io=ALL-UNNAMED -cp '%s' %s"
            .formatted(java, System.getProperty("java.class.path"), getClass().getName());
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).redirectOutput(both);
    // Java would write a line of its own about them.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(both.toPath()))
        .containsExactly("error 0", "output 0", "error 1", "output 1");
  }

  /** What the test runs. */
  public static void main(String[] args) {
    Tsugiki.writeErrorsTo("3");
    for (int i = 0; i < 2; i++) {
      System.err.println("error " + i);
      System.out.println("output " + i);
    }
  }
}
