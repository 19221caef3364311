package tsugiki.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Checks;
import tsugiki.base.Phase;
import tsugiki.bench.PyTorchPeer;
import tsugiki.bench.SingleStageBench;
import tsugiki.bench.SingleStageResult;

/** The work {@code single} of the verb {@code bench}. */
@Command(
    name = "single",
    description =
        "Times an iteration of the last stage of a pyramid of one image, as the verb single trains"
            + " it by ConSinGAN.")
final class SingleBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(int side, int stages, int channels, int steps, Path python) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(250, 6, 64, 5, null));

    Flags {
      // Half of it is the smallest first stage, whose discriminator scores patches of 11×11.
      Checks.size("side", side, 22);
      Checks.atLeast("stages", stages, 2);
      Checks.size("channels", channels, 1);
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
            .map(program -> PyTorchPeer.singleStage(program, BenchPeers.scripts()));
    SingleStageResult result =
        measure(
            SingleStageBench.Settings.last(
                given.side,
                given.stages,
                given.channels,
                given.steps,
                BenchPeers.device(device, given.python)),
            peer);
    BenchPeers.printBesideDouble(output, result, "iteration");
    output.write(result);
    BenchPeers.refuseDifference(result);
  }

  private static SingleStageResult measure(
      SingleStageBench.Settings settings, Optional<PyTorchPeer> peer) {
    try (Phase measuring = Phase.begin("measuring");
        SingleStageBench bench = new SingleStageBench(settings)) {
      if (peer.isEmpty()) {
        return bench.run();
      }
      return ScratchFolder.with("bench", folder -> bench.run(peer.get(), folder));
    }
  }
}
