package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Server;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.JobDef;
import org.tensorflow.proto.ServerDef;
import tsugiki.base.ChildJvm;
import tsugiki.painting.PaintedShapes;
import tsugiki.train.BrokenRun;

/** Trainings by a chief and worker processes, each a JVM of its own. */
@Tag("slow")
class ClusterRunTest {
  private static final Path WEIGHTS =
      Path.of("model", "variables", "variables.data-00000-of-00001");

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void paint() {
    data = PaintedShapes.in(folder.resolve("data"), 4, 32);
  }

  private List<String> begin(Path out) {
    String words =
        "train --data %s --out %s --device cpu --recipe dcgan --size 32 --channels 2 --batch 6 --steps 16 --checkpoint-every 1 --measure-every 1 --score-network none"
            .formatted(data, out);
    return List.of(words.split(" "));
  }

  /** The verb {@code cluster} with so many workers and this training. */
  private Process start(int workers, List<String> training) throws IOException {
    List<String> words = new ArrayList<>(List.of("cluster", "--workers", "" + workers, "--"));
    words.addAll(training);
    return start(Tsugiki.class, words);
  }

  private void train(int workers, List<String> training) throws Exception {
    Process cluster = start(workers, training);
    assertThat(cluster.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(cluster.exitValue()).isZero();
  }

  private Process start(Class<?> main, List<String> words) throws IOException {
    return ChildJvm.interruptible(ChildJvm.of(List.of("-Xmx1g"), main, words.toArray()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.txt").toFile()))
        .start();
  }

  /** A server of a job of another name, which is what a worker of another TensorFlow is. */
  static final class OtherVersion {
    private OtherVersion() {}

    public static void main(String[] addresses) {
      JobDef job =
          JobDef.newBuilder()
              .setName("tsugiki_0_0_0")
              .putTasks(0, addresses[0])
              .putTasks(1, addresses[1])
              .build();
      Server server =
          new Server(
              ServerDef.newBuilder()
                  .setCluster(ClusterDef.newBuilder().addJob(job))
                  .setJobName(job.getName())
                  .setTaskIndex(1)
                  .setProtocol("grpc")
                  .build());
      server.start();
      server.join();
    }
  }

  @Test
  void aTrainingThatLosesItsWorkerAndThenItsChiefEndsAsOneOfReplicasInAProcess() throws Exception {
    Path whole = folder.resolve("whole");
    List<String> words = new ArrayList<>(begin(whole));
    words.addAll(List.of("--replicas", "2"));
    Program.run(words.toArray()).succeeds();
    endsAs(whole, 1);
  }

  @Tag("faults")
  @Test
  void aTrainingThatLosesOneOfTwoWorkersAndThenItsChiefEndsAsAnUnbrokenOne() throws Exception {
    Path whole = folder.resolve("whole");
    train(2, begin(whole));
    endsAs(whole, 2);
  }

  /** A training that is killed, beside one that was not. */
  private void endsAs(Path whole, int workers) throws Exception {
    Path out = folder.resolve("killed");
    Process chief = start(workers, begin(out));
    ChildJvm.await(chief, 120, () -> BrokenRun.lines(out) >= 3);
    assertThat(chief.isAlive()).isTrue();
    ProcessHandle worker = chief.children().findFirst().orElseThrow();
    worker.destroyForcibly();
    long before = BrokenRun.lines(out);
    // The chief has started another worker, and gone on.
    ChildJvm.await(
        chief,
        120,
        () ->
            chief.children().filter(child -> child.pid() != worker.pid()).count() == workers
                && BrokenRun.lines(out) > before + 2);
    assertThat(BrokenRun.lines(out)).isGreaterThan(before + 2);
    assertThat(folder.resolve("out.txt")).content().contains("a worker was lost");
    List<ProcessHandle> others = chief.children().toList();
    chief.destroyForcibly();
    assertThat(chief.waitFor(20, TimeUnit.SECONDS)).isTrue();
    for (ProcessHandle left : others) {
      assertThat(left.onExit().get(20, TimeUnit.SECONDS)).isNotNull();
    }

    train(workers, List.of("train", "--resume", out.toString()));
    assertThat(BrokenRun.measured(out)).isEqualTo(BrokenRun.measured(whole));
    assertThat(out.resolve(WEIGHTS)).hasSameBinaryContentAs(whole.resolve(WEIGHTS));
  }

  /** A terminal sends the signal to all of its processes. */
  @Test
  void ctrlCFinishesTheStepAlthoughItReachesTheWorkersToo() throws Exception {
    Path out = folder.resolve("stopped");
    Process chief = start(1, begin(out));
    ChildJvm.await(chief, 120, () -> BrokenRun.lines(out) >= 2);
    ProcessHandle worker = chief.children().findFirst().orElseThrow();
    ChildJvm.signal(worker, "INT");
    long before = BrokenRun.lines(out);
    ChildJvm.await(chief, 60, () -> BrokenRun.lines(out) > before + 2);
    ChildJvm.signal(chief, "INT");
    assertThat(chief.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("out.txt"))
        .content()
        .contains("which is saved; go on with")
        .doesNotContain("a worker was lost");
    assertThat(chief.exitValue()).isEqualTo(130);
  }

  @Test
  void aWorkerOfAnotherVersionIsRefusedBeforeTheRunBegins() throws Exception {
    List<String> addresses = new ArrayList<>();
    try (ServerSocket chief = new ServerSocket(0);
        ServerSocket worker = new ServerSocket(0)) {
      addresses.add("localhost:" + chief.getLocalPort());
      addresses.add("localhost:" + worker.getLocalPort());
    }
    Process other = start(OtherVersion.class, addresses);
    try {
      Path run = folder.resolve("run");
      List<String> words = new ArrayList<>(begin(run));
      words.addAll(List.of("--cluster", String.join(",", addresses)));
      Process chief = start(Tsugiki.class, words);
      assertThat(chief.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(chief.exitValue()).isEqualTo(2);
      assertThat(folder.resolve("out.txt"))
          .content()
          .contains("tsugiki: --cluster has a process that is no worker of it");
      assertThat(run).doesNotExist();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void wrongAddressesAreRefused() throws IOException {
    Path run = folder.resolve("run");
    refuse(run, "nowhere.invalid:7301,localhost:7302", "the host nowhere.invalid");
    refuse(run, "localhost:7301", "names localhost:7301 alone");
    refuse(run, "localhost:7301,localhost:7301", "names an address twice");
    refuse(run, "localhost,localhost:7302", "'localhost', which is no HOST:PORT");
    refuse(
        run,
        "localhost:1,localhost:2,localhost:3,localhost:4",
        "--batch 6 cannot be shared evenly by --replicas 4");
    try (ServerSocket taken = new ServerSocket(0)) {
      refuse(
          run,
          "localhost:" + taken.getLocalPort() + ",localhost:7302",
          "the port " + taken.getLocalPort() + " for this process, which another one uses");
    }
    Program.run("worker", "--task", 2, "--cluster", "localhost:7301,localhost:7302")
        .refuses(run, "--task is 2, and the workers of these 2 addresses are 1 to 1");
  }

  private void refuse(Path run, String cluster, String words) {
    List<String> all = new ArrayList<>(begin(run));
    all.addAll(List.of("--cluster", cluster));
    Program.run(all.toArray()).refuses(run, words);
  }

  @Test
  void aClusterTakesAsManyReplicasAsItHasProcesses() {
    Path run = folder.resolve("run");
    List<String> all = new ArrayList<>(begin(run));
    all.addAll(List.of("--cluster", "localhost:7301,localhost:7302", "--replicas", "4"));
    Program.run(all.toArray()).refuses(run, "--replicas is 4, and --cluster names 2 processes");
  }
}
