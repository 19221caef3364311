package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.Phase;
import tsugiki.bench.FeaturesBench;
import tsugiki.bench.FeaturesResult;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.runtime.Sessions;

/** The work {@code features} of the verb {@code bench}. */
@Command(
    name = "features",
    description =
        "Times how Inception v3 (with random weights) computes the features of images, from PNG"
            + " files to numbers.")
final class FeaturesBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(int tap, int images, int batch, int runs, int repeats, Path python) {
    static final RecordFlags<Flags> ALL = RecordFlags.of(new Flags(768, 64, 16, 2, 3, null));

    Flags {
      if (tap != Tap.MIXED_768.channels() && tap != Tap.MIXED_2048.channels()) {
        throw new BadInputException("--tap is " + tap + "; give 768 or 2048");
      }
      Checks.atLeast("images", images, 1);
      Checks.size("batch", batch, 1);
      Checks.atLeast("runs", runs, 1);
      Checks.atLeast("repeats", repeats, 1);
    }

    FeaturesBench.Settings settings(Sessions.Settings session) {
      Tap named = tap == Tap.MIXED_768.channels() ? Tap.MIXED_768 : Tap.MIXED_2048;
      return new FeaturesBench.Settings(images, batch, runs, named, repeats, session);
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    FeaturesBench.Settings settings =
        given.settings(Sessions.Settings.on(BenchPeers.device(device, given.python)));
    FeaturesResult result =
        ScratchFolder.with(
            "bench",
            folder -> {
              try (Phase measuring = Phase.begin("measuring");
                  FeaturesBench bench = new FeaturesBench(settings, folder)) {
                return given.python == null
                    ? bench.run()
                    : bench.run(given.python, BenchPeers.scripts());
              }
            });
    BenchPeers.print(output, result, "pass", "features differ from ours");
    output.write(result);
    BenchPeers.refuseDifference(result);
  }
}
