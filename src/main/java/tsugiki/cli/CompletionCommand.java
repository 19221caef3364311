package tsugiki.cli;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes verbs, flags and their words in a shell:"
          + " source <(tools/tsugiki completion bash)"
    })
final class CompletionCommand implements Runnable {
  /** The shells; one script serves both. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Override
  public void run() {
    String script = AutoComplete.bash("tsugiki", Tsugiki.commandLine());
    spec.commandLine().getOut().print(shell == Shell.BASH ? script : forZsh(script));
    spec.commandLine().getOut().flush();
  }

  /** Zsh reads bash's completions once its own are set up. */
  private static String forZsh(String script) {
    return "autoload -Uz compinit bashcompinit && compinit -u && bashcompinit\n" + script;
  }
}
