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
import tsugiki.bench.GanStepBench;
import tsugiki.bench.GanStepResult;
import tsugiki.bench.GraftStepBench;
import tsugiki.bench.GraftStepResult;
import tsugiki.bench.LayerBench;
import tsugiki.bench.PyTorchPeer;
import tsugiki.gan.NetworkOptions;
import tsugiki.model.BigGanArchitecture;

/** The verb {@code bench}. */
@Command(
    name = "bench",
    description =
        "Times a piece of work on this machine, beside other programs where there are some.",
    synopsisSubcommandLabel = "WORK")
final class BenchCommand {
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
    atLeastOne("--batch", batch);
    atLeastOne("--group-size", groupSize);
    atLeastOne("--steps", steps);
    Optional<PyTorchPeer> peer =
        Optional.ofNullable(python)
            .map(program -> new PyTorchPeer(program, home().resolve("tools").resolve("peers")));
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
      Path folder = Files.createTempDirectory("tsugiki-bench");
      try {
        return bench.run(peer.get(), folder);
      } finally {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    }
  }

  private void print(GraftStepResult result) {
    PrintWriter out = spec.commandLine().getOut();
    String line = "%-14s %6.0f ms a step (%.0f to %.0f), %.2f images/s, %.0f MiB%n";
    out.printf(
        line,
        "tsugiki",
        result.msMedian(),
        result.msMin(),
        result.msMax(),
        result.imagesPerSecond(),
        result.peakMib());
    result
        .peers()
        .forEach(
            (name, peer) -> {
              out.printf(
                  line,
                  name,
                  peer.msMedian(),
                  peer.msMin(),
                  peer.msMax(),
                  peer.imagesPerSecond(),
                  peer.peakMib());
              out.printf(
                  "%-14s %6.2f times our time; losses and gradients differ by %.1e%n",
                  "", peer.ratio(), peer.greatestDifference());
            });
    out.printf("step 0: loss %s, gradients %s%n", result.loss(), result.gradientNorms());
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
    atLeastOne("--steps", steps);
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
    atLeastOne("--batch", batch);
    atLeastOne("--repeats", repeats);
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

  private static Path home() {
    return Path.of(System.getProperty("tsugiki.home", ""));
  }

  private static void atLeastOne(String flag, int value) {
    if (value < 1) {
      throw new BadInputException(flag + " is " + value + "; give 1 or more");
    }
  }
}
