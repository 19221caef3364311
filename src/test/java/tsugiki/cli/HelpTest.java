package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
      for (String verb : verbs(line).keySet()) {
        failed += Tsugiki.run(Tsugiki.commandLine(), (verb + " --help").split(" "));
      }
      System.exit(failed);
    }
  }

  @Test
  void everyVerbHasHelpAndNoneLoadsTensorFlowTheLogOrJson(@TempDir Path folder) throws Exception {
    List<String> printed = helpWithClassLoading(folder);

    assertThat(printed).contains("Verbs:");
    for (String verb : verbs(Tsugiki.commandLine()).keySet()) {
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
      verbs(Tsugiki.commandLine())
          .forEach(
              (verb, line) ->
                  assertThat(line.getUsageMessage().lines())
                      .as(verb)
                      .allMatch(text -> text.length() <= 80));
    }
  }

  /** By the words that call them, with {@code study} and {@code bench} and what follows these. */
  private static Map<String, CommandLine> verbs(CommandLine line) {
    Map<String, CommandLine> verbs = new TreeMap<>(line.getSubcommands());
    verbs.putAll(Examples.verbs(line));
    return verbs;
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
