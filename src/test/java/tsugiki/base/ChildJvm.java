package tsugiki.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Java process beside the tests', with their class path. */
public final class ChildJvm {
  /**
   * Those of the tests' own process: most of its children end before the JVM's optimising compiler
   * (C2) would help.
   */
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  /** The size of pictures that the tests' own process has, see {@code report.Pictures}. */
  private static final String READABLE = "tsugiki.readable";

  private ChildJvm() {}

  /**
   * Prepares one; its two outputs are one stream.
   *
   * @param flags of the JVM, beside those that make it start quickly
   * @param main the class to start
   * @param arguments anything that prints as the word
   */
  public static ProcessBuilder of(List<String> flags, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK);
    Optional.ofNullable(System.getProperty(READABLE))
        .ifPresent(side -> command.add("-D%s=%s".formatted(READABLE, side)));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  /**
   * The same, also where the tests run in the background of a shell, whose processes ignore Ctrl-C.
   */
  public static ProcessBuilder interruptible(ProcessBuilder jvm) {
    jvm.command().addAll(0, List.of("env", "--default-signal=INT"));
    return jvm;
  }

  /**
   * Sends a signal. Unlike {@link Process#destroy} it leaves open what the process has written.
   *
   * @param signal such as {@code INT}, which Ctrl-C sends
   */
  public static void signal(Process process, String signal)
      throws IOException, InterruptedException {
    signal(process.toHandle(), signal);
  }

  /** The same of a process that another one has started. */
  public static void signal(ProcessHandle process, String signal)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits until a process has come so far, has ended, or the seconds are over. */
  public static void await(Process process, int seconds, BooleanSupplier reached)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (process.isAlive() && !reached.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
