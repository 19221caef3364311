package tsugiki.cli;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.BadInputException;
import tsugiki.Flags;
import tsugiki.bench.FeaturesBench;
import tsugiki.bench.FeaturesResult;
import tsugiki.bench.GanStepBench;
import tsugiki.bench.GanStepResult;
import tsugiki.bench.GraftStepBench;
import tsugiki.bench.GraftStepResult;
import tsugiki.bench.LayerBench;
import tsugiki.bench.PyTorchPeer;
import tsugiki.gan.NetworkOptions;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.InceptionV3.Tap;

/** The verb {@code bench}. */
@Command(
    name = "bench",
    description =
        "Times a piece of work on this machine, beside other programs where there are some.",
    synopsisSubcommandLabel = "WORK")
final class BenchCommand {
  private static final String ROW = "%-14s %6.0f ms a %s (%.0f to %.0f), %.2f images/s, %.0f MiB%n";
  private static final String BESIDE = "%-14s %6.2f times our time; %s differ by %.1e%n";
  private static final int CLASSES = 10;

  @Spec private CommandSpec spec;

  @Command(
      name = "graft-step",
      description =
          "One training step of a graft: BigGAN-128 (ch 96, 1,000 classes) and VGG16's ten layers,"
              + " random weights.")
  void graftStep(
      @Option(names = "--batch", paramLabel = "N", defaultValue = "8") int batch,
      @Option(names = "--group-size", paramLabel = "G", defaultValue = "8") int groupSize,
      @Option(names = "--steps", paramLabel = "N", defaultValue = "5") int steps,
      @Option(
              names = "--python",
              paramLabel = "FILE",
              description = "A Python with PyTorch: takes the same step in turns with ours.")
          Path python,
      @Mixin ResultOptions output)
      throws IOException {
    Flags.atLeast("--batch", batch, 1);
    Flags.atLeast("--group-size", groupSize, 1);
    Flags.atLeast("--steps", steps, 1);
    Optional<PyTorchPeer> peer =
        Optional.ofNullable(python).map(program -> new PyTorchPeer(program, peers()));
    GraftStepResult result =
        measure(GraftStepBench.Settings.bigGan128(batch, groupSize, steps), peer);
    print(result);
    output.write(result);
    if (!result.agrees()) {
      throw new IllegalStateException(
          "the programs differ by more than " + GraftStepResult.TOLERANCE);
    }
  }

  private static GraftStepResult measure(
      GraftStepBench.Settings settings, Optional<PyTorchPeer> peer) throws IOException {
    try (GraftStepBench bench = new GraftStepBench(settings)) {
      if (peer.isEmpty()) {
        return bench.run();
      }
      return inFolder(folder -> bench.run(peer.get(), folder));
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Path folder) throws IOException;
  }

  /** Works with a folder that is there for that long. */
  private static <T> T inFolder(Work<T> work) throws IOException {
    Path folder = Files.createTempDirectory("tsugiki-bench");
    try {
      return work.run(folder);
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private void print(GraftStepResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        ROW,
        "tsugiki",
        result.msMedian(),
        "step",
        result.msMin(),
        result.msMax(),
        result.imagesPerSecond(),
        result.peakMib());
    result
        .peers()
        .forEach(
            (name, peer) -> {
              out.printf(
                  ROW,
                  name,
                  peer.msMedian(),
                  "step",
                  peer.msMin(),
                  peer.msMax(),
                  peer.imagesPerSecond(),
                  peer.peakMib());
              out.printf(
                  BESIDE, "", peer.ratio(), "losses and gradients", peer.greatestDifference());
            });
    out.printf("step 0: loss %s, gradients %s%n", result.loss(), result.gradientNorms());
    out.flush();
  }

  @Command(
      name = "features",
      description =
          "Features of painted pictures by Inception v3 (random weights), from PNG files to numbers.")
  void features(
      @Option(names = "--tap", paramLabel = "T", defaultValue = "768", description = "768 or 2048.")
          int tap,
      @Option(names = "--images", paramLabel = "N", defaultValue = "64") int images,
      @Option(names = "--batch", paramLabel = "N", defaultValue = "16") int batch,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "2",
              description = "Batches in our network at a time.")
          int runs,
      @Option(names = "--repeats", paramLabel = "N", defaultValue = "3") int repeats,
      @Option(
              names = "--python",
              paramLabel = "FILE",
              description = "A Python with PyTorch and TensorFlow: does the same in turns with us.")
          Path python,
      @Mixin ResultOptions output)
      throws IOException {
    if (tap != Tap.MIXED_768.channels() && tap != Tap.MIXED_2048.channels()) {
      throw new BadInputException("--tap is " + tap + "; give 768 or 2048");
    }
    Flags.atLeast("--images", images, 1);
    Flags.atLeast("--batch", batch, 1);
    Flags.atLeast("--runs", runs, 1);
    Flags.atLeast("--repeats", repeats, 1);
    FeaturesBench.Settings settings =
        new FeaturesBench.Settings(
            images,
            batch,
            runs,
            tap == Tap.MIXED_768.channels() ? Tap.MIXED_768 : Tap.MIXED_2048,
            repeats);
    FeaturesResult result =
        inFolder(
            folder -> {
              try (FeaturesBench bench = new FeaturesBench(settings, folder)) {
                return python == null ? bench.run() : bench.run(python, peers());
              }
            });
    print(result);
    output.write(result);
    if (!result.agrees()) {
      throw new IllegalStateException(
          "the programs differ by more than " + FeaturesResult.TOLERANCE);
    }
  }

  private void print(FeaturesResult result) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        ROW,
        "tsugiki",
        result.msMedian(),
        "pass",
        result.msMin(),
        result.msMax(),
        result.imagesPerSecond(),
        result.peakMib());
    result
        .peers()
        .forEach(
            (name, peer) -> {
              out.printf(
                  ROW,
                  name,
                  peer.msMedian(),
                  "pass",
                  peer.msMin(),
                  peer.msMax(),
                  peer.imagesPerSecond(),
                  peer.peakMib());
              out.printf(BESIDE, "", peer.ratio(), "features", peer.greatestDifference());
            });
    out.flush();
  }

  @Command(
      name = "gan-step",
      description =
          "One training step of S³GAN beside one of BigGAN: the same networks and batch, with and"
              + " without rotations.")
  void ganStep(
      @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "32") int size,
      @Option(names = "--channels", paramLabel = "N", defaultValue = "16") int channels,
      @Option(names = "--batch", paramLabel = "N", defaultValue = "32") int batch,
      @Option(names = "--rotated-share", paramLabel = "SHARE", defaultValue = "0.25") float share,
      @Option(names = "--steps", paramLabel = "N", defaultValue = "10") int steps,
      @Mixin ResultOptions output) {
    Flags.atLeast("--steps", steps, 1);
    BigGanArchitecture architecture =
        new NetworkOptions(size, channels, null, null, null).architecture(CLASSES);
    try (GanStepBench bench =
        new GanStepBench(new GanStepBench.Settings(architecture, batch, share, steps))) {
      GanStepResult result = bench.run();
      spec.commandLine().getOut().println(result);
      output.write(result);
    }
  }

  @Command(
      name = "layer",
      description =
          "The adaptive point-wise layer alone, at the maps of BigGAN-128, with every group size and"
              + " tile.")
  void layer(
      @Option(names = "--batch", paramLabel = "N", defaultValue = "8") int batch,
      @Option(names = "--repeats", paramLabel = "N", defaultValue = "15") int repeats,
      @Mixin ResultOptions output) {
    Flags.atLeast("--batch", batch, 1);
    Flags.atLeast("--repeats", repeats, 1);
    PrintWriter out = spec.commandLine().getOut();
    LayerBench.Result result =
        LayerBench.run(
            LayerBench.BIGGAN_128,
            batch,
            repeats,
            row -> {
              out.println(row);
              out.flush();
            });
    output.write(result);
  }

  private static Path peers() {
    return Path.of(System.getProperty("tsugiki.home", "")).resolve("tools").resolve("peers");
  }
}
