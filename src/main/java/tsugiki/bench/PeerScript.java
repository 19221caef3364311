package tsugiki.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tsugiki.base.BadInputException;

/**
 * A script of {@code tools/peers} in a Python that the user names.
 *
 * @param python the interpreter
 * @param script the file
 */
record PeerScript(Path python, Path script) {
  private static final int LAST_LINES = 5;

  /** Checks what can be checked before the work. */
  PeerScript {
    if (!Files.isExecutable(python)) {
      throw new BadInputException(
          "⟨python⟩ " + python + " is not a program; give a Python that has the peers' libraries");
    }
    if (!Files.isRegularFile(script)) {
      throw new BadInputException("⟨python⟩ needs " + script + ", which is missing");
    }
  }

  /**
   * Runs it.
   *
   * @param what it does, for the message
   * @param arguments without the file of the result
   * @param json where it shall write its result
   * @param log where all that it prints goes
   * @throws BadInputException if it fails
   */
  PeerReport run(String what, List<String> arguments, Path json, Path log) {
    List<String> command = new ArrayList<>(List.of(python.toString(), script.toString()));
    command.addAll(arguments);
    command.add("--json=" + json);
    try {
      ProcessBuilder script =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      // TensorFlow would take a GPU where there is one, and PyTorch does not: all run on the CPU.
      script.environment().put("CUDA_VISIBLE_DEVICES", "-1");
      Process process = script.start();
      if (process.waitFor() != 0) {
        throw new BadInputException(
            "⟨python⟩ %s could not run %s: %s".formatted(python, what, lastLines(log)));
      }
      return new ObjectMapper().readValue(json.toFile(), PeerReport.class);
    } catch (IOException e) {
      throw new BadInputException(
          "⟨python⟩ %s could not run %s (%s)".formatted(python, what, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a peer ran", e);
    }
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
