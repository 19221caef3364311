package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Session;
import tsugiki.base.SameBits;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.single.HandPyramid.Plane;
import tsugiki.train.Step;

/** What a step does to both networks, and what a stage takes over from the one before. */
@Tag("slow")
class StageUpdatesTest {
  private static final int STEPS = 5;
  private static final SingleOptions OPTIONS = options(TinySingle.options(SingleMode.GENERATE));
  private static final int UPDATES = OPTIONS.training().generatorUpdates();
  private static final int OF_DISCRIMINATOR = OPTIONS.training().discriminatorSteps();
  private static final double RATE = 0.01;

  /** Adam's moments of the weights, by name. */
  private final Map<String, double[]> first = new HashMap<>();

  private final Map<String, double[]> second = new HashMap<>();

  private static SingleOptions options(SingleOptions tiny) {
    SingleOptions unusual = TinySingle.unusual(tiny);
    return unusual.withTraining(unusual.training().withSteps(STEPS));
  }

  /**
   * The discriminator's updates have a gradient each, the generator's have one gradient by
   * ConSinGAN, as the authors' optimiser steps after one backward pass, and a gradient each by
   * SinGAN. The rate is a tenth of itself in the last fifth of a stage.
   */
  @ParameterizedTest
  @EnumSource
  void aStepUpdatesBothNetworksSoManyTimesByAdam(SingleMethod method) {
    boolean own = method == SingleMethod.SINGAN;
    SingleOptions options = own ? options(TinySingle.sinGan()) : OPTIONS;
    int runs = own ? UPDATES : 1;
    try (PyramidTraining whole = TinySingle.training(options);
        PyramidTraining parts = TinySingle.training(options)) {
      for (long step = 0; step < STEPS; step++) {
        double rate = step < 4 ? RATE : RATE / 10;
        whole.step(step);
        StageGraph graph = parts.current();
        graph.images().begin(parts.session(), step, Map.of());
        for (long k = step * OF_DISCRIMINATOR; k < (step + 1) * OF_DISCRIMINATOR; k++) {
          graph.images().ready(parts.session(), k);
          moveByAdam(graph, graph.steps().discriminator(), "discriminator/", k, 1, rate);
        }
        for (long k = step * runs; k < (step + 1) * runs; k++) {
          moveByAdam(graph, graph.steps().generator(), "generator/", k, UPDATES / runs, rate);
        }
        assertThat(values(graph, ""))
            .usingRecursiveComparison(SameBits.comparison())
            .isEqualTo(values(whole.current(), ""));
      }
    }
  }

  /**
   * Carries out a step and compares its weights with Adam's by hand.
   *
   * @param number of the step, from 0
   * @param updates how many it makes by its gradient
   */
  private void moveByAdam(
      StageGraph graph, Step network, String path, long number, int updates, double rate) {
    Session session = graph.session();
    Map<String, float[]> before = values(graph, path);
    Map<String, float[]> traced = network.trace(session, number, Map.of());
    network.run(session, number, Map.of());
    Map<String, float[]> after = values(graph, path);
    assertThat(before).isNotEmpty();
    before.forEach(
        (name, old) -> {
          float[] gradient = traced.get("gradient/" + name);
          double[] m = first.computeIfAbsent(name, any -> new double[old.length]);
          double[] v = second.computeIfAbsent(name, any -> new double[old.length]);
          for (int i = 0; i < old.length; i++) {
            double expected = old[i];
            for (long count = number * updates + 1; count <= (number + 1) * updates; count++) {
              m[i] = 0.5 * m[i] + 0.5 * gradient[i];
              v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
              double scale =
                  rate * Math.sqrt(1 - Math.pow(0.999, count)) / (1 - Math.pow(0.5, count));
              expected -= scale * m[i] / (Math.sqrt(v[i]) + 1e-8);
            }
            assertThat((double) after.get(name)[i])
                .as("%s after step %d", name, number)
                .isCloseTo(expected, within(updates * 2e-6));
          }
        });
  }

  @Test
  void theDiscriminatorOfAStageBeginsAsThatOfTheStageBefore() {
    try (PyramidTraining training = TinySingle.training(OPTIONS)) {
      Map<String, float[]> untrained = discriminator(training);
      train(training, STEPS);
      Map<String, float[]> before = discriminator(training);
      training.step(STEPS);
      Map<String, float[]> after = discriminator(training);
      // Adam's first updates move a weight by the rate at most, or little more.
      assertThat(distance(before, after)).isLessThan(1.1 * OF_DISCRIMINATOR * RATE);
      assertThat(distance(untrained, after)).isGreaterThan(1.5 * OF_DISCRIMINATOR * RATE);
    }
  }

  /** A share of the error of the stages below, enlarged by the new body and without noise. */
  @Test
  void theAmplitudeIsThatOfTheArithmetic() {
    ImagePyramid images = TinySingle.images(OPTIONS);
    try (PyramidTraining training = TinySingle.training(OPTIONS)) {
      train(training, STEPS);
      Map<String, double[]> weights = new HashMap<>();
      training
          .current()
          .learned()
          .forEach(
              (name, values) -> {
                weights.put(name, Doubles.toArray(Floats.asList(values)));
                weights.put(
                    name.replace("/body_0/", "/body_1/"), Doubles.toArray(Floats.asList(values)));
              });
      weights.put("noise/amplitude_1", new double[] {0});
      HandPyramid hand =
          new HandPyramid(weights, TinySingle.CHANNELS, layers(), layers(), TinySingle.SLOPE);
      var small = images.sizes().of(0);
      var large = images.sizes().of(1);
      Plane drawn =
          hand.image(
              List.of(
                  Plane.of(small.height(), small.width(), 3, images.floats(0)),
                  Plane.zeros(
                      large.height() + 2 * layers(),
                      large.width() + 2 * layers(),
                      TinySingle.CHANNELS)));
      Plane real = Plane.of(large.height(), large.width(), 3, images.floats(1));
      double error = Math.sqrt(HandPyramid.squaredError(drawn, real));
      training.step(STEPS);
      assertThat((double) training.current().learned().get("noise/amplitude_1")[0])
          .isCloseTo(OPTIONS.training().noiseAmplitude() * error, within(1e-5));
    }
  }

  private static int layers() {
    return OPTIONS.network().layers();
  }

  private static void train(PyramidTraining training, int steps) {
    for (long step = 0; step < steps; step++) {
      training.step(step);
    }
  }

  private static double distance(Map<String, float[]> one, Map<String, float[]> other) {
    double most = 0;
    for (Map.Entry<String, float[]> entry : one.entrySet()) {
      for (int i = 0; i < entry.getValue().length; i++) {
        most = Math.max(most, Math.abs(entry.getValue()[i] - other.get(entry.getKey())[i]));
      }
    }
    return most;
  }

  private static Map<String, float[]> discriminator(PyramidTraining training) {
    return values(training.current(), "discriminator/");
  }

  private static Map<String, float[]> values(StageGraph graph, String path) {
    List<Weight> weights =
        graph.weights().trained().stream()
            .filter(weight -> weight.name().startsWith(path))
            .toList();
    return WeightValues.get(graph.session(), weights);
  }
}
