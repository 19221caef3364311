package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import tsugiki.graph.GradientGroups;
import tsugiki.graph.ShownGradients;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.single.HandPyramid.Plane;
import tsugiki.single.PyramidSizes.Size;

/** The graphs of SinGAN's stages: their losses by hand, and by which parts they are shown. */
@Tag("slow")
class SinGanGraphTest {
  private static final SingleOptions OPTIONS = TinySingle.sinGan();
  private static final int LAST = 2;
  private static final double SMALL = 1e-5;

  private PyramidTraining training;
  private Plane real;

  @Test
  void lossesAndGradientsOfEveryStageAreThoseOfTheArithmetic() {
    ImagePyramid images = TinySingle.images(OPTIONS);
    try (PyramidTraining made = TinySingle.training(OPTIONS)) {
      training = made;
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
    Plane fixed = kept("fixed_0");
    Plane own = kept("own");
    Plane fake = kept("fake");
    Plane nothing = Plane.zeros(real.height(), real.width(), 3);
    if (stage > 0) {
      below(hand, fixed, stage);
    }

    Map<String, float[]> d = graph.steps().discriminator().trace(session, 5, Map.of());
    double share = d.get("share")[0];
    ToDoubleFunction<HandSinGan> lossD =
        h -> h.score(fake) - h.score(real) + 0.1 * h.penalty(between(fake, share));
    assertThat((double) d.get("loss_d")[0]).isCloseTo(lossD.applyAsDouble(hand), within(1e-4));
    // The penalty by central differences is slow.
    gradients(d, "discriminator/", hand, lossD, stage == 0 ? 3 : 0);

    Map<String, float[]> g = graph.steps().generator().trace(session, 0, Map.of());
    ToDoubleFunction<HandSinGan> lossG =
        h -> {
          Plane drawn =
              stage == 0 ? h.first(own, 0, false) : h.detailed(kept("below"), own, stage, false);
          Plane again =
              stage == 0
                  ? h.first(fixed, 0, false)
                  : h.detailed(kept("below_fixed"), nothing, stage, false);
          return 10 * HandPyramid.squaredError(again, real) - h.score(drawn);
        };
    assertThat((double) g.get("loss_g")[0]).isCloseTo(lossG.applyAsDouble(hand), within(1e-4));
    gradients(g, "generator/stage_" + stage + "/", hand, lossG, 1);
  }

  /** The stages below draw with what they have kept, the reconstruction without noise. */
  private void below(HandSinGan hand, Plane fixed, int stage) {
    List<Plane> noise = new ArrayList<>(List.of(fixed));
    for (int i = 1; i < stage; i++) {
      Size size = TinySingle.images(OPTIONS).sizes().of(i);
      noise.add(Plane.zeros(size.height(), size.width(), 3));
    }
    Plane expected = hand.below(stage, noise, real.height(), real.width());
    Plane found = kept("below_fixed");
    for (int i = 0; i < expected.data().length; i++) {
      assertThat(found.data()[i]).isCloseTo(expected.data()[i], within(1e-4));
    }
    assertThat(hand.weights().get("noise/amplitude_" + stage)[0])
        .isCloseTo(0.1 * Math.sqrt(HandPyramid.squaredError(expected, real)), within(1e-5));
  }

  /**
   * The gradients of a number of a trained weight against central differences.
   *
   * @param every each weight, or every so manieth; 0 for none
   */
  private void gradients(
      Map<String, float[]> traced,
      String network,
      HandSinGan hand,
      ToDoubleFunction<HandSinGan> loss,
      int every) {
    List<Weight> trained =
        training.current().weights().trained().stream()
            .filter(weight -> weight.name().startsWith(network))
            .toList();
    assertThat(trained).isNotEmpty();
    for (int k = 0; every > 0 && k < trained.size(); k += every) {
      Weight weight = trained.get(k);
      double[] values = hand.weights().get(weight.name());
      int i = values.length / 2;
      double value = values[i];
      values[i] = value + SMALL;
      double up = loss.applyAsDouble(hand);
      values[i] = value - SMALL;
      double down = loss.applyAsDouble(hand);
      values[i] = value;
      assertThat((double) traced.get("gradient/" + weight.name())[i])
          .as(weight.name())
          .isCloseTo((up - down) / (2 * SMALL), within(1e-3));
    }
  }

  private Plane between(Plane fake, double share) {
    Plane between = Plane.zeros(real.height(), real.width(), 3);
    for (int i = 0; i < between.data().length; i++) {
      between.data()[i] = share * real.data()[i] + (1 - share) * fake.data()[i];
    }
    return between;
  }

  private HandSinGan hand() {
    Map<String, double[]> weights = new HashMap<>();
    WeightValues.get(training.session(), training.current().weights().all())
        .forEach((name, values) -> weights.put(name, Doubles.toArray(Floats.asList(values))));
    return new HandSinGan(weights, OPTIONS.network().layers(), TinySingle.SLOPE);
  }

  private Plane kept(String name) {
    Weight weight = training.current().weights().in("noise").get(name);
    Shape shape = weight.shape();
    return Plane.of(
        (int) shape.get(1),
        (int) shape.get(2),
        (int) shape.get(3),
        WeightValues.get(training.session(), weight));
  }
}
