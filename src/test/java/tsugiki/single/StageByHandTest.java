package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Tensors;
import tsugiki.single.HandPyramid.Plane;

/** Every stage's losses and gradients against {@link HandPyramid}. */
@Tag("slow")
class StageByHandTest {
  private static final int LAST = 2;
  private static final double TOLERANCE = 2e-4;

  private PyramidTraining training;
  private StageWeights weights;
  private Plane real;

  @ParameterizedTest
  @CsvSource({"GENERATE, false", "RETARGET, false", "GENERATE, true", "RETARGET, true"})
  void lossesAndGradientsOfEveryStageAreThoseOfTheArithmetic(SingleMode mode, boolean batchNorm) {
    SingleOptions tiny = TinySingle.unusual(TinySingle.options(mode));
    SingleOptions options = tiny.withNetwork(tiny.network().withBatchNorm(batchNorm));
    ImagePyramid images = TinySingle.images(options);
    try (PyramidTraining made = new PyramidTraining(options, images, Optional.empty())) {
      training = made;
      weights = new StageWeights(made);
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
    StageTrainingOptions weighed = options.training();

    // The discriminator's, on the image that the last step has left in its variable.
    Map<String, float[]> d = graph.steps().discriminator().trace(session, 5, Map.of());
    Plane fake = weights.kept("fake");
    double share = d.get("share")[0];
    DoubleSupplier lossD =
        () ->
            hand.score(fake)
                - hand.score(real)
                + weighed.gradientPenalty() * hand.penalty(real.mixed(share, fake));
    assertThat(share).isStrictlyBetween(0.0, 1.0);
    assertThat((double) d.get("loss_d")[0]).isCloseTo(lossD.getAsDouble(), within(1e-5));
    assertThat((double) d.get("gradient_penalty")[0])
        .isCloseTo(hand.penalty(real.mixed(share, fake)), within(1e-4));
    weights.gradientsAre(d, "discriminator/", hand.weights(), lossD, 1, TOLERANCE);

    // The generator's, on this step's noise.
    Map<String, float[]> g = graph.steps().generator().trace(session, step, Map.of());
    DoubleSupplier lossG =
        () ->
            weighed.reconstructionWeight() * HandPyramid.squaredError(hand.image(fixed), real)
                - hand.score(hand.image(noise));
    assertThat((double) g.get("adversarial")[0])
        .isCloseTo(-hand.score(hand.image(noise)), within(1e-5));
    assertThat((double) g.get("reconstruction")[0])
        .isCloseTo(HandPyramid.squaredError(hand.image(fixed), real), within(1e-5));
    assertThat((double) g.get("loss_g")[0]).isCloseTo(lossG.getAsDouble(), within(1e-4));
    weights.gradientsAre(g, "generator/", hand.weights(), lossG, 1, TOLERANCE);
  }

  private HandPyramid hand(SingleOptions options) {
    int layers = options.network().layers();
    return new HandPyramid(
        weights.values(),
        TinySingle.CHANNELS,
        layers,
        options.mode() == SingleMode.GENERATE ? layers : 0,
        TinySingle.SLOPE);
  }

  private List<Plane> fixed(StageGraph graph) {
    List<Plane> fixed = new ArrayList<>();
    for (int stage = 0; stage <= graph.stage(); stage++) {
      fixed.add(weights.kept("fixed_" + stage));
    }
    return fixed;
  }

  private List<Plane> noise(StageGraph graph, long step) {
    List<Plane> noise = new ArrayList<>();
    try (TInt64 key = TInt64.scalarOf(step)) {
      for (Operand<TFloat32> map : graph.noise()) {
        try (Result result =
            graph.session().runner().feed(graph.inputs().random().step(), key).fetch(map).run()) {
          noise.add(StageWeights.plane(map.shape(), Tensors.toFloats((TFloat32) result.get(0))));
        }
      }
    }
    return noise;
  }
}
