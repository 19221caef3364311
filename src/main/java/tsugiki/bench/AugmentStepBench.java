package tsugiki.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tsugiki.augment.Augmentation;
import tsugiki.base.Checks;
import tsugiki.data.ImageSet;
import tsugiki.gan.AugmentationOptions;
import tsugiki.gan.GanNetworkOptions;
import tsugiki.gan.GanNetworks;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRecipes;
import tsugiki.gan.GanTraining;
import tsugiki.gan.TrainingLabels;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * What an augmentation adds to a training step of a GAN: steps with each one and steps without any,
 * in turns, so that what else the machine does strikes all alike. A step is one of the generator
 * with its steps of the discriminator.
 */
public final class AugmentStepBench implements AutoCloseable {
  private static final int WARM_UP = 2;

  /** ADA's probability: with 0 every sample would lie where it is read from. */
  private static final float PROBABILITY = 0.6f;

  /** What is compared, by name; the first is the plain step. */
  private static final Map<String, Set<Augmentation>> VARIANTS = variants();

  /**
   * What is measured.
   *
   * @param networks of the GAN
   * @param batch images per step
   * @param steps timed steps of each
   * @param session the device and the threads
   */
  public record Settings(
      GanNetworkOptions networks, int batch, int steps, Sessions.Settings session) {
    /** Checks the numbers. */
    public Settings {
      Checks.atLeast("batch", batch, 1);
      Checks.atLeast("steps", steps, 1);
    }
  }

  private final Settings settings;
  private final Map<String, GanTraining> trainings = new LinkedHashMap<>();
  private long next;

  /** Builds all of them. */
  public AugmentStepBench(Settings settings) {
    this.settings = settings;
    VARIANTS.forEach((name, parts) -> trainings.put(name, training(name, parts)));
    trainings.put(AugmentStepResult.LECAM, training(AugmentStepResult.LECAM, Set.of()));
  }

  private static Map<String, Set<Augmentation>> variants() {
    Map<String, Set<Augmentation>> variants = new LinkedHashMap<>();
    variants.put(AugmentStepResult.NONE, Set.of());
    variants.put(
        "diffaugment",
        EnumSet.of(Augmentation.COLOR, Augmentation.TRANSLATION, Augmentation.CUTOUT));
    for (Augmentation one : Augmentation.values()) {
      variants.put(one.toString(), EnumSet.of(one));
    }
    return variants;
  }

  private GanTraining training(String name, Set<Augmentation> parts) {
    GanNetworks networks = settings.networks().networks(1);
    float lecam = name.equals(AugmentStepResult.LECAM) ? 1 : 0;
    GanOptions options =
        settings
            .networks()
            .training(GanOptions.defaults().discriminator())
            .withBatch(settings.batch())
            .withAugment(parts)
            .withAugmentation(AugmentationOptions.defaults().withLecam(lecam));
    ImageSet images = NoiseImages.of(settings.batch(), networks.imageSize());
    TrainingLabels labels = TrainingLabels.hard(new int[settings.batch()], List.of("all"));
    GanTraining training =
        new GanTraining(options, networks, images, labels, networks, settings.session());
    for (Weight weight : training.state()) {
      if (weight.name().equals("augmentation/probability")) {
        WeightValues.set(training.session(), weight, new float[] {PROBABILITY});
      }
    }
    return training;
  }

  /** Measures all in turns. */
  public AugmentStepResult run() {
    Map<String, Timing> timings = new LinkedHashMap<>();
    trainings.keySet().forEach(name -> timings.put(name, new Timing()));
    for (int i = 0; i < WARM_UP + settings.steps(); i++) {
      long step = next++;
      boolean timed = i >= WARM_UP;
      trainings.forEach(
          (name, training) -> {
            if (timed) {
              timings.get(name).measure(() -> training.step(step));
            } else {
              training.step(step);
            }
          });
    }
    Timing plain = timings.get(AugmentStepResult.NONE);
    List<AugmentStepResult.Row> rows = new ArrayList<>();
    timings.forEach(
        (name, timing) ->
            rows.add(
                new AugmentStepResult.Row(
                    name,
                    timing.median(),
                    timing.min(),
                    timing.max(),
                    timing.cpuMedian(),
                    timing.medianExcess(plain) / plain.median(),
                    timing.cpuMedian() / plain.cpuMedian() - 1)));
    return new AugmentStepResult(
        "augment-step",
        GanRecipes.nameOf(settings.networks()),
        settings.networks().imageSize(),
        settings.batch(),
        rows);
  }

  @Override
  public void close() {
    trainings.values().forEach(GanTraining::close);
  }
}
