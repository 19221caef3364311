package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.base.FigureWords;
import tsugiki.base.Phase;
import tsugiki.bench.GraftStepBench;
import tsugiki.bench.GraftStepResult;
import tsugiki.bench.PyTorchPeer;

/** The work {@code graft-step} of the verb {@code bench}. */
@Command(
    name = "graft-step",
    description =
        "Times a training step of a graft: BigGAN at 128 pixels (96 channels, 1,000 classes) with"
            + " a perceptual loss on ten layers of VGG16, all with random weights.")
final class GraftStepBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(int batch, int groupSize, int steps, Path python) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(8, 8, 5, null));

    Flags {
      Checks.size("batch", batch, 1);
      Checks.atLeast("groupSize", groupSize, 1);
      Checks.atLeast("steps", steps, 1);
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    Optional<PyTorchPeer> peer =
        Optional.ofNullable(given.python)
            .map(program -> PyTorchPeer.graftStep(program, BenchPeers.scripts()));
    GraftStepResult result =
        measure(
            GraftStepBench.Settings.bigGan128(
                given.batch, given.groupSize, given.steps, BenchPeers.device(device, given.python)),
            peer);
    BenchPeers.printBesideDouble(output, result, "step");
    output.print(
        "step 0: loss %s; gradients %s",
        FigureWords.of(result.loss()), FigureWords.of(result.gradientNorms()));
    output.write(result);
    BenchPeers.refuseDifference(result);
  }

  private static GraftStepResult measure(
      GraftStepBench.Settings settings, Optional<PyTorchPeer> peer) {
    try (Phase measuring = Phase.begin("measuring");
        GraftStepBench bench = new GraftStepBench(settings)) {
      if (peer.isEmpty()) {
        return bench.run();
      }
      return ScratchFolder.with("bench", folder -> bench.run(peer.get(), folder));
    }
  }
}
