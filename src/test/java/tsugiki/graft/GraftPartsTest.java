package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tsugiki.runtime.WeightValues;

/** A graft whose steps have two parts of two images, and one whose batch is four. */
class GraftPartsTest {
  private static GraftTraining graft(int batch, int parts) {
    GraftOptions options = TinyRootstock.options(GraftMethod.POINT_WISE, 4);
    return new GraftTraining(
        options
            // Without what is drawn for each part anew.
            .withLearning(options.learning().withBatch(batch).withAccumulate(parts).withNoise(0))
            .withLoss(options.loss().withPriorWeight(0)),
        TinyRootstock.make(),
        TinyRootstock.images(4),
        new TinyNetwork());
  }

  /** Adam's first moments after some steps: mean gradients, by weight. */
  private static Map<String, float[]> moments(GraftTraining graft, long steps) {
    graft.begin();
    for (long step = 0; step < steps; step++) {
      graft.step(step);
    }
    Map<String, float[]> moments =
        new LinkedHashMap<>(WeightValues.get(graft.session(), graft.state()));
    moments.keySet().removeIf(name -> !name.startsWith("adam/m/"));
    return moments;
  }

  @Test
  void itsGradientsAreThoseOfTheLargeBatch() {
    try (GraftTraining whole = graft(4, 1);
        GraftTraining parts = graft(2, 2)) {
      // The weights of the perceptual terms follow the first images.
      WeightValues.set(
          parts.session(),
          parts.termWeights(),
          WeightValues.get(whole.session(), whole.termWeights()));
      Map<String, float[]> expected = moments(whole, 1);
      Map<String, float[]> found = moments(parts, 1);
      assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(10);
      expected.forEach(
          (name, values) -> {
            double largest = 0;
            for (float value : values) {
              largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < values.length; i++) {
              assertThat((double) found.get(name)[i])
                  .as(name)
                  .isCloseTo(values[i], within(1e-5 * largest + 1e-9));
            }
          });
    }
  }
}
