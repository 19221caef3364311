package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tsugiki.base.ChildJvm;
import tsugiki.base.SystemProperty;
import tsugiki.train.Interruption;

/** Help, in a process of its own, which tells what it loaded. */
class HelpTest {
  /** Prints the help of the program and of every verb. */
  static final class EveryHelp {
    private EveryHelp() {}

    public static void main(String[] args) {
      Interruption.finishStepsAtExit(sentence -> {});
      CommandLine line = Tsugiki.commandLine();
      int failed = Tsugiki.run(line, "--help");
      for (String verb : verbs()) {
        failed += Tsugiki.run(Tsugiki.commandLine(), verb, "--help");
      }
      System.exit(failed);
    }
  }

  @Test
  void everyVerbHasHelpAndNoneLoadsTensorFlowTheLogOrJson(@TempDir Path folder) throws Exception {
    List<String> printed = helpWithClassLoading(folder);

    assertThat(printed).contains("Verbs:");
    for (String verb : verbs()) {
      assertThat(printed).anyMatch(line -> line.startsWith("Usage: tsugiki " + verb + " "));
    }
    assertThat(printed)
        .as("the log of loaded classes")
        .anyMatch(l -> l.contains("tsugiki.cli.Tsugiki "));
    assertThat(printed)
        .noneMatch(line -> line.contains("org.tensorflow.") || line.contains("org.bytedeco."))
        .noneMatch(line -> line.contains("ch.qos.logback.") || line.contains("org.slf4j."))
        .noneMatch(line -> line.contains("com.fasterxml.jackson.databind.ObjectMapper "));
  }

  @Test
  void helpIsNoWiderThanTheTerminal() {
    try (var set = new SystemProperty("tsugiki.columns", "80")) {
      for (String verb : verbs()) {
        String help = Tsugiki.commandLine().getSubcommands().get(verb).getUsageMessage();
        assertThat(help.lines()).as(verb).allMatch(line -> line.length() <= 80);
      }
    }
  }

  private static List<String> verbs() {
    return new ArrayList<>(Tsugiki.commandLine().getSubcommands().keySet());
  }

  private static List<String> helpWithClassLoading(Path folder)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        ChildJvm.of(List.of("-Xlog:class+load"), EveryHelp.class)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    try (Stream<String> lines = Files.lines(output)) {
      return lines.toList();
    }
  }
}
