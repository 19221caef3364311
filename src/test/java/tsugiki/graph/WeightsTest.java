package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

class WeightsTest {
  private static final Shape SHAPE = Shape.of(2, 3);
  private static final Initializer INIT = Initializer.normal(1);

  private final Graph graph = new Graph();
  private final Session session = Sessions.open(graph);
  private final Ops tf = GraphScope.ops(graph);

  @AfterEach
  void close() {
    session.close();
    graph.close();
  }

  @Test
  void theSameNameIsTheSameVariable() {
    Weights weights = Weights.create(1);
    Weights layer = weights.in("network").in("layer");
    assertThat(layer.trained(tf, "kernel", SHAPE, INIT))
        .isSameAs(weights.in("network").in("layer").trained(tf, "kernel", SHAPE, INIT));
    assertThat(weights.all()).extracting(Weight::name).containsExactly("network/layer/kernel");
    assertThat(weights.get("network/layer/kernel")).isSameAs(layer.get("kernel"));
  }

  @Test
  void theSameNameWithAnotherShapeIsRefused() {
    Weights layer = Weights.create(1).in("layer");
    layer.trained(tf, "kernel", SHAPE, INIT);
    assertThatThrownBy(() -> layer.trained(tf, "kernel", Shape.of(3, 2), INIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight layer/kernel has the shape [2, 3], not [3, 2]");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> Weights.create(1).in("layer").get("kernel"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer/kernel");
  }

  @Test
  void onlyWhatBothLayerAndPredicateLetTrainTrains() {
    Weights weights = Weights.create(1, name -> name.startsWith("head/"));
    for (String part : List.of("body", "head")) {
      weights.in(part).trained(tf, "kernel", SHAPE, INIT);
      weights.in(part).untrained(tf, "mean", SHAPE, INIT);
    }
    assertThat(weights.trained()).extracting(Weight::name).containsExactly("head/kernel");
    assertThat(weights.all()).hasSize(4);
    assertThat(weights.in("body").trained()).isEmpty();
    assertThat(weights.in("body").trains("kernel")).isFalse();
    assertThat(weights.in("head").trains("kernel")).isTrue();
  }

  @Test
  void aViewListsWhatLiesBelowIt() {
    Weights weights = Weights.create(1);
    weights.in("a").trained(tf, "kernel", SHAPE, INIT);
    weights.in("ab").trained(tf, "kernel", SHAPE, INIT);
    assertThat(weights.in("a").all()).extracting(Weight::name).containsExactly("a/kernel");
  }

  @Test
  void initialValuesDoNotDependOnTheOrderOfMaking() {
    Map<String, float[]> one = initialValues(1, "a", "b");
    Map<String, float[]> other = initialValues(1, "c", "b", "a");
    assertThat(other.get("a/kernel")).isEqualTo(one.get("a/kernel"));
    assertThat(other.get("b/kernel")).isEqualTo(one.get("b/kernel"));
    assertThat(one.get("a/kernel")).isNotEqualTo(one.get("b/kernel"));
    assertThat(initialValues(2, "a").get("a/kernel")).isNotEqualTo(one.get("a/kernel"));
  }

  private Map<String, float[]> initialValues(long seed, String... layers) {
    Weights weights = Weights.create(seed);
    for (String layer : layers) {
      weights.in(layer).trained(tf, "kernel", SHAPE, INIT);
    }
    WeightValues.initialise(session, weights);
    return WeightValues.get(session, weights.all());
  }

  @Test
  void whatFollowsFromATrainedWeightFollowsIt() {
    Weights weights = Weights.create(1);
    Operand<TFloat32> doubled = derivedDouble(weights);
    set(weights, 1);
    weights.derive(session);
    assertThat(fetch(doubled)).isEqualTo(2);
    set(weights, 5);
    assertThat(fetch(doubled)).isEqualTo(10);
  }

  @Test
  void whatFollowsFromAFrozenWeightIsComputedOnce() {
    Weights weights = Weights.frozen();
    Operand<TFloat32> doubled = derivedDouble(weights);
    set(weights, 1);
    weights.derive(session);
    assertThat(fetch(doubled)).isEqualTo(2);
    set(weights, 5);
    assertThat(fetch(doubled)).isEqualTo(2);
    weights.derive(session);
    assertThat(fetch(doubled)).isEqualTo(10);
    assertThat(weights.all()).extracting(Weight::name).containsExactly("kernel");
  }

  @Test
  void whatFollowsIsBuiltOnce() {
    Weights weights = Weights.create(1);
    assertThat(derivedDouble(weights)).isSameAs(derivedDouble(weights));
  }

  /** A network built plain and under a constraint must not share what follows from its kernels. */
  @Test
  void whatFollowsFromAConstrainedKernelIsAnother() {
    Weights weights = Weights.create(1);
    Operand<TFloat32> x = tf.fill(tf.constant(new int[] {1, 8, 8, 2}), tf.constant(1f));
    Operand<TFloat32> plain = Conv2d.afterDoubling(tf, weights, Kernels.PLAIN, x, 2, INIT);
    Operand<TFloat32> constrained =
        Conv2d.afterDoubling(tf, weights, new SpectralNorm(new PendingUpdates()), x, 2, INIT);
    WeightValues.initialise(session, weights);
    try (Result result = session.runner().fetch(plain).fetch(constrained).run()) {
      assertThat(Tensors.toFloats((TFloat32) result.get(0)))
          .isNotEqualTo(Tensors.toFloats((TFloat32) result.get(1)));
    }
  }

  private Operand<TFloat32> derivedDouble(Weights weights) {
    Operand<TFloat32> kernel = weights.trained(tf, "kernel", Shape.scalar(), INIT);
    return weights.derived(
        tf,
        "kernel",
        kernel,
        "doubled",
        Shape.scalar(),
        value -> tf.math.mul(value, tf.constant(2f)));
  }

  private void set(Weights weights, float value) {
    WeightValues.set(session, weights.get("kernel"), new float[] {value});
  }

  private float fetch(Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      return Tensors.scalar(result.get(0));
    }
  }
}
