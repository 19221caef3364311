package tsugiki.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.Phase;
import tsugiki.bench.AugmentStepBench;
import tsugiki.bench.AugmentStepResult;
import tsugiki.gan.GanRecipes;

/** The work {@code augment-step} of the verb {@code bench}. */
@Command(
    name = "augment-step",
    description =
        "Times a training step of a GAN with each augmentation and without any, in turns: the same"
            + " networks, batch and images.")
final class AugmentStepBenchCommand implements Runnable {
  /** The flags, with their defaults. */
  record Flags(String recipe, List<String> augment, int size, int batch, int steps) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(new Flags(GanRecipes.BIGGAN, AugmentStepBench.NAMES, 64, 32, 10));
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("bench", Flags.ALL);
  @Mixin private DeviceFlag device;

  @Mixin private ResultOptions output;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    AugmentStepBench.Settings settings =
        new AugmentStepBench.Settings(
            GanRecipes.options(given.recipe, Map.of("size", given.size)),
            given.augment,
            given.batch,
            given.steps,
            device.settings());
    try (Phase measuring = Phase.begin("measuring");
        AugmentStepBench bench = new AugmentStepBench(settings)) {
      AugmentStepResult result = bench.run();
      output.print("%s", result);
      output.write(result);
    }
  }
}
