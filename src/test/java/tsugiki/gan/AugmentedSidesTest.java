package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.augment.Augmentation;

/** Which augmentation is for real images, which for generated ones, each by itself. */
@Tag("slow")
class AugmentedSidesTest {
  @ParameterizedTest
  @EnumSource(names = {"COLOR", "TRANSLATION", "CUTOUT"})
  void everyPartOfDiffAugmentIsForBothSidesInBothSteps(Augmentation part) {
    GanOptions plain = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    RecordedStep without = new RecordedStep(plain, labels);
    RecordedStep with = new RecordedStep(plain.withAugment(Set.of(part)), labels);
    for (String side : List.of("real", "fake", "fake_for_generator")) {
      assertThat(with.output(side)).as(side).isNotEqualTo(without.output(side));
    }
  }

  @Test
  void staticPoliciesAreForRealImagesAlone() {
    GanOptions plain = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    RecordedStep without = new RecordedStep(plain, labels);
    RecordedStep with = new RecordedStep(plain.withAugment(Set.of(Augmentation.INVERT)), labels);
    assertThat(with.output("fake")).isEqualTo(without.output("fake"));
    assertThat(Arrays.equals(with.output("real"), without.output("real"))).isFalse();
  }

  /** That bCR without CR is of both is in AugmentedStepTest. */
  @Test
  void crIsOfRealImagesAlone() {
    RecordedStep cr = recorded(AugmentationOptions.defaults(), Augmentation.CR);
    assertThat(cr.measuredNames())
        .contains("consistency_real")
        .doesNotContain("consistency_fake", "consistency_latent");
    double hinge = hinge(cr.output("real"), -1) + hinge(cr.output("fake"), 1);
    assertThat(cr.measured("consistency_real")).isPositive();
    assertThat(cr.measured("loss_d"))
        .isCloseTo(hinge + 10 * cr.measured("consistency_real"), within(1e-4));
  }

  /** Else their scores would differ however close the latent vectors are. */
  @Test
  void neighboursMeetTheAugmentationsOfTheirImages() {
    RecordedStep close =
        recorded(
            AugmentationOptions.defaults().withLatentNoise(1e-6f),
            Augmentation.COLOR,
            Augmentation.TRANSLATION,
            Augmentation.CUTOUT,
            Augmentation.ZCR);
    assertThat(close.measured("consistency_latent")).isLessThan(1e-8);
  }

  private static RecordedStep recorded(AugmentationOptions how, Augmentation... augment) {
    return new RecordedStep(
        TinyGan.options(SupervisionOptions.defaults())
            .withAugment(Set.of(augment))
            .withAugmentation(how),
        TrainingLabels.of(TinyGan.smallImages()));
  }

  /** mean max(0, 1 + sign·score). */
  private static double hinge(float[] scores, int sign) {
    return IntStream.range(0, scores.length)
        .mapToDouble(i -> Math.max(0, 1 + sign * scores[i]))
        .average()
        .orElseThrow();
  }
}
