package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tsugiki.graph.Weight;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/** What the first steps of a small GAN do to its weights and to the averaged generator, by hand. */
class GanStepByHandTest {
  private static final float GENERATOR_RATE = 1e-3f;
  private static final float DISCRIMINATOR_RATE = 1e-2f;

  private static final GanOptions OPTIONS =
      TinyGan.options(SupervisionOptions.defaults())
          .withDiscriminatorSteps(1)
          .withGeneratorRate(GENERATOR_RATE)
          .withDiscriminatorRate(DISCRIMINATOR_RATE);

  /** Adam's first update is the rate where the gradient is far above its epsilon. */
  @Test
  void everyWeightMovesByTheRateOfItsOwnNetwork() {
    ToyGan toy = new ToyGan(6);
    TrainingLabels one = TrainingLabels.hard(new int[12], List.of("all"));
    try (GanTraining training =
        new GanTraining(OPTIONS, toy, TinyGan.smallImages(), one, toy, Sessions.Settings.cpu())) {
      List<Weight> trained = training.steps().trained();
      Map<String, float[]> before = WeightValues.get(training.session(), trained);
      training.step(0);
      Map<String, float[]> after = WeightValues.get(training.session(), training.state());
      Map<String, Integer> checked = new TreeMap<>();
      for (Weight weight : trained) {
        String name = weight.name();
        String network = name.substring(0, name.indexOf('/'));
        double rate = network.equals("generator") ? GENERATOR_RATE : DISCRIMINATOR_RATE;
        // The decay of the first moments is 0.
        float[] gradient = after.get("adam/m/" + name);
        for (int i = 0; i < gradient.length; i++) {
          if (Math.abs(gradient[i]) > 1e-2) {
            assertThat(after.get(name)[i] - before.get(name)[i])
                .as(name)
                .isCloseTo((float) (-rate * Math.signum(gradient[i])), within((float) rate / 50));
            checked.merge(network, 1, Integer::sum);
          }
        }
      }
      assertThat(checked).containsOnlyKeys("generator", "discriminator");
      assertThat(checked.values()).allMatch(count -> count > 20);
    }
  }

  /**
   * Of the kernels as they are multiplied by, with their spectral norms divided out: those are the
   * average of a second, equal training whose average keeps nothing of the steps before.
   */
  @Test
  void theAveragedGeneratorFollowsTheEffectiveWeightsWithTheDecayOfEachStep() {
    GanOptions options = OPTIONS.withGeneratorRate(1e-2f);
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    try (GanTraining training = TinyGan.smallTraining(options, labels);
        GanTraining equal = TinyGan.smallTraining(options, labels)) {
      Map<String, float[]> expected = averages(training);
      Map<String, float[]> now = expected;
      for (int step = 0; step < 3; step++) {
        training.step(step);
        equal.step(step);
        equal.steps().average(equal.session(), 0);
        now = averages(equal);
        float kept = (1f + step) / (10f + step);
        mix(expected, now, kept);
      }
      Map<String, float[]> found = averages(training);
      assertThat(found).containsKey("generator/block_0/conv_1/kernel").hasSameSizeAs(expected);
      for (Map.Entry<String, float[]> average : expected.entrySet()) {
        String name = average.getKey();
        assertThat(found.get(name))
            .as(name)
            .usingComparatorWithPrecision(1e-6f)
            .containsExactly(average.getValue());
      }
      assertThat(found.get("generator/linear/kernel"))
          .isNotEqualTo(now.get("generator/linear/kernel"));
    }
  }

  /** The averaged weights; standing statistics follow from them and are no averages. */
  private static Map<String, float[]> averages(GanTraining training) {
    Map<String, float[]> values = new TreeMap<>(training.generatorValues());
    values.keySet().removeIf(name -> name.matches(".*/(mean|variance)"));
    return values;
  }

  private static void mix(Map<String, float[]> average, Map<String, float[]> now, float kept) {
    average.forEach(
        (name, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] = kept * values[i] + (1 - kept) * now.get(name)[i];
          }
        });
  }
}
