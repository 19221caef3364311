package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.gan.SupervisionOptions;

/** The variants of Lučić et al. (2019), sections 3.1 to 3.3, flag by flag. */
class LabelVariantTest {
  private static final LabelOptions TENTH = LabelOptions.of("10%").withLabelSeed(7);
  private static final SupervisionOptions WEIGHTS =
      SupervisionOptions.defaults()
          .withLabelWeight(2)
          .withRotatedShare(1)
          .withRotationWeightD(3)
          .withRotationWeightG(4);

  @ParameterizedTest
  @CsvSource({
    "single, single, drop, false, none, ''",
    "single-ss, single, drop, false, rotation, ''",
    "single-views, single, drop, false, views, ''",
    "random, random, drop, false, none, ''",
    "random-each-epoch, random-each-epoch, drop, false, none, ''",
    "cluster, cluster, drop, false, none, single",
    "cluster-ss, cluster, drop, false, rotation, single",
    "s2gan, 10%, predict, false, none, 10%",
    "s2gan-soft, 10%, predict, true, none, 10%",
    "s3gan, 10%, predict, false, rotation, 10%",
    "s2gan-views, 10%, predict, false, views, 10%",
    "s2gan-co, 10%, co-training, false, none, ''",
    "s3gan-co, 10%, co-training, false, rotation, ''",
    "biggan-k, 10%, drop, false, none, ''",
    "biggan, all, drop, false, none, ''",
  })
  void theFlagsOf(
      String name,
      String labels,
      String unlabelled,
      boolean soft,
      String selfSupervision,
      String featuresSee) {
    LabelVariant variant = variant(name);
    LabelOptions source = variant.labels(TENTH, 0, "features");
    SupervisionOptions supervision = variant.supervision(WEIGHTS);

    assertThat(source.labels()).isEqualTo(labels);
    assertThat(source.labelSeed()).isEqualTo(7);
    assertThat(supervision.unlabelled()).hasToString(unlabelled);
    assertThat(supervision.softLabels()).isEqualTo(soft);
    assertThat(supervision.selfSupervision()).hasToString(selfSupervision);
    assertThat(supervision.labelWeight()).isEqualTo(2);
    assertThat(supervision.rotatedShare()).isEqualTo(1);
    assertThat(supervision.rotationWeightD()).isEqualTo(3);
    assertThat(supervision.rotationWeightG()).isEqualTo(4);
    assertThat(variant.featureLabels("10%")).isEqualTo(featuresSee);
    assertThat(variant.ofShare()).isEqualTo(labels.equals("10%"));
  }

  @Test
  void onlyDrawnLabelsAndClustersAreCounted() {
    for (LabelVariant variant : LabelVariant.values()) {
      boolean counted = variant.toString().matches("random.*|cluster.*");
      assertThat(variant.labels(TENTH, 5, "features").labelCount()).isEqualTo(counted ? 5 : 0);
    }
  }

  private static LabelVariant variant(String name) {
    return Arrays.stream(LabelVariant.values())
        .filter(variant -> variant.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
