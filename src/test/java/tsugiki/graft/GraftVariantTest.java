package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scale-shift/rank-4",
        "scale-shift/mixed-sites-2",
        "scale-shift/no-last-site",
        "point-wise:8/rank-0",
        "point-wise:8/latent-prior-none",
        "point-wise:8/",
        "default/no-prior"
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
