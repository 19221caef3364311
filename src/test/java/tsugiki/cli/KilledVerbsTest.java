package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.base.ChildJvm;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.BrokenRun;

/**
 * Every verb that trains, as a user starts it, killed (SIGKILL) at random moments that a seed
 * fixes, every second time while a checkpoint is written. It goes on each time and ends as one that
 * nobody has killed, to the bit.
 */
@Tag("slow")
class KilledVerbsTest {
  private static final long SEED = 16;

  /** In the profile, four verbs together are killed so often. */
  private static final int OFTEN = 5;

  /** The latest moment of a kill after the first new step, in milliseconds. */
  private static final int LATEST = 600;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  /** A verb with options of a training of seconds. */
  enum Verb {
    GRAFT(
        "graft --images IN/images --generator IN/tiny --perceptual starter:IN/network --network starter:IN/network"
            + " --score-images 50 --steps 24 --batch 2"),
    TRAIN("train --data IN/images --recipe dcgan --size 32 --channels 2 --batch 4 --steps 40"),
    SINGLE(
        "single --image IN/images/b.png --stages 3 --min-size 12 --max-size 24 --channels 2"
            + " --steps 8 --count 2"),
    STUDY(
        "study activation --data IN/images --recipe dcgan-book --size 28 --grey --channels 2"
            + " --latent 5 --batch 4 --steps 24 --standing-batches 1 --score-every 12"
            + " --score-images 8 --repeats 1 --activations lrelu:0.01 --classifier none"
            + " --judge starter");

    private final String words;

    Verb(String words) {
      this.words = words;
    }

    /** The words of a new run. */
    List<String> begin(Path out) {
      List<String> all =
          new ArrayList<>(Arrays.asList(words.replace("IN", shared.toString()).split(" ")));
      all.addAll(List.of("--checkpoint-every", "1", "--measure-every", "1", "--device", "cpu"));
      all.addAll(List.of("--out", out.toString()));
      return all;
    }

    /** The words of a run that goes on. */
    List<String> resume(Path out) {
      String verb = this == STUDY ? "study activation" : words.substring(0, words.indexOf(' '));
      List<String> all = new ArrayList<>(Arrays.asList(verb.split(" ")));
      all.addAll(List.of("--resume", out.toString()));
      return all;
    }

    /** The run that trains. */
    Path run(Path out) {
      return this == STUDY ? out.resolve("lrelu-0.01-0") : out;
    }
  }

  @BeforeAll
  static void makeInput() {
    TinyGenerator.make().writer(Precision.FLOAT).write(shared.resolve("tiny"));
    ImageSet shapes = PaintedShapes.images(1, 32);
    UntrainedFeatureNetwork.write(shared.resolve("network"), shapes, shapes.classNames());
    Path images = shared.resolve("images");
    for (int i = 0; i < 8; i++) {
      byte[] image = TestImages.encode(TestImages.noise(32, 32 + i), "png");
      TestImages.write(images, "abcdefgh".charAt(i) + ".png", image);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledEndsAsAnUnbrokenOne(Verb verb) throws Exception {
    assertThat(killed(verb, 1)).isEqualTo(1);
  }

  @Tag("faults")
  @ParameterizedTest
  @EnumSource
  void aVerbThatIsKilledAgainAndAgainEndsAsAnUnbrokenOne(Verb verb) throws Exception {
    assertThat(killed(verb, OFTEN)).isPositive();
  }

  /** Kills a run and compares it with an unbroken one; gives how often it was killed. */
  private int killed(Verb verb, int times) throws Exception {
    Path whole = folder.resolve("whole");
    Program.run(verb.begin(whole).toArray()).succeeds();
    Path out = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(SEED + verb.ordinal());
    int killed = 0;
    int inCheckpoint = 0;
    for (int i = 0; i < times; i++) {
      Path run = verb.run(out);
      Process process = start(Files.exists(run) ? verb.resume(out) : verb.begin(out));
      long before = BrokenRun.lines(run);
      ChildJvm.await(process, 120, () -> BrokenRun.lines(run) > before);
      if (i % 2 == 1) {
        ChildJvm.await(process, 5, () -> writesCheckpoint(run));
      } else {
        Thread.sleep(random.nextInt(times == 1 ? LATEST / 4 : LATEST));
      }
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      if (process.exitValue() != 0) {
        killed++;
        inCheckpoint += writesCheckpoint(run) ? 1 : 0;
      }
    }
    System.out.printf(
        "%s: killed %d times, %d of them while a checkpoint was written%n",
        verb, killed, inCheckpoint);

    Program.run(verb.resume(out).toArray()).succeeds();
    assertThat(BrokenRun.measured(verb.run(out))).isEqualTo(BrokenRun.measured(verb.run(whole)));
    for (String weights : List.of("variables.index", "variables.data-00000-of-00001")) {
      Path file = Path.of("model", "variables", weights);
      assertThat(verb.run(out).resolve(file)).hasSameBinaryContentAs(verb.run(whole).resolve(file));
    }
    if (verb == Verb.STUDY) {
      assertThat(Files.readAllLines(out.resolve("study.csv")))
          .isEqualTo(Files.readAllLines(whole.resolve("study.csv")));
    }
    return killed;
  }

  private Process start(List<String> words) throws IOException {
    return ChildJvm.of(
            List.of("-Xmx500m", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"),
            Tsugiki.class,
            words.toArray())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out.txt").toFile()))
        .start();
  }

  /** Whether a checkpoint is there that is not in force yet. */
  private static boolean writesCheckpoint(Path run) {
    File[] all = run.resolve("checkpoints").toFile().listFiles(File::isDirectory);
    try {
      String latest = Files.readString(run.resolve("checkpoints/latest")).strip();
      return all != null && Arrays.stream(all).anyMatch(f -> f.getName().compareTo(latest) > 0);
    } catch (IOException e) {
      return all != null && all.length > 0;
    }
  }
}
