package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tsugiki.runtime.WeightValues;

/** What a graft's steps minimise, and how far they move the weights. */
@Tag("slow")
class GraftStepTest {
  private static final int DECAY_EVERY = 2;

  private static Rootstock rootstock;

  @BeforeAll
  static void makeRootstock() {
    rootstock = TinyRootstock.make();
  }

  private static GraftTraining graft(GraftOptions options) {
    return new GraftTraining(options, rootstock, TinyRootstock.images(3), new TinyNetwork());
  }

  /** With other weights than the defaults. */
  @Test
  void theLossIsTheWeightedSumOfItsTerms() {
    GraftOptions options = TinyRootstock.options(GraftMethod.POINT_WISE, 4);
    LossOptions weights =
        options.loss().withPerceptualWeight(0.7f).withPriorWeight(0.4f).withEmbeddingWeight(0.3f);
    try (GraftTraining graft = graft(options.withLoss(weights))) {
      Map<String, Double> measured = graft.step(0);
      assertThat(measured.get("embedding")).isGreaterThan(0.1);
      assertThat(measured.get("loss"))
          .isCloseTo(
              measured.get("l1")
                  + 0.7 * measured.get("perceptual")
                  + 0.4 * measured.get("prior")
                  + 0.3 * measured.get("embedding"),
              within(1e-5));
    }
  }

  /** The rates of the latent vectors, of the class vector and of the layers alike. */
  @Test
  void everyWeightMovesByThePartThatIsLeftOfItsRate() {
    GraftOptions options = TinyRootstock.options(GraftMethod.POINT_WISE, 4);
    LearningOptions falling =
        options.learning().withDecayEvery(DECAY_EVERY).withDecay(0.5f).withLayerRate(5e-3f);
    try (GraftTraining falls = graft(options.withLearning(falling));
        GraftTraining stays = graft(options.withLearning(falling.withDecay(1)))) {
      for (long step = 0; step < DECAY_EVERY; step++) {
        assertThat(falls.step(step)).isEqualTo(stays.step(step));
      }
      Map<String, float[]> before = trained(stays);
      falls.step(DECAY_EVERY);
      stays.step(DECAY_EVERY);
      Map<String, float[]> half = trained(falls);
      trained(stays)
          .forEach(
              (name, whole) -> {
                double moved = 0;
                for (int i = 0; i < whole.length; i++) {
                  double distance = whole[i] - before.get(name)[i];
                  assertThat((double) half.get(name)[i])
                      .as(name)
                      .isCloseTo(before.get(name)[i] + distance / 2, within(1e-6));
                  moved = Math.max(moved, Math.abs(distance));
                }
                assertThat(moved).as(name).isGreaterThan(1e-5);
              });
    }
  }

  private static Map<String, float[]> trained(GraftTraining graft) {
    return WeightValues.get(graft.session(), graft.training().trained());
  }
}
