package tsugiki.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
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
  private static final String DIFF_AUGMENT = "diffaugment";

  /** ADA's probability: with 0 every sample would lie where it is read from. */
  private static final float PROBABILITY = 0.6f;

  /** What can be compared with the plain step. */
  public static final List<String> NAMES = names();

  /**
   * What is measured.
   *
   * @param networks of the GAN
   * @param augmentations of {@link #NAMES}; the plain step is always there
   * @param batch images per step
   * @param steps timed steps of each
   * @param session the device and the threads
   */
  public record Settings(
      GanNetworkOptions networks,
      List<String> augmentations,
      int batch,
      int steps,
      Sessions.Settings session) {
    /** Checks the values. */
    public Settings {
      augmentations = List.copyOf(augmentations);
      if (!NAMES.containsAll(augmentations)) {
        throw new BadInputException(
            "⟨augment⟩ is %s; give of %s"
                .formatted(String.join(",", augmentations), String.join(", ", NAMES)));
      }
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
    trainings.put(AugmentStepResult.NONE, training(AugmentStepResult.NONE));
    NAMES.stream()
        .filter(settings.augmentations()::contains)
        .forEach(name -> trainings.put(name, training(name)));
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of(DIFF_AUGMENT));
    Arrays.stream(Augmentation.values()).map(Object::toString).forEach(names::add);
    names.add(AugmentStepResult.LECAM);
    return List.copyOf(names);
  }

  private static Set<Augmentation> parts(String name) {
    return name.equals(DIFF_AUGMENT)
        ? EnumSet.range(Augmentation.COLOR, Augmentation.CUTOUT)
        : Arrays.stream(Augmentation.values())
            .filter(one -> one.toString().equals(name))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Augmentation.class)));
  }

  private GanTraining training(String name) {
    GanNetworks networks = settings.networks().networks(1);
    float lecam = name.equals(AugmentStepResult.LECAM) ? 1 : 0;
    GanOptions options =
        settings
            .networks()
            .training(GanOptions.defaults().discriminator())
            .withBatch(settings.batch())
            .withAugment(parts(name))
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
                    // The clock of the processor time may stand still for a small network.
                    timing == plain ? 0 : timing.cpuMedian() / plain.cpuMedian() - 1)));
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
