package tsugiki.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Worker processes on this machine. One that ends is started anew, as long as this is open. */
public final class LocalWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalWorkers.class);

  private final Class<?> program;
  private final BiFunction<Integer, String, List<String>> words;
  private final String addresses;
  private final List<Process> processes = new ArrayList<>();
  private boolean closed;

  private LocalWorkers(
      Class<?> program, BiFunction<Integer, String, List<String>> words, String addresses) {
    this.program = program;
    this.words = words;
    this.addresses = addresses;
  }

  /**
   * Starts them, with ports that are free. They end with this process.
   *
   * @param program the class to start
   * @param count how many, beside this process
   * @param words the program's words for a task, from 1, of these addresses
   */
  public static LocalWorkers start(
      Class<?> program, int count, BiFunction<Integer, String, List<String>> words) {
    LocalWorkers workers = new LocalWorkers(program, words, freeAddresses(count + 1));
    for (int task = 1; task <= count; task++) {
      workers.begin(task);
    }
    return workers;
  }

  /** The addresses of all, this process's first. */
  public String addresses() {
    return addresses;
  }

  private static String freeAddresses(int count) {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new ServerSocket(0));
      }
      return open.stream()
          .map(socket -> "localhost:" + socket.getLocalPort())
          .collect(Collectors.joining(","));
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    } finally {
      open.forEach(IOUtils::closeQuietly);
    }
  }

  private synchronized void begin(int task) {
    if (closed) {
      return;
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(words.apply(task, addresses));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      processes.add(process);
      LOG.info("worker {} is process {}", task, process.pid());
      process.onExit().thenAccept(ended -> again(task, ended));
    } catch (IOException e) {
      throw new UncheckedIOException("worker " + task + " cannot be started", e);
    }
  }

  private synchronized void again(int task, Process ended) {
    processes.remove(ended);
    if (!closed) {
      LOG.warn("worker {} has ended with {}; it is started anew", task, ended.exitValue());
      begin(task);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    processes.forEach(Process::destroyForcibly);
  }
}
