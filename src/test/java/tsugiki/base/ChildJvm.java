package tsugiki.base;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A Java process beside the tests', with their class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Prepares one; its two outputs are one stream.
   *
   * @param flags of the JVM
   * @param main the class to start
   * @param arguments anything that prints as the word
   */
  public static ProcessBuilder of(List<String> flags, Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return new ProcessBuilder(command).redirectErrorStream(true);
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
