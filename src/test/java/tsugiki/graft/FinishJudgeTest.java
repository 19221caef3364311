package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import tsugiki.data.ImageSet;
import tsugiki.runtime.Sessions;
import tsugiki.score.Kid;
import tsugiki.score.MeanColour;

/** By which images a finish is judged. */
class FinishJudgeTest {
  private static final ImageSet TRAINING =
      MeanColour.images(32, 0x101010, 0x204010, 0x702030, 0x305060);
  private static final ImageSet UNSEEN = MeanColour.images(32, 0xf0e0d0, 0xc0f0a0, 0xa0b0f0);

  @Test
  void copiesOfTheTrainingImagesAreJudgedByTheImagesThatWereHeldOut() {
    FinishJudge.Verdict verdict = ofCopies(Optional.of(UNSEEN));
    assertThat(verdict.measured().get(FinishJudge.KID)).isCloseTo(kid(UNSEEN), within(1e-5));
    assertThat(verdict.measured().get(FinishJudge.DISTANCE)).isLessThan(0.01);
    assertThat(verdict.cost()).isEqualTo(verdict.measured().get(FinishJudge.KID));
  }

  @Test
  void withoutHeldOutImagesCopiesCostMoreThanAnythingElse() {
    FinishJudge.Verdict verdict = ofCopies(Optional.empty());
    assertThat(verdict.measured().get(FinishJudge.KID)).isCloseTo(kid(TRAINING), within(1e-5));
    assertThat(verdict.cost()).isGreaterThan(999);
  }

  private static FinishJudge.Verdict ofCopies(Optional<ImageSet> unseen) {
    try (FinishJudge judge =
        new FinishJudge(MeanColour.MEANS, TRAINING, unseen, Sessions.Settings.cpu())) {
      return judge.of(TRAINING.pixels());
    }
  }

  private static double kid(ImageSet real) {
    return Kid.allSamples(MeanColour.MEANS.of(real), MeanColour.MEANS.of(TRAINING)).value();
  }
}
