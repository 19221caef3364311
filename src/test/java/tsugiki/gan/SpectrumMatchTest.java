package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Gradients;
import tsugiki.graph.GraphScope;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.loss.SpectrumByHand;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Updates;

/**
 * Against sums over all pixels, in two steps: the spectrum, the term as a function of the moving
 * means, and its gradient by a pixel.
 */
class SpectrumMatchTest {
  private static final int SIDE = 6;
  private static final int COLUMNS = 4;
  private static final int IMAGES = 2;
  private static final int CHANNELS = 3;
  private static final int PIXELS = IMAGES * SIDE * SIDE * CHANNELS;

  @Test
  void theTermComparesTheMovingMeansOfPowersAndItsGradientIsThatByTheBatch() {
    double[] meanOfReal = new double[SIDE * COLUMNS];
    double[] meanOfFake = new double[SIDE * COLUMNS];
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0);
      Placeholder<TFloat32> real = images(tf);
      Placeholder<TFloat32> fake = images(tf);
      PendingUpdates updates = new PendingUpdates();
      SpectrumMatch match = new SpectrumMatch(tf, weights, SIDE, 1);
      match.follow(tf, real, fake, updates);
      NoOp step = Updates.apply(tf, List.of(), updates, after -> List.of());
      Operand<TFloat32> term = match.term(tf, fake);
      Operand<TFloat32> gradient = Gradients.of(tf, term, List.of(fake)).get(0);
      WeightValues.initialise(session, weights);
      for (int i = 0; i < 2; i++) {
        float[] ofReal = noise(2 * i, 0.4);
        float[] ofFake = noise(2 * i + 1, 0.9);
        double kept = (i + 1.0) / (i + 10.0);
        follow(meanOfReal, kept, power(ofReal));
        follow(meanOfFake, kept, power(ofFake));
        try (TFloat32 reals = Tensors.floats(real.shape(), ofReal);
            TFloat32 fakes = Tensors.floats(fake.shape(), ofFake)) {
          session.runner().feed(real, reals).feed(fake, fakes).addTarget(step).run().close();
          try (Result result =
              session.runner().feed(fake, fakes).fetch(term).fetch(gradient).run()) {
            assertThat((double) Tensors.scalar(result.get(0)))
                .isCloseTo(value(meanOfReal, meanOfFake), within(1e-5));
            assertThat(Tensors.toFloats((TFloat32) result.get(1)))
                .containsExactly(gradient(meanOfReal, meanOfFake, ofFake), Offset.offset(1e-5f));
          }
        }
      }
    }
  }

  @Test
  void aTrainingMeasuresItAndMovesTheGeneratorAlone() {
    GanOptions plain = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels labels = TrainingLabels.of(TinyGan.smallImages());
    RecordedStep without = new RecordedStep(plain, labels);
    RecordedStep with =
        new RecordedStep(
            plain.withAugmentation(AugmentationOptions.defaults().withSpectrum(2)), labels);
    assertThat(with.measured("spectrum")).isPositive();
    assertThat(with.measured("loss_g") - without.measured("loss_g"))
        .isCloseTo(2 * with.measured("spectrum"), within(1e-5));
    assertThat(with.measured("loss_d")).isEqualTo(without.measured("loss_d"));
    String ofDiscriminator = "discriminator/head/linear/kernel";
    assertThat(with.gradient(ofDiscriminator)).isEqualTo(without.gradient(ofDiscriminator));
    String ofGenerator = "generator/linear/kernel";
    assertThat(with.gradient(ofGenerator)).isNotEqualTo(without.gradient(ofGenerator));
  }

  private static Placeholder<TFloat32> images(Ops tf) {
    return tf.placeholder(
        TFloat32.class, Placeholder.shape(Shape.of(IMAGES, SIDE, SIDE, CHANNELS)));
  }

  private static float[] noise(long seed, double deviation) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (float) (deviation * (2 * random.nextDouble() - 1));
    }
    return pixels;
  }

  private static void follow(double[] mean, double kept, double[] now) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] = kept * mean[i] + (1 - kept) * now[i];
    }
  }

  private static double value(double[] real, double[] fake) {
    double sum = 0;
    for (int i = 0; i < real.length; i++) {
      sum += Math.pow(Math.log((fake[i] + 1e-4) / (real[i] + 1e-4)), 2);
    }
    return sum / 2 / real.length;
  }

  /** By central differences of the power, each frequency pulled by its excess over its mean. */
  private static float[] gradient(double[] real, double[] fake, float[] pixels) {
    float[] gradient = new float[PIXELS];
    float h = 1f / 64;
    for (int i = 0; i < PIXELS; i++) {
      float[] moved = pixels.clone();
      moved[i] += h;
      double[] up = power(moved);
      moved[i] -= 2 * h;
      double[] down = power(moved);
      double sum = 0;
      for (int k = 0; k < real.length; k++) {
        double excess = Math.log((fake[k] + 1e-4) / (real[k] + 1e-4));
        sum += (up[k] - down[k]) / (2 * h) * excess / (fake[k] + 1e-4);
      }
      gradient[i] = (float) (sum / real.length);
    }
    return gradient;
  }

  private static double[] power(float[] pixels) {
    return SpectrumByHand.power(i -> pixels[i], IMAGES, SIDE, CHANNELS);
  }
}
