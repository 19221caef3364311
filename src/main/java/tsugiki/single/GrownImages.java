package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weight;
import tsugiki.model.PyramidGenerator;

/**
 * What ConSinGAN's generator draws while a stage learns: all stages in one pass, for several of
 * them are trained. One random image serves all steps of the discriminator.
 */
final class GrownImages implements StageImages {
  private final StageScope scope;
  private final List<Operand<TFloat32>> random = new ArrayList<>();
  private final Assign<TFloat32> draw;
  private final Operand<TFloat32> both;

  GrownImages(ConSinGan method, StageScope scope) {
    this.scope = scope;
    Ops tf = scope.tf();
    List<Operand<TFloat32>> amplitudes = new ArrayList<>();
    List<Operand<TFloat32>> pairs = new ArrayList<>();
    Ops maps = tf.withSubScope("Noise");
    for (int below = 0; below <= scope.stage(); below++) {
      Shape shape = scope.noise(method, below);
      amplitudes.add(scope.amplitude(maps, below));
      random.add(noise(maps, below, shape));
      Operand<TFloat32> fixed = scope.kept(maps, "fixed_" + below, shape);
      pairs.add(maps.concat(List.of(random.get(below), fixed), maps.constant(0)));
    }
    PyramidGenerator generator = method.network(scope.generator());
    Ops drawing = tf.withSubScope("Drawing");
    draw = drawing.assign(scope.fake(), generator.apply(drawing, random, amplitudes));
    both = generator.apply(tf.withSubScope("Generator"), pairs, amplitudes);
  }

  private Operand<TFloat32> noise(Ops maps, int below, Shape shape) {
    return below == 0 && scope.first().isPresent()
        ? scope.first().get()
        : scope.inputs().random().normal(maps, "noise " + below, shape);
  }

  @Override
  public Operand<TFloat32> both() {
    return both;
  }

  @Override
  public List<Operand<TFloat32>> noise() {
    return random;
  }

  @Override
  public PendingUpdates statistics() {
    return new PendingUpdates();
  }

  @Override
  public List<Weight> state() {
    return List.of();
  }

  @Override
  public void begin(Session session, long step, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    try (TInt64 key = TInt64.scalarOf(step)) {
      Session.Runner drawing =
          session.runner().feed(scope.inputs().random().step(), key).addTarget(draw);
      feeds.forEach(drawing::feed);
      drawing.run().close();
    }
  }

  @Override
  public void ready(Session session, long number) {
    // The image of the step is there.
  }

  /** {@inheritDoc} The new body takes part in it, as in the authors' code. */
  @Override
  public float settle(
      Session session, StageSteps steps, Map<? extends Operand<?>, ? extends Tensor> feeds) {
    return steps.reconstructionError(session, feeds);
  }
}
