package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** What the variants of a study of grafts change. */
class GraftVariantTest {
  private static final GraftOptions GIVEN =
      GraftOptions.of(Path.of("images"), Path.of("generator"), Execution.here(Device.CPU))
          .withRank(2);

  private static GraftOptions of(String variant) {
    return GraftVariant.parse(variant).of(GIVEN);
  }

  @Test
  void aFlagOfGraftWithItsValue() {
    GraftOptions plain = of("point-wise:8");
    assertThat(plain.rank()).as("what the study's flags give is the default's").isZero();
    assertThat(of("point-wise:8/rank-4")).isEqualTo(plain.withRank(4));
    assertThat(of("point-wise:8/mixed-sites-3")).isEqualTo(plain.withMixedSites(3));
    assertThat(of("point-wise:8/latent-prior-sliced"))
        .isEqualTo(plain.withLoss(plain.loss().withLatentPrior(PriorKind.SLICED)));
    LearningOptions learning = plain.learning();
    assertThat(of("scale-shift/schedule-linear").learning())
        .isEqualTo(learning.withSchedule(RateFall.LINEAR));
    assertThat(of("point-wise:8/latent-start-zero").learning().start())
        .isEqualTo(learning.start().withLatentStart(LatentStart.ZERO));
    assertThat(of("point-wise:8/class-start-nearest").learning().start())
        .isEqualTo(learning.start().withClassStart(ClassStart.NEAREST));
  }

  @Test
  void severalChangesAreMadeAndTheRateIsThatOfTheMethod() {
    GraftVariant variant = GraftVariant.parse("point-wise:all/no-prior/rank-4");
    GraftOptions changed = variant.of(GIVEN);
    assertThat(changed.loss().priorWeight()).isZero();
    assertThat(changed.rank()).isEqualTo(4);
    assertThat(changed.groupSize()).isZero();
    assertThat(variant.base()).isEqualTo("point-wise:all");
  }

  @Test
  void theDefaultIsWhatTheFlagsGiveAndCanBeChangedToo() {
    GraftOptions given = GIVEN.withFinish(GIVEN.finish().withFinish(FinishKind.ALL));
    FinishOptions finish = given.finish();
    assertThat(GraftVariant.parse("default").of(given)).isEqualTo(given);
    assertThat(GraftVariant.parse("default/truncation-none").of(given))
        .isEqualTo(given.withWatch(given.watch().withTruncation(GraftWatchOptions.UNCUT)));
    assertThat(GraftVariant.parse("default/truncation-0.7").of(given).watch().truncation())
        .isEqualTo(0.7);
    assertThat(GraftVariant.parse("default/no-prior/steps-30").of(given))
        .isEqualTo(
            given
                .withLoss(given.loss().withPriorWeight(0))
                .withLearning(given.learning().withSteps(30)));
    Map<String, FinishOptions> changed =
        Map.of(
            "finish-none", finish.withFinish(FinishKind.NONE),
            "finish-graft", finish.withFinish(FinishKind.GRAFT),
            "finish-steps-500", finish.withFinishSteps(500),
            "finish-side-96", finish.withFinishSide(96),
            "finish-native-width-0", finish.withFinishNativeWidth(0),
            "finish-from-none", finish.withFinishFrom(""),
            "finish-anchor-0.1", finish.withFinishAnchor(0.1f),
            "finish-spectrum-3", finish.withFinishSpectrum(3));
    changed.forEach(
        (change, wanted) ->
            assertThat(GraftVariant.parse("default/" + change).of(given))
                .as(change)
                .isEqualTo(given.withFinish(wanted)));
    assertThat(GraftVariant.parse("point-wise:8/finish-all").of(given).finish())
        .as("a method with the finish of the flags")
        .isEqualTo(finish);
  }

  @Test
  void aJudgeOfTheFinishStaysWhereThereIsAFinish() {
    GraftOptions given =
        GIVEN
            .withFinish(GIVEN.finish().withFinish(FinishKind.ALL))
            .withWatch(GIVEN.watch().withScoreNetworks(List.of("inception")));
    assertThat(GraftVariant.parse("point-wise:8/finish-all").of(given).watch())
        .isEqualTo(given.watch());
    assertThat(GraftVariant.parse("point-wise:8").of(given).watch().scoreNetworks()).isEmpty();
  }

  @Test
  void aFinishThatIsNotThereCannotBeChanged() {
    for (String change : List.of("finish-side-96", "finish-none")) {
      assertThatThrownBy(() -> of("default/" + change))
          .isInstanceOf(BadInputException.class)
          .hasMessage(
              "variants names 'default/%s', and finish is none; give finish all or graft"
                  .formatted(change));
    }
    GraftOptions given = GIVEN.withFinish(GIVEN.finish().withFinish(FinishKind.ALL));
    assertThatThrownBy(() -> GraftVariant.parse("point-wise:8/finish-steps-9").of(given))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "variants names 'point-wise:8/finish-steps-9', which has no finish to change; add"
                + " /finish-all or /finish-graft");
  }

  @Test
  void aValueThatNoGraftTakesIsRefusedWithTheVariant() {
    assertThatThrownBy(() -> of("default/truncation-0"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("variants names 'default/truncation-0': truncation is 0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale-shift/rank-4",
        "scale-shift/mixed-sites-2",
        "scale-shift/no-last-site",
        "point-wise:8/rank-0",
        "point-wise:8/latent-prior-none",
        "point-wise:8/",
        "point-wise:8/steps-0",
        "point-wise:8/rank-1.5",
        "default/finish-side-31",
        "default/finish-some"
      })
  void whatThereIsNotIsRefused(String variant) {
    assertThatThrownBy(() -> GraftVariant.parse(variant))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("variants names '" + variant + "'; give default, scale-shift")
        .hasMessageContaining("no-prior, ")
        .hasMessageContaining("latent-prior-moments, ")
        .hasMessageContaining("rank-N");
  }
}
