package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

  @Test
  void zshCompletesVerbsAndFlagsWhenTabIsPressed() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "zsh"))),
        "there is no zsh");
    Files.writeString(
        folder.resolve("tsugiki.zsh"), Program.run("completion", "zsh").succeeds().out());
    assertThat(completesInZsh("tsugiki interp", "tsugiki interpolate")).isTrue();
    assertThat(completesInZsh("tools/tsugiki graft --on-bad-im", "graft --on-bad-image")).isTrue();
  }

  /** Whether a shell that a user types in shows the whole line after a tab. */
  private boolean completesInZsh(String typed, String shown) throws Exception {
    // The second shell has the terminal of the first, which reads until the line is there.
    String call =
        """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell "source tsugiki.zsh; PS1='> '"
        zpty -w -n shell '%s'$'\t'
        zpty -r -m shell seen '*%s*' && zpty -d shell
        """
            .formatted(typed, shown);
    ProcessBuilder zsh = new ProcessBuilder("zsh", "-f", "-c", call).directory(folder.toFile());
    // The shell keeps what it has set up in the home folder.
    zsh.environment().put("HOME", folder.toString());
    zsh.environment().remove("ZDOTDIR");
    Process process = zsh.redirectErrorStream(true).start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return ended && process.exitValue() == 0;
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
