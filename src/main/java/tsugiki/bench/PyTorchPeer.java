package tsugiki.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tsugiki.BadInputException;

/**
 * The same step in PyTorch: {@code tools/peers/graft_step.py} in a Python that the user names.
 *
 * @param python the interpreter
 * @param folder where {@code graft_step.py} is
 */
public record PyTorchPeer(Path python, Path folder) {
  /** As glibc comes, and told to keep freed buffers as TensorFlow does. */
  static final List<String> ALLOCATORS = List.of("stock", "tuned");

  private static final int LAST_LINES = 5;

  /** Checks what can be checked before the work. */
  public PyTorchPeer {
    if (!Files.isExecutable(python)) {
      throw new BadInputException(
          "--python " + python + " is not a program; give the Python that has PyTorch");
    }
    if (!Files.isRegularFile(folder.resolve("graft_step.py"))) {
      throw new BadInputException(
          "--python needs " + folder.resolve("graft_step.py") + ", which is missing");
    }
  }

  /**
   * Runs it.
   *
   * @param arrays the weights and inputs
   * @param allocator one of {@link #ALLOCATORS}
   * @return what the script wrote
   * @throws BadInputException if it fails
   */
  PeerReport run(Path arrays, String allocator, int steps, int threads) {
    Path json = arrays.resolveSibling("pytorch-" + allocator + ".json");
    Path log = arrays.resolveSibling("pytorch-" + allocator + ".log");
    List<String> command =
        List.of(
            python.toString(),
            folder.resolve("graft_step.py").toString(),
            "--arrays=" + arrays,
            "--allocator=" + allocator,
            "--steps=" + steps,
            "--warmup=1",
            "--threads=" + threads,
            "--json=" + json);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new BadInputException(
            "--python " + python + " could not run the PyTorch step: " + lastLines(log));
      }
      return new ObjectMapper().readValue(json.toFile(), PeerReport.class);
    } catch (IOException e) {
      throw new BadInputException(
          "--python " + python + " could not run the PyTorch step (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PyTorch ran", e);
    }
  }

  /** What a result calls it. */
  static String name(String allocator) {
    return allocator.equals("stock") ? "pytorch" : "pytorch-" + allocator;
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}
