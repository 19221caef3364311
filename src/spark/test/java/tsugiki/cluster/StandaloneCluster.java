package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import tsugiki.base.ChildJvm;
import tsugiki.base.ProcessLock;

/**
 * A standalone cluster of Spark on the loopback address: a master and workers, each a process from
 * this class path, with one executor each.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  /**
   * Starts it; the workers may come later than the constructor returns.
   *
   * @param folder for logs and the workers' files
   */
  public StandaloneCluster(Path folder, int workers) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = free.getLocalPort();
    }
    // A worker looks for Spark's jars there, beside the class path that the driver names.
    Files.createDirectories(folder.resolve("home/jars"));
    start(Master.class, "--host", HOST, "--port", port, "--webui-port", 0);
    awaitMaster();
    for (int i = 0; i < workers; i++) {
      addWorker();
    }
  }

  private void awaitMaster() throws IOException {
    for (int i = 0; i < 600; i++) {
      try (Socket socket = new Socket(HOST, port)) {
        return;
      } catch (ConnectException e) {
        ProcessLock.pause(100);
      }
    }
    throw new IOException("the master does not start: see " + folder.resolve("log-0.txt"));
  }

  /** Adds a worker with one processor. */
  public void addWorker() throws IOException {
    Path work = folder.resolve("work-" + processes.size());
    start(
        Worker.class,
        "--host",
        HOST,
        "--webui-port",
        0,
        "--cores",
        1,
        "--memory",
        "2g",
        "--work-dir",
        work,
        url());
  }

  private void start(Class<?> main, Object... words) throws IOException {
    List<String> opens =
        List.of(
            "-Xmx256m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED");
    ProcessBuilder builder = ChildJvm.of(opens, main, words);
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.redirectOutput(folder.resolve("log-" + processes.size() + ".txt").toFile());
    processes.add(builder.start());
  }

  /** The master's. */
  public String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** Kills a worker and its executor, as a machine that loses its power. */
  public void kill(int worker) {
    Process process = processes.get(worker + 1);
    List<ProcessHandle> executors = process.descendants().toList();
    assertThat(executors).as("the worker has an executor").isNotEmpty();
    process.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills a worker as soon as its executor has TensorFlow's library, and so a part to do. */
  public void killAtWork(int worker) {
    Process process = processes.get(worker + 1);
    while (process.descendants().noneMatch(StandaloneCluster::works)) {
      ProcessLock.pause(20);
    }
    kill(worker);
  }

  private static boolean works(ProcessHandle executor) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(executor.pid()), "maps"))
          .contains("libtensorflow");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
