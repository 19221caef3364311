package tsugiki.single;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weight;
import tsugiki.model.PyramidNetwork;
import tsugiki.model.SinGanGenerator;

/**
 * What SinGAN's generators draw while a stage learns. Those below it stand, so that their images
 * are drawn once and kept: the reconstruction for the whole stage, a random one for each step of
 * the discriminator. A step's noise of the stage itself is one for all its updates.
 */
final class StackedImages implements StageImages {
  private static final String BELOW = "below";
  private static final String BELOW_FIXED = "below_fixed";

  private final SinGan method;
  private final StageScope scope;
  private final PendingUpdates statistics = new PendingUpdates();
  private final Operand<TFloat32> random;
  private final Assign<TFloat32> noise;
  private final Assign<TFloat32> draw;
  private final Operand<TFloat32> both;
  private final Operand<TFloat32> error;

  StackedImages(SinGan method, StageScope scope) {
    this.method = method;
    this.scope = scope;
    Ops tf = scope.tf();
    Ops maps = tf.withSubScope("Noise");
    int stage = scope.stage();
    Shape shape = scope.noise(method, stage);
    for (int below = 0; below <= stage; below++) {
      scope.amplitude(maps, below);
    }
    Variable<TFloat32> fixed = scope.kept(maps, "fixed_0", scope.noise(method, 0));
    Variable<TFloat32> own = scope.kept(maps, "own", shape);
    random = scope.inputs().random().normal(maps, "noise " + stage, shape);
    noise = maps.assign(own, random);
    SinGanGenerator drawing = method.training(scope.generator(), stage);
    SinGanGenerator trained = method.training(scope.generator(), stage, statistics);
    Ops drawn = tf.withSubScope("Drawing");
    Ops generator = tf.withSubScope("Generator");
    if (stage == 0) {
      draw = drawn.assign(scope.fake(), drawing.first(drawn, own));
      both = trained.first(generator, generator.concat(List.of(own, fixed), generator.constant(0)));
      error = null;
    } else {
      Shape image = Shape.of(1, shape.get(1), shape.get(2), PyramidNetwork.IMAGE_CHANNELS);
      Variable<TFloat32> below = scope.kept(maps, BELOW, image);
      Variable<TFloat32> belowFixed = scope.kept(maps, BELOW_FIXED, image);
      Operand<TFloat32> amplitude = scope.amplitude(maps, stage);
      Ops lower = tf.withSubScope("Below");
      Operand<TFloat32> first =
          scope.inputs().random().normal(maps, "noise 0", scope.noise(method, 0));
      Operand<TFloat32> now = lower.assign(below, below(lower, drawing, first, true));
      Ops detail = drawn.withSubScope("Stage" + stage);
      draw = drawn.assign(scope.fake(), drawing.detailed(detail, stage, now, own, amplitude));
      both =
          trained.detailed(
              generator.withSubScope("Stage" + stage),
              stage,
              generator.concat(List.of(below, belowFixed), generator.constant(0)),
              generator.concat(List.of(own, zeros(generator, shape)), generator.constant(0)),
              amplitude);
      Ops fixing = tf.withSubScope("BelowFixed");
      Operand<TFloat32> left =
          fixing.math.sub(
              fixing.assign(belowFixed, below(fixing, drawing, fixed, false)), scope.real());
      error = Reduce.mean(fixing, fixing.math.square(left));
    }
  }

  /** The image of the stages below in the size of this one. */
  private Operand<TFloat32> below(
      Ops tf, SinGanGenerator generator, Operand<TFloat32> first, boolean noisy) {
    Operand<TFloat32> image = generator.first(tf, first);
    for (int below = 1; below < scope.stage(); below++) {
      Shape shape = scope.noise(method, below);
      Operand<TFloat32> noise =
          noisy ? scope.inputs().random().normal(tf, "noise " + below, shape) : zeros(tf, shape);
      image = generator.next(tf, below, image, noise, scope.amplitude(tf, below));
    }
    return generator.enlarged(tf, image, scope.fake());
  }

  private static Operand<TFloat32> zeros(Ops tf, Shape shape) {
    return tf.fill(tf.constant(shape), tf.constant(0f));
  }

  @Override
  public Operand<TFloat32> both() {
    return both;
  }

  @Override
  public List<Operand<TFloat32>> noise() {
    return List.of(random);
  }

  @Override
  public PendingUpdates statistics() {
    return statistics;
  }

  @Override
  public List<Weight> state() {
    return scope.stage() == 0
        ? List.of()
        : List.of(scope.weights().in(StageGraph.NOISE).get(BELOW_FIXED));
  }

  @Override
  public void begin(Session session, long step, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    run(session, step, noise);
  }

  @Override
  public void ready(Session session, long number) {
    run(session, number, draw);
  }

  private void run(Session session, long number, Assign<TFloat32> node) {
    try (TInt64 key = TInt64.scalarOf(number)) {
      session.runner().feed(scope.inputs().random().step(), key).addTarget(node).run().close();
    }
  }

  @Override
  public float settle(
      Session session, StageSteps steps, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    try (Result result = session.runner().fetch(error).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }
}
