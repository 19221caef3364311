package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Session;
import tsugiki.graph.GradientGroups;
import tsugiki.graph.ShownGradients;
import tsugiki.single.HandPyramid.Plane;
import tsugiki.single.PyramidSizes.Size;

/** The graphs of SinGAN's stages: their losses by hand, and by which parts they are shown. */
@Tag("slow")
class SinGanGraphTest {
  private static final SingleOptions OPTIONS = TinySingle.unusual(TinySingle.sinGan());
  private static final StageTrainingOptions WEIGHTS = OPTIONS.training();
  private static final int LAST = 2;
  private static final double TOLERANCE = 1e-3;

  private PyramidTraining training;
  private StageWeights weights;
  private Plane real;

  @Test
  void lossesAndGradientsOfEveryStageAreThoseOfTheArithmetic() {
    ImagePyramid images = TinySingle.images(OPTIONS);
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      training = made;
      weights = new StageWeights(made);
      for (int stage = 0; stage <= LAST; stage++) {
        Size size = images.sizes().of(stage);
        real = Plane.of(size.height(), size.width(), 3, images.floats(stage));
        training.step(2L * stage);
        losses(stage);
        training.step(2L * stage + 1);
      }
    }
  }

  @Test
  void theGraphOfEveryStageIsShownByItsParts() {
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      for (int stage = 0; stage <= LAST; stage++) {
        made.step(2L * stage);
        ShownGradients.assertGrouped(
            GradientGroups.of(made.structure()),
            List.of("Generator/Stage" + stage + "/Conv0", "Discriminator/Conv0"));
      }
    }
  }

  private void losses(int stage) {
    StageGraph graph = training.current();
    Session session = training.session();
    HandSinGan hand = hand();
    Plane fixed = weights.kept("fixed_0");
    Plane own = weights.kept("own");
    Plane fake = weights.kept("fake");
    Plane nothing = Plane.zeros(real.height(), real.width(), 3);
    if (stage > 0) {
      below(hand, fixed, stage);
    }

    Map<String, float[]> d = graph.steps().discriminator().trace(session, 5, Map.of());
    double share = d.get("share")[0];
    DoubleSupplier lossD =
        () ->
            hand.score(fake)
                - hand.score(real)
                + WEIGHTS.gradientPenalty() * hand.penalty(real.mixed(share, fake));
    assertThat((double) d.get("loss_d")[0]).isCloseTo(lossD.getAsDouble(), within(1e-4));
    // The penalty by central differences is slow.
    weights.gradientsAre(d, "discriminator/", hand.weights(), lossD, stage == 0 ? 3 : 0, TOLERANCE);

    Map<String, float[]> g = graph.steps().generator().trace(session, 0, Map.of());
    DoubleSupplier lossG =
        () -> {
          Plane drawn =
              stage == 0
                  ? hand.first(own, 0, false)
                  : hand.detailed(weights.kept("below"), own, stage, false);
          Plane again =
              stage == 0
                  ? hand.first(fixed, 0, false)
                  : hand.detailed(weights.kept("below_fixed"), nothing, stage, false);
          return WEIGHTS.reconstructionWeight() * HandPyramid.squaredError(again, real)
              - hand.score(drawn);
        };
    assertThat((double) g.get("loss_g")[0]).isCloseTo(lossG.getAsDouble(), within(1e-4));
    weights.gradientsAre(g, "generator/stage_" + stage + "/", hand.weights(), lossG, 1, TOLERANCE);
  }

  /** The stages below draw with what they have kept, the reconstruction without noise. */
  private void below(HandSinGan hand, Plane fixed, int stage) {
    List<Plane> noise = new ArrayList<>(List.of(fixed));
    for (int i = 1; i < stage; i++) {
      Size size = TinySingle.images(OPTIONS).sizes().of(i);
      noise.add(Plane.zeros(size.height(), size.width(), 3));
    }
    Plane expected = hand.below(stage, noise, real.height(), real.width());
    Plane found = weights.kept("below_fixed");
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(found.data()[i]).isCloseTo(expected.data()[i], within(1e-4));
    }
    assertThat(hand.weights().get("noise/amplitude_" + stage)[0])
        .isCloseTo(
            WEIGHTS.noiseAmplitude() * Math.sqrt(HandPyramid.squaredError(expected, real)),
            within(1e-5));
  }

  private HandSinGan hand() {
    return new HandSinGan(weights.values(), OPTIONS.network().layers(), TinySingle.SLOPE);
  }
}
