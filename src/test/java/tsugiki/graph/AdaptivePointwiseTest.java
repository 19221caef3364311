package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class AdaptivePointwiseTest {
  private static final int IMAGES = 2;
  private static final int CHANNELS = 16;
  private static final int LATENT = 5;

  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Ops tf = GraphScope.ops(graph);
  private final SplittableRandom random = new SplittableRandom(7);
  private final Weights weights = Weights.create(1);

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @Test
  void isTheChannelWiseScaleAndShiftForGroupsOfOne() {
    Operand<TFloat32> x = constant(IMAGES, 3, 4, CHANNELS);
    Operand<TFloat32> scale = constant(IMAGES, CHANNELS, 1, 1);
    Operand<TFloat32> shift = constant(IMAGES, CHANNELS);
    Operand<TFloat32> adapted =
        AdaptivePointwise.apply(tf, new AdaptivePointwise.Mixing(scale, shift), identity(), x);
    Operand<TFloat32> gain = tf.reshape(scale, tf.constant(new long[] {IMAGES, CHANNELS}));
    List<float[]> both = fetch(adapted, new Affine(gain, shift).apply(tf, x));
    assertThat(both.get(0)).containsExactly(both.get(1), Offset.offset(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, CHANNELS})
  void startsAsTheNetworkWithoutIt(int group) {
    Operand<TFloat32> x = constant(IMAGES, 3, 4, CHANNELS);
    Affine affine = new Affine(constant(IMAGES, CHANNELS), constant(IMAGES, CHANNELS));
    Operand<TFloat32> z = constant(IMAGES, LATENT);
    Operand<TFloat32> adapted =
        AdaptivePointwise.apply(
            tf, AdaptivePointwise.mixing(tf, weights, z, CHANNELS, group), affine, x);
    WeightValues.initialise(session, weights);
    List<float[]> both = fetch(adapted, affine.apply(tf, x));
    assertThat(both.get(0)).containsExactly(both.get(1), Offset.offset(1e-6f));
  }

  /** Whatever the tile, each product is the one with the whole block-diagonal matrix. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void givesTheSameForEveryTile(int group) {
    int channels = 24;
    Operand<TFloat32> x = constant(IMAGES, 3, 4, channels);
    Operand<TFloat32> matrices = constant(IMAGES, channels / group, group, group);
    Operand<TFloat32> whole = AdaptivePointwise.product(tf, matrices, x, channels);
    int tiles = 0;
    for (int tile = group; tile < channels; tile += group) {
      if (channels % tile == 0) {
        List<float[]> both = fetch(AdaptivePointwise.product(tf, matrices, x, tile), whole);
        assertThat(both.get(0)).containsExactly(both.get(1), Offset.offset(1e-5f));
        tiles++;
      }
    }
    assertThat(tiles).isGreaterThan(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8, 96, 100, 1536})
  void choosesTheWidestTileOfWholeGroupsThatDividesTheChannels(int group) {
    for (long times = 1; times < 40; times++) {
      long channels = group * times;
      long tile = AdaptivePointwise.tile(channels, group);
      assertThat(channels % tile).isZero();
      assertThat(tile % group).isZero();
      assertThat(tile).isLessThanOrEqualTo(Math.max(group, AdaptivePointwise.TILE));
      for (long wider = tile + group; wider <= AdaptivePointwise.TILE; wider += group) {
        assertThat(channels % wider).isNotZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 0, -2, 32})
  void refusesGroupsThatDoNotDivideTheChannels(int group) {
    Operand<TFloat32> z = constant(IMAGES, LATENT);
    assertThatThrownBy(() -> AdaptivePointwise.mixing(tf, weights, z, CHANNELS, group))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("groups of " + group + " channels do not divide 16 channels");
    assertThat(weights.all()).isEmpty();
  }

  /** Why latent vectors must not start at zero: the kernel would never leave its zeros. */
  @Test
  void passesAGradientToTheKernelOnlyForZOtherThanZero() {
    Trainable trainable = new Trainable(4);
    float[] alive = trainable.kernelGradient(latents());
    float[] dead = trainable.kernelGradient(new float[IMAGES * LATENT]);
    assertThat(dead).containsOnly(0);
    for (float value : alive) {
      assertThat(value).isNotZero();
    }
  }

  @Test
  void learnsAMixingThatDependsOnZ() {
    Trainable trainable = new Trainable(4);
    float[] z = latents();
    float[] atFirst = trainable.matrices(z);
    assertThat(distance(atFirst)).isZero();
    for (int step = 0; step < 5; step++) {
      trainable.step(z);
    }
    assertThat(distance(trainable.matrices(z))).isGreaterThan(1e-3);
  }

  /** How far the matrices of the first image are from those of the second. */
  private static double distance(float[] matrices) {
    double sum = 0;
    for (int i = 0; i < matrices.length / 2; i++) {
      sum += Math.abs(matrices[i] - matrices[i + matrices.length / 2]);
    }
    return sum;
  }

  /** The layer with a loss that asks each image for something else. */
  private final class Trainable {
    private final Placeholder<TFloat32> z =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(IMAGES, LATENT)));
    private final AdaptivePointwise.Mixing mixing;
    private final Operand<TFloat32> kernelGradient;
    private final List<Op> descent = new ArrayList<>();

    Trainable(int group) {
      mixing = AdaptivePointwise.mixing(tf, weights, z, CHANNELS, group);
      Operand<TFloat32> x = constant(IMAGES, 3, 4, CHANNELS);
      Operand<TFloat32> difference =
          tf.math.sub(
              AdaptivePointwise.apply(tf, mixing, identity(), x), constant(IMAGES, 3, 4, CHANNELS));
      Operand<TFloat32> loss =
          tf.math.mean(tf.math.square(difference), tf.constant(new int[] {0, 1, 2, 3}));
      List<Operand<TFloat32>> variables = new ArrayList<>();
      weights.trained().forEach(weight -> variables.add(weight.variable()));
      List<Operand<TFloat32>> gradients = Gradients.of(tf, loss, variables);
      kernelGradient = gradients.get(0);
      for (int i = 0; i < gradients.size(); i++) {
        Operand<TFloat32> change = tf.math.mul(gradients.get(i), tf.constant(1f));
        descent.add(tf.assignSub(weights.trained().get(i).variable(), change));
      }
      WeightValues.initialise(session, weights);
    }

    float[] kernelGradient(float[] latents) {
      return fetch(Map.of(z, latents), kernelGradient).get(0);
    }

    float[] matrices(float[] latents) {
      return fetch(Map.of(z, latents), mixing.matrices()).get(0);
    }

    void step(float[] latents) {
      try (TFloat32 fed = Tensors.floats(z.shape(), latents)) {
        Session.Runner runner = session.runner().feed(z, fed);
        descent.forEach(runner::addTarget);
        runner.run().close();
      }
    }
  }

  private float[] latents() {
    return Values.awayFromZero(random, IMAGES, LATENT).floats();
  }

  private Affine identity() {
    return new Affine(
        tf.fill(tf.constant(new int[] {CHANNELS}), tf.constant(1f)),
        tf.fill(tf.constant(new int[] {CHANNELS}), tf.constant(0f)));
  }

  private Operand<TFloat32> constant(int... shape) {
    return tf.reshape(tf.constant(Values.awayFromZero(random, shape).floats()), tf.constant(shape));
  }

  @SafeVarargs
  private List<float[]> fetch(Operand<TFloat32>... operands) {
    return fetch(Map.of(), operands);
  }

  @SafeVarargs
  private List<float[]> fetch(
      Map<Placeholder<TFloat32>, float[]> feeds, Operand<TFloat32>... operands) {
    Session.Runner runner = session.runner();
    List<TFloat32> fed = new ArrayList<>();
    feeds.forEach(
        (placeholder, values) -> {
          fed.add(Tensors.floats(placeholder.shape(), values));
          runner.feed(placeholder, fed.get(fed.size() - 1));
        });
    for (Operand<TFloat32> operand : operands) {
      runner.fetch(operand);
    }
    List<float[]> values = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < operands.length; i++) {
        values.add(Tensors.toFloats((TFloat32) result.get(i)));
      }
    } finally {
      fed.forEach(TFloat32::close);
    }
    return values;
  }
}
