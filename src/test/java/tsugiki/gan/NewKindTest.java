package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Initializer;
import tsugiki.loss.GanLoss;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;

/**
 * A new kind of GAN, {@link ToyGan}, registered in one line: it trains with every loss, resumes, is
 * exported and sampled.
 */
@Tag("slow")
class NewKindTest {
  private static final Offset<Double> CLOSE = within(1e-4);

  @TempDir private Path folder;

  @BeforeAll
  static void register() {
    GanRecipes.register(ToyGan.NAME, ToyGan.class);
  }

  @ParameterizedTest
  @EnumSource(GanLoss.class)
  void itTrainsResumesAndIsServed(GanLoss loss) throws Exception {
    GanRunOptions options = options(loss, 3);
    Path whole = GanRuns.resumed(folder, options, TinyGan.smallImages());

    Map<String, TensorBundle.Entry> state = state(whole);
    assertThat(state).containsKeys("generator/conv/kernel", "discriminator/head/linear/kernel");
    assertThat(state.keySet()).noneMatch(name -> name.contains("embedding"));
    assertThat(Files.readString(whole.resolve("options.json")))
        .contains("\"recipe\" : \"toy\"", "\"channels\" : 6", "\"loss\" : \"" + loss + "\"");
    assertServed(whole.resolve("model"));
    assertThat(ModelMetadata.read(whole.resolve("discriminator")).classNames()).isEmpty();
  }

  private static void assertServed(Path model) {
    assertThat(ModelMetadata.read(model).kind()).isEqualTo(ToyGan.NAME);
    try (LoadedGenerator served = LoadedGenerator.open(model, Sessions.Settings.cpu())) {
      assertThat(served.conditional()).isFalse();
      assertThat(served.latent()).isEqualTo(5);
      byte[] images = served.images(new float[] {1, 0, -1, 2, 0.5f, 0, 1, 1, -2, 0}, new long[0]);
      assertThat(images).hasSize(2 * 8 * 8 * 3);
      assertThat(images).containsAnyOf(new byte[] {0, 1, 2, 3, 100, 127, -128, -100});
    }
  }

  @Test
  void thePenaltyEntersTheDiscriminatorsLossWithItsWeight() {
    Map<String, Double> ten = firstStep(10);
    Map<String, Double> twenty = firstStep(20);
    double penalty = ten.get("gradient_penalty");
    assertThat(penalty).isPositive().isEqualTo(twenty.get("gradient_penalty"));
    double wasserstein = ten.get("score_fake") - ten.get("score_real");
    assertThat(ten.get("loss_d")).isCloseTo(wasserstein + 10 * penalty, CLOSE);
    assertThat(twenty.get("loss_d")).isCloseTo(wasserstein + 20 * penalty, CLOSE);
  }

  private static Map<String, Double> firstStep(float weight) {
    GanOptions options = options(GanLoss.WASSERSTEIN_GP, 1).training().withDiscriminatorSteps(1);
    try (GanTraining training = training(options.withGradientPenalty(weight), new ToyGan(6))) {
      return training.step(0);
    }
  }

  @Test
  void aDiscriminatorThatMixesImagesTakesNoPenalty() {
    DiscriminatorNetwork normalising =
        (tf, layers, images) -> {
          BatchNorm.Settings norm = layers.statistics().settings(1e-4f);
          return List.of(
              rows(tf, BatchNorm.withGain(tf, layers.weights(), norm, images).apply(tf, images)));
        };
    GanOptions hinge = options(GanLoss.HINGE, 1).training();
    try (GanTraining training = training(hinge, normalising)) {
      assertThat(training.step(0)).containsKey("loss_d");
    }
    GanOptions wasserstein = hinge.withLoss(GanLoss.WASSERSTEIN_GP);
    assertThatThrownBy(() -> training(wasserstein, normalising).close())
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "loss wasserstein-gp bounds the slope at each image by itself, and this discriminator normalises over the batch; use another loss");
  }

  @Test
  void aDiscriminatorWithoutSecondDerivativesTakesNoPenalty() {
    DiscriminatorNetwork selu = (tf, layers, images) -> List.of(rows(tf, tf.nn.selu(images)));
    GanOptions wasserstein = options(GanLoss.WASSERSTEIN_GP, 1).training();
    // The slope of a linear head needs the first derivative of what lies before it alone.
    assertThatThrownBy(
            () ->
                training(
                        wasserstein,
                        (tf, layers, images) ->
                            List.of(
                                tf.math.square(
                                    selu.features(
                                            tf, layers, tf.math.mul(images, scale(tf, layers)))
                                        .get(0))))
                    .close())
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("loss wasserstein-gp needs the second derivatives")
        .hasMessageContaining("SeluGrad")
        .hasMessageEndingWith("use another loss");
  }

  private static Operand<TFloat32> scale(Ops tf, Layers layers) {
    return layers.weights().trained(tf, "scale", Shape.scalar(), Initializer.ones());
  }

  private static Operand<TFloat32> rows(Ops tf, Operand<TFloat32> images) {
    return tf.reshape(images, tf.constant(new long[] {-1, 8 * 8 * 3}));
  }

  @Test
  void anUnknownRecipeIsNamed() {
    assertThatThrownBy(() -> GanRecipes.options("stylegan", Map.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("recipe is 'stylegan'; there are biggan");
    assertThatThrownBy(() -> GanRecipes.options(ToyGan.NAME, Map.of("attention", 8)))
        .isInstanceOf(BadInputException.class)
        .hasMessage("recipe toy makes no use of attention; leave it out");
    assertThat(GanRecipes.options(ToyGan.NAME, Map.of("channels", 3))).isEqualTo(new ToyGan(3));
    assertThatThrownBy(() -> GanRecipes.register("biggan", ToyGan.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static GanTraining training(GanOptions options, DiscriminatorNetwork discriminator) {
    ToyGan toy = new ToyGan(6);
    TrainingLabels one =
        TrainingLabels.hard(new int[TinyGan.smallImages().count()], List.of("all"));
    return new GanTraining(
        options, toy, TinyGan.smallImages(), one, discriminator, Sessions.Settings.cpu());
  }

  private static GanRunOptions options(GanLoss loss, long steps) {
    return GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
        .withNetwork(GanRecipes.options(ToyGan.NAME, Map.of()))
        .withWatch(GanWatchOptions.defaults().withIntervals(new Intervals(1, 100, 2)))
        .withTraining(
            GanOptions.defaults()
                .withBatch(4)
                .withSteps(steps)
                .withStandingBatches(2)
                .withLoss(loss)
                .withAdam(new AdamOptions(0.5f, 0.9f, 1e-8f)));
  }

  private static Map<String, TensorBundle.Entry> state(Path run) {
    return TensorBundle.read(run.resolve("checkpoints/step-000003/state"));
  }
}
