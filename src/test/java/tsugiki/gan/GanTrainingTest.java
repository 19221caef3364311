package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.augment.Augmentation;
import tsugiki.base.SameBits;
import tsugiki.data.ClassShares;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.loss.SelfSupervision;
import tsugiki.runtime.Optimised;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Checkpoints;
import tsugiki.train.Step;

@Tag("slow")
class GanTrainingTest {
  /** One training of each kind, whatever its state; a test makes another one if that matters. */
  private static final Map<DiscriminatorKind, GanTraining> SHARED =
      new EnumMap<>(DiscriminatorKind.class);

  @TempDir private Path folder;

  @BeforeAll
  static void build() {
    for (DiscriminatorKind kind : DiscriminatorKind.values()) {
      SHARED.put(kind, training(kind));
    }
  }

  @AfterAll
  static void close() {
    SHARED.values().forEach(GanTraining::close);
    SHARED.clear();
  }

  @ParameterizedTest
  @EnumSource(DiscriminatorKind.class)
  void aResumedTrainingIsTheUnbrokenOneBitForBit(DiscriminatorKind kind) {
    assertResumes(SHARED.get(kind), () -> training(kind));
  }

  @Optimised
  @Test
  void soItIsWithAllHeadsAndUnknownLabels() {
    int[] known = TinyGan.images().labels();
    Arrays.fill(known, 4, known.length, TrainingLabels.UNKNOWN);
    SupervisionOptions supervision =
        SupervisionOptions.defaults()
            .withUnlabelled(Unlabelled.CO_TRAINING)
            .withSoftLabels(true)
            .withSelfSupervision(SelfSupervision.ROTATION)
            .withRotatedShare(1f);
    TrainingLabels labels =
        TrainingLabels.hard(known, TinyGan.CLASSES).withFakes(ClassShares.of(0.5, 0.25, 0.25));
    assertResumes(() -> TinyGan.smallTraining(TinyGan.options(supervision), labels));
  }

  @Optimised
  @Test
  void soItIsWithNoiseAndAProjectedDiscriminatorBesideANativeOne() {
    assertResumes(
        () -> {
          BigGanNetworks networks =
              new BigGanNetworks(
                  new BigGanOptions(8, 8, List.of(1, 1), 0, 8, false)
                      .withNoise(true)
                      .architecture(TinyGan.CLASSES.size()));
          return new GanTraining(
              TinyGan.options(DiscriminatorKind.PROJECTED),
              networks,
              TinyGan.smallImages(),
              TrainingLabels.of(TinyGan.smallImages()),
              new ProjectedNetwork(new TinyGan.Fake(), 16, 8, 4),
              Sessions.Settings.cpu());
        });
  }

  @Test
  void soItIsWithAdaWhoseProbabilityMovesAndWithMovingMeans() {
    AugmentationOptions numbers =
        AugmentationOptions.defaults()
            .withAdaTarget(-0.9f)
            .withAdaThousands(0.064f)
            .withLecam(1)
            .withSpectrum(1);
    GanOptions options =
        TinyGan.options(SupervisionOptions.defaults())
            .withAugment(Set.of(Augmentation.ADA, Augmentation.BCR))
            .withAugmentation(numbers);
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    assertResumes(() -> TinyGan.smallTraining(options, labels));
    try (GanTraining training = TinyGan.smallTraining(options, labels)) {
      new Checkpoints(folder).restoreLatest(training);
      assertThat(values(training).get("augmentation/probability")[0]).isPositive();
    }
  }

  @Test
  void soItIsWithStepsOfTwoParts() {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults()).withAccumulate(2);
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    assertResumes(() -> TinyGan.smallTraining(options, labels));
    // The score of real images depends on them alone until the discriminator has moved.
    GanOptions first = options.withMirror(false).withDiscriminatorSteps(1);
    try (GanTraining once = TinyGan.smallTraining(first.withAccumulate(1).withBatch(8), labels);
        GanTraining twice = TinyGan.smallTraining(first, labels)) {
      assertThat(twice.step(0).get("score_real"))
          .as("of the images of both parts")
          .isCloseTo(once.step(0).get("score_real"), within(1e-5));
    }
  }

  @Test
  void changingLabelsChangeWithTheEpoch() {
    TrainingLabels anew =
        TrainingLabels.changing(12, TinyGan.CLASSES, (image, epoch) -> (int) ((image + epoch) % 3));
    int[] first = IntStream.range(0, anew.count()).map(i -> anew.label(i, 0)).toArray();
    GanOptions options = TinyGan.options(SupervisionOptions.defaults());
    // Twelve images, batch 4, two batches a step: the second step begins with the last of the first
    // epoch and goes on with the second's first.
    try (GanTraining changing = TinyGan.smallTraining(options, anew);
        GanTraining fixed =
            TinyGan.smallTraining(options, TrainingLabels.hard(first, anew.classNames()))) {
      assertThat(changing.step(0)).isEqualTo(fixed.step(0));
      assertThat(changing.step(1)).isNotEqualTo(fixed.step(1));
    }
  }

  private void assertResumes(Supplier<GanTraining> make) {
    try (GanTraining training = make.get()) {
      assertResumes(training, make);
    }
  }

  private void assertResumes(GanTraining first, Supplier<GanTraining> make) {
    Checkpoints checkpoints = new Checkpoints(folder);
    steps(first, 0, 3);
    // Drawing settles statistics, which must leave no trace in what follows.
    first.draw(new long[] {0, 1, 2}, 0);
    checkpoints.save(3, first.session(), first.state());
    steps(first, 3, 6);
    Map<String, float[]> unbroken = values(first);
    try (GanTraining training = make.get()) {
      assertThat(checkpoints.restoreLatest(training)).isEqualTo(3);
      assertThat(values(training)).isNotEqualTo(unbroken);
      steps(training, 3, 6);
      assertThat(values(training))
          .usingRecursiveComparison(SameBits.comparison())
          .isEqualTo(unbroken);
    }
  }

  @ParameterizedTest
  @EnumSource(DiscriminatorKind.class)
  void aStepMovesWhatTrainsAndNothingThatIsFrozen(DiscriminatorKind kind) {
    GanTraining training = SHARED.get(kind);
    Map<String, float[]> before = values(training);
    Map<String, Double> measured = training.step(0);
    Map<String, float[]> after = values(training);

    assertThat(measured)
        .containsOnlyKeys("loss_d", "score_real", "score_fake", "loss_g")
        .allSatisfy((name, value) -> assertThat(value).isFinite());
    before.forEach(
        (name, values) -> {
          if (name.contains("/mixing/")) {
            assertThat(after.get(name)).as(name).isEqualTo(values);
          } else if (name.endsWith("/kernel") && !name.contains("/attention/")) {
            // Attention starts with the factor 0, which lets nothing through to its kernels.
            assertThat(after.get(name)).as(name).isNotEqualTo(values);
          }
        });
    assertThat(before.keySet()).noneMatch(name -> name.contains("projector"));
  }

  @ParameterizedTest
  @EnumSource(DiscriminatorKind.class)
  void everyNodeOfTheGraphLiesInOneOfAFewScopes(DiscriminatorKind kind) {
    GanTraining training = SHARED.get(kind);
    Set<String> tops =
        training.structure().getNodeList().stream()
            .map(node -> node.getName().split("/")[0])
            .collect(Collectors.toSet());
    assertThat(tops)
        .containsExactlyInAnyOrder(
            "AveragedGenerator",
            "StandingStatistics",
            "Generator",
            "Reals",
            "DiscriminatorOfReal",
            "DiscriminatorOfFake",
            "DiscriminatorStep",
            "GeneratorStep",
            "Average",
            "Counters",
            "State");
  }

  @Optimised
  @Test
  void theSameSeedsDrawTheSameImagesInAnyNumber() {
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    try (GanTraining training =
        TinyGan.smallTraining(TinyGan.options(SupervisionOptions.defaults()), labels)) {
      training.step(0);
      byte[] seven = training.draw(new long[] {0, 1, 2, 0, 1, 2, 0}, 5);
      byte[] three = training.draw(new long[] {2, 0, 1}, 7);
      byte[] one = training.draw(new long[] {1}, 9);
      int side = TinyGan.smallImages().size();
      int length = side * side * 3;
      assertThat(seven).hasSize(7 * length);
      assertThat(Arrays.copyOfRange(seven, 2 * length, 5 * length)).isEqualTo(three);
      assertThat(Arrays.copyOfRange(three, 2 * length, 3 * length)).isEqualTo(one);
      assertThat(Arrays.copyOf(three, length)).isNotEqualTo(one);
    }
  }

  @Test
  void standingStatisticsAreTakenOverTheClassesThatFakesGet() {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels uniform = TrainingLabels.of(TinyGan.images());
    try (GanTraining one = TinyGan.smallTraining(options, uniform);
        GanTraining other =
            TinyGan.smallTraining(options, uniform.withFakes(ClassShares.of(0, 0, 1)))) {
      assertThat(one.draw(new long[] {0, 1}, 0)).isNotEqualTo(other.draw(new long[] {0, 1}, 0));
    }
  }

  /** Of one pair of networks: a discriminator must not see again what its generator learns from. */
  @Test
  void everyStepOfBothNetworksDrawsOtherImages() {
    GanTraining training = SHARED.get(DiscriminatorKind.OWN);
    GanGraph steps = training.steps();
    int[] chosen = {0, 1, 2, 3};
    Set<String> drawn = new HashSet<>();
    try (Step.Batch reals =
        steps.reals().feeds(TinyGan.images().select(chosen).pixels(), chosen, new long[4])) {
      for (int number = 0; number < 3; number++) {
        for (Step step : List.of(steps.discriminatorStep(), steps.generatorStep())) {
          drawn.add(
              Arrays.toString(
                  step.trace(training.session(), number, reals.tensors(), "fake").get("fake")));
        }
      }
    }
    assertThat(drawn).hasSize(6);
  }

  @Test
  void withoutMirroringTheBatchesAreTheSame() {
    assertThat(firstStep(symmetric(), false)).isEqualTo(firstStep(symmetric(), true));
    assertThat(firstStep(TinyGan.smallImages(), false))
        .isNotEqualTo(firstStep(TinyGan.smallImages(), true));
  }

  private static Map<String, Double> firstStep(ImageSet images, boolean mirror) {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults()).withMirror(mirror);
    BigGanNetworks networks = TinyGan.smallest(TinyGan.CLASSES.size());
    try (GanTraining training =
        new GanTraining(
            options,
            networks,
            images,
            TrainingLabels.of(images),
            networks,
            Sessions.Settings.cpu())) {
      return training.step(0);
    }
  }

  /** Images whose right half mirrors the left one. */
  private static ImageSet symmetric() {
    ImageSet noise = TinyGan.smallImages();
    int side = noise.size();
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < noise.count(); i++) {
      byte[] rgb = noise.image(i).rgb().clone();
      for (int at = 0; at < rgb.length; at++) {
        int x = at / 3 % side;
        int row = at - at % (3 * side);
        rgb[at] = x < side / 2 ? rgb[at] : rgb[row + 3 * (side - 1 - x) + at % 3];
      }
      images.add(new RgbImage("image" + i, side, side, rgb));
    }
    return ImageSet.of(images, "all").withLabels(noise.labels(), noise.classNames());
  }

  private static GanTraining training(DiscriminatorKind kind) {
    return new GanTraining(
        TinyGan.options(kind),
        TinyGan.NETWORKS,
        TinyGan.images(),
        TrainingLabels.of(TinyGan.images()),
        TinyGan.discriminator(kind),
        Sessions.Settings.cpu());
  }

  private static void steps(GanTraining training, int from, int to) {
    for (int step = from; step < to; step++) {
      training.step(step);
    }
  }

  private static Map<String, float[]> values(GanTraining training) {
    return new TreeMap<>(WeightValues.get(training.session(), training.state()));
  }
}
