package tsugiki.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.io.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Reason;

/**
 * Worker processes on this machine. One that ends is started anew, as long as this is open; but not
 * one that ends again and again as soon as it is started, since it would never be of use.
 */
public final class LocalWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalWorkers.class);

  /** Ends that come soon, one after another. */
  private static final int MOST = 3;

  private static final Duration SOON = Duration.ofSeconds(10);

  /** Lines of its errors: the reason is followed by hints. */
  private static final int LINES = 3;

  /**
   * Arguments of this JVM that a worker cannot have: those that open a port, and where the launcher
   * wants the errors, which a worker writes to this process.
   */
  private static final List<String> OF_ONE =
      List.of("-agentlib:", "-Xrun", "-Dcom.sun.management.jmxremote", "-Dtsugiki.err=");

  /**
   * Starts a program that ignores Ctrl-C and the end of the terminal, which reach it too: the chief
   * finishes its step, and needs its workers until then. Java goes on to ignore a signal that was
   * ignored when it started.
   */
  private static final List<String> UNINTERRUPTED =
      List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  private final Class<?> program;
  private final BiFunction<Integer, String, List<String>> words;
  private final String addresses;
  private final Consumer<String> hopeless;
  private final List<Process> processes = new ArrayList<>();
  private boolean closed;

  private LocalWorkers(
      Class<?> program,
      BiFunction<Integer, String, List<String>> words,
      String addresses,
      Consumer<String> hopeless) {
    this.program = program;
    this.words = words;
    this.addresses = addresses;
    this.hopeless = hopeless;
  }

  /**
   * Starts them, with ports that are free. They end with this process, and not by Ctrl-C.
   *
   * @param program the class to start
   * @param count how many, beside this process
   * @param words the program's words for a task, from 1, of these addresses
   * @param hopeless takes a sentence when one ends so often that it is not started any more
   */
  public static LocalWorkers start(
      Class<?> program,
      int count,
      BiFunction<Integer, String, List<String>> words,
      Consumer<String> hopeless) {
    LocalWorkers workers = new LocalWorkers(program, words, freeAddresses(count + 1), hopeless);
    for (int task = 1; task <= count; task++) {
      workers.begin(task, 0);
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

  /** What a worker gets of the arguments of this JVM. */
  static List<String> shared(List<String> arguments) {
    return arguments.stream().filter(word -> OF_ONE.stream().noneMatch(word::startsWith)).toList();
  }

  /**
   * Starts one.
   *
   * @param ends its last ones that came soon, without another between them
   */
  private synchronized void begin(int task, int ends) {
    if (closed) {
      return;
    }
    List<String> command = new ArrayList<>(UNINTERRUPTED);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(shared(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add("-Dtsugiki.terminal=false");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(words.apply(task, addresses));
    try {
      Process process =
          new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      processes.add(process);
      LOG.info("worker {} is process {}", task, process.pid());
      Thread watcher = new Thread(() -> watch(task, process, ends), "worker " + task);
      watcher.setDaemon(true);
      watcher.start();
    } catch (IOException e) {
      throw new UncheckedIOException("worker " + task + " cannot be started", e);
    }
  }

  private void watch(int task, Process process, int ends) {
    long start = System.nanoTime();
    String said = lastLines(process);
    process.onExit().join();
    boolean soon = System.nanoTime() - start < SOON.toNanos();
    again(task, process, soon ? ends + 1 : 0, said);
  }

  /** Reads what it writes, so that it never waits for a reader. */
  private static String lastLines(Process process) {
    Queue<String> last = new ArrayDeque<>();
    try (BufferedReader errors = process.errorReader()) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        if (!line.isBlank()) {
          last.add(line.strip());
        }
        if (last.size() > LINES) {
          last.remove();
        }
      }
    } catch (IOException e) {
      LOG.debug("the errors of a worker cannot be read", e);
    }
    return String.join(" | ", last);
  }

  private synchronized void again(int task, Process ended, int ends, String said) {
    processes.remove(ended);
    if (closed) {
      return;
    }
    if (ends == MOST) {
      hopeless.accept(
          "worker %d has ended %d times within %d s of its start, the last time with exit code %d%s"
              .formatted(
                  task,
                  MOST,
                  SOON.toSeconds(),
                  ended.exitValue(),
                  said.isEmpty() ? "" : ": " + said));
      return;
    }
    LOG.warn("worker {} has ended with {}; it is started anew", task, ended.exitValue());
    try {
      begin(task, ends);
    } catch (UncheckedIOException e) {
      hopeless.accept("%s (%s)".formatted(e.getMessage(), Reason.of(e.getCause())));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    processes.forEach(Process::destroyForcibly);
  }
}
