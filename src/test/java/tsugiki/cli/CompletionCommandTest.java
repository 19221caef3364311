package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code completion}, by a shell that completes a word with it. */
class CompletionCommandTest {
  @TempDir private Path folder;

  @Test
  void bashCompletesVerbsAndFlags() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("tsugiki.bash"), Program.run("completion", "bash").succeeds().out());
    assertThat(completed(script, "tools/tsugiki", "interp")).isEqualTo("interpolate");
    assertThat(completed(script, "tools/tsugiki", "graft", "--on-bad-im"))
        .isEqualTo("--on-bad-image");
  }

  @Test
  void zshSetsItsOwnUpFirstAndOtherShellsAreRefused() {
    assertThat(Program.run("completion", "zsh").succeeds().out())
        .startsWith("autoload -Uz compinit");
    Program.run("completion", "fish").refuses(folder.resolve("none"), "'fish' is unknown", "zsh");
  }

  private String completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    String call =
        "source %s; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_tsugiki; echo \"${COMPREPLY[@]}\""
            .formatted(script, line, words.length - 1, line, line.length());
    Process bash = new ProcessBuilder("bash", "-c", call).redirectErrorStream(true).start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(out).isZero();
    return out.strip();
  }
}
