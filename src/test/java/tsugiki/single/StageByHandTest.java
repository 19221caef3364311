package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.single.HandPyramid.Plane;

/** Every stage's losses and gradients against {@link HandPyramid}. */
@Tag("slow")
class StageByHandTest {
  private static final int LAST = 2;
  private static final double SMALL = 1e-5;

  private PyramidTraining training;
  private Plane real;

  @ParameterizedTest
  @CsvSource({"GENERATE, false", "RETARGET, false", "GENERATE, true", "RETARGET, true"})
  void lossesAndGradientsOfEveryStageAreThoseOfTheArithmetic(SingleMode mode, boolean batchNorm) {
    SingleOptions tiny = TinySingle.options(mode);
    SingleOptions options = tiny.withNetwork(tiny.network().withBatchNorm(batchNorm));
    ImagePyramid images = TinySingle.images(options);
    try (PyramidTraining made = new PyramidTraining(options, images, Optional.empty())) {
      training = made;
      long step = 0;
      for (int stage = 0; stage <= LAST; stage++) {
        var size = images.sizes().of(stage);
        real = Plane.of(size.height(), size.width(), 3, images.floats(stage));
        training.step(step++); // Enters the stage.
        losses(step, options);
        training.step(step++);
      }
    }
  }

  private void losses(long number, SingleOptions options) {
    StageGraph graph = training.current();
    Session session = training.session();
    long step = number % options.training().steps();
    List<Plane> noise = noise(graph, step);
    List<Plane> fixed = fixed(graph);
    HandPyramid hand = hand(options);

    // The discriminator's, on the image that the last step has left in its variable.
    Map<String, float[]> d = graph.steps().discriminator().trace(session, 5, Map.of());
    Plane fake = plane(kept("fake"));
    double share = d.get("share")[0];
    ToDoubleFunction<HandPyramid> lossD =
        h -> h.score(fake) - h.score(real) + 0.1 * h.penalty(between(fake, share));
    assertThat(share).isStrictlyBetween(0.0, 1.0);
    assertThat((double) d.get("loss_d")[0]).isCloseTo(lossD.applyAsDouble(hand), within(1e-5));
    assertThat((double) d.get("gradient_penalty")[0])
        .isCloseTo(hand.penalty(between(fake, share)), within(1e-4));
    gradients(d, "discriminator/", hand, lossD);

    // The generator's, on this step's noise.
    Map<String, float[]> g = graph.steps().generator().trace(session, step, Map.of());
    ToDoubleFunction<HandPyramid> lossG =
        h -> 10 * HandPyramid.squaredError(h.image(fixed), real) - h.score(h.image(noise));
    assertThat((double) g.get("adversarial")[0])
        .isCloseTo(-hand.score(hand.image(noise)), within(1e-5));
    assertThat((double) g.get("reconstruction")[0])
        .isCloseTo(HandPyramid.squaredError(hand.image(fixed), real), within(1e-5));
    assertThat((double) g.get("loss_g")[0]).isCloseTo(lossG.applyAsDouble(hand), within(1e-4));
    gradients(g, "generator/", hand, lossG);
  }

  /** The gradients of some numbers of every trained weight against central differences. */
  private void gradients(
      Map<String, float[]> traced,
      String network,
      HandPyramid hand,
      ToDoubleFunction<HandPyramid> loss) {
    List<Weight> trained =
        training.current().weights().trained().stream()
            .filter(weight -> weight.name().startsWith(network))
            .toList();
    assertThat(trained).isNotEmpty();
    for (Weight weight : trained) {
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
          .isCloseTo((up - down) / (2 * SMALL), within(2e-4));
    }
  }

  private Plane between(Plane fake, double share) {
    Plane between = Plane.zeros(real.height(), real.width(), 3);
    for (int i = 0; i < between.data().length; i++) {
      between.data()[i] = share * real.data()[i] + (1 - share) * fake.data()[i];
    }
    return between;
  }

  private HandPyramid hand(SingleOptions options) {
    Map<String, double[]> weights = new HashMap<>();
    WeightValues.get(training.session(), training.current().weights().all())
        .forEach((name, values) -> weights.put(name, Doubles.toArray(Floats.asList(values))));
    int layers = options.network().layers();
    return new HandPyramid(
        weights,
        TinySingle.CHANNELS,
        layers,
        options.mode() == SingleMode.GENERATE ? layers : 0,
        TinySingle.SLOPE);
  }

  private Weight kept(String name) {
    return training.current().weights().in("noise").get(name);
  }

  private Plane plane(Weight weight) {
    return plane(weight.shape(), WeightValues.get(training.session(), weight));
  }

  private static Plane plane(Shape shape, float[] values) {
    return Plane.of((int) shape.get(1), (int) shape.get(2), (int) shape.get(3), values);
  }

  private List<Plane> fixed(StageGraph graph) {
    List<Plane> fixed = new ArrayList<>();
    for (int stage = 0; stage <= graph.stage(); stage++) {
      fixed.add(plane(kept("fixed_" + stage)));
    }
    return fixed;
  }

  private List<Plane> noise(StageGraph graph, long step) {
    List<Plane> noise = new ArrayList<>();
    try (TInt64 key = TInt64.scalarOf(step)) {
      for (Operand<TFloat32> map : graph.noise()) {
        try (Result result =
            graph.session().runner().feed(graph.inputs().random().step(), key).fetch(map).run()) {
          noise.add(plane(map.shape(), Tensors.toFloats((TFloat32) result.get(0))));
        }
      }
    }
    return noise;
  }
}
