package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/** What a verb has read of a study that it goes on with, it does not write back. */
class ResumedOptionsTest {
  record Options(int repeats, Execution execution) {}

  @TempDir private Path folder;

  @Command(name = "verb")
  static final class Verb implements Runnable {
    @Spec CommandSpec spec;
    @Mixin RunOptions run;

    @Option(names = "--repeats")
    Integer repeats;

    @Override
    public void run() {
      Options options = Resuming.study(spec, run, Options.class, Options::execution);
      Path folder = run.resume().orElseThrow();
      RunDirectory.resume(folder).replaceOptions(new Options(6, options.execution()));
      run.directory("verb", options).replaceChangedOptions(options);
    }
  }

  private int repeatsAfter(String... flags) {
    RunDirectory.create(folder, new Options(3, Execution.here(Device.CPU)));
    CommandLine line =
        Tsugiki.configure(new CommandLine(new Tsugiki()).addSubcommand("verb", new Verb()));
    String[] words = new String[flags.length + 3];
    System.arraycopy(flags, 0, words, 3, flags.length);
    words[0] = "verb";
    words[1] = "--resume";
    words[2] = folder.toString();
    assertThat(Tsugiki.run(line, words)).isZero();
    return RunDirectory.resume(folder).options(Options.class).repeats();
  }

  @Test
  void whatAnotherProcessHasChangedMeanwhileStays() {
    assertThat(repeatsAfter()).isEqualTo(6);
  }

  @Test
  void whatWasGivenAnewIsKept() {
    assertThat(repeatsAfter("--repeats", "4")).isEqualTo(4);
  }
}
