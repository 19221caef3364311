package tsugiki.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.TFJ_GradFuncAdapter;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.core.IdentityN;
import org.tensorflow.op.core.Snapshot;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeBilinearGrad;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.image.ResizeNearestNeighborGrad;
import org.tensorflow.op.math.ReciprocalGrad;
import org.tensorflow.op.math.RsqrtGrad;
import org.tensorflow.op.math.SigmoidGrad;
import org.tensorflow.op.math.SoftplusGrad;
import org.tensorflow.op.math.SqrtGrad;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.op.nn.AvgPool;
import org.tensorflow.op.nn.AvgPoolGrad;
import org.tensorflow.op.nn.EluGrad;
import org.tensorflow.op.nn.MaxPoolGrad;
import org.tensorflow.op.nn.MaxPoolGradGrad;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradients that TensorFlow's C++ registry lacks and that second derivatives (gradient
 * penalties) through our layers need: those of the operations that first derivatives consist of.
 * All are of float32. {@link ParametricSoftsign}, {@link BilinearSamples} and {@link Replicas#mean}
 * have their own first derivatives here.
 *
 * <p>TensorFlow Java up to 1.1.0 breaks in two ways that shape this class: its own table takes ten
 * gradients and the use of an eleventh ends the process, hence one adapter for all of them,
 * registered through the C function; and a gradient may not be null, hence zeros for the inputs
 * that get none. The graph is locked while gradients are built, so that one which asks for the
 * shape of an operand waits for ever.
 */
final class GradientRegistry {
  private static final Map<String, RawCustomGradient> GRADIENTS =
      Map.ofEntries(
          Map.entry(ReluGrad.OP_NAME, GradientRegistry::relu),
          Map.entry(EluGrad.OP_NAME, GradientRegistry::elu),
          Map.entry(SoftplusGrad.OP_NAME, GradientRegistry::softplus),
          Map.entry(SigmoidGrad.OP_NAME, GradientRegistry::sigmoid),
          Map.entry(TanhGrad.OP_NAME, GradientRegistry::tanh),
          Map.entry(SqrtGrad.OP_NAME, GradientRegistry::sqrt),
          Map.entry(RsqrtGrad.OP_NAME, GradientRegistry::rsqrt),
          Map.entry(ReciprocalGrad.OP_NAME, GradientRegistry::reciprocal),
          Map.entry(IdentityN.OP_NAME, GradientRegistry::identities),
          Map.entry(Replicas.MEAN, GradientRegistry::meanOverReplicas),
          Map.entry(AvgPoolGrad.OP_NAME, GradientRegistry::avgPool),
          Map.entry(MaxPoolGrad.OP_NAME, GradientRegistry::maxPool),
          Map.entry(ResizeNearestNeighborGrad.OP_NAME, GradientRegistry::resizeNearest),
          Map.entry(ResizeBilinearGrad.OP_NAME, GradientRegistry::resizeBilinear));

  /** TensorFlow keeps only a pointer to it, so it must never be collected. */
  private static final TFJ_GradFuncAdapter ADAPTER =
      RawCustomGradient.adapter(
          (tf, op, upstream) -> GRADIENTS.get(op.type()).call(tf, op, upstream));

  static {
    GRADIENTS.keySet().stream()
        .filter(type -> !tensorflow.TFJ_HasGradient(type))
        .forEach(type -> tensorflow.TFJ_RegisterCustomGradient(type, ADAPTER));
  }

  private GradientRegistry() {}

  /** Registers them for the life of the process; calls after the first do nothing. */
  static void install() {
    // The static initialiser has done it once and for all.
  }

  /** ReluGrad(dy, x) = dy where x &gt; 0. */
  private static List<Operand<?>> relu(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> x = input(op, 1);
    return List.of(ReluGrad.create(tf.scope(), seed(upstream), x), tf.zerosLike(x));
  }

  /** EluGrad(dy, y) = dy where y ≥ 0, dy·(y + 1) below. */
  private static List<Operand<?>> elu(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 1);
    Operand<TFloat32> product = tf.math.mul(seed(upstream), input(op, 0));
    Operand<TFloat32> byY =
        tf.select(tf.math.less(y, tf.constant(0f)), product, tf.zerosLike(product));
    return List.of(EluGrad.create(tf.scope(), seed(upstream), y), byY);
  }

  /** SoftplusGrad(dy, x) = dy·σ(x). */
  private static List<Operand<?>> softplus(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> x = input(op, 1);
    Operand<TFloat32> product = tf.math.mul(seed(upstream), input(op, 0));
    return List.of(
        SoftplusGrad.create(tf.scope(), seed(upstream), x),
        SigmoidGrad.create(tf.scope(), tf.math.sigmoid(x), product));
  }

  /** SigmoidGrad(y, dy) = dy·y·(1 − y). */
  private static List<Operand<?>> sigmoid(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> slope = tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(2f), y));
    return List.of(
        tf.math.mul(tf.math.mul(seed(upstream), input(op, 1)), slope),
        SigmoidGrad.create(tf.scope(), y, seed(upstream)));
  }

  /** TanhGrad(y, dy) = dy·(1 − y²). */
  private static List<Operand<?>> tanh(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> product = tf.math.mul(seed(upstream), input(op, 1));
    return List.of(
        tf.math.mul(product, tf.math.mul(tf.constant(-2f), y)),
        TanhGrad.create(tf.scope(), y, seed(upstream)));
  }

  /** SqrtGrad(y, dy) = dy / 2y. */
  private static List<Operand<?>> sqrt(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> bySeed = SqrtGrad.create(tf.scope(), y, seed(upstream));
    return List.of(tf.math.neg(tf.math.div(tf.math.mul(bySeed, input(op, 1)), y)), bySeed);
  }

  /** RsqrtGrad(y, dy) = −dy·y³ / 2. */
  private static List<Operand<?>> rsqrt(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> product = tf.math.mul(seed(upstream), input(op, 1));
    return List.of(
        tf.math.mul(product, tf.math.mul(tf.constant(-1.5f), tf.math.square(y))),
        RsqrtGrad.create(tf.scope(), y, seed(upstream)));
  }

  /** ReciprocalGrad(y, dy) = −dy·y². */
  private static List<Operand<?>> reciprocal(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> product = tf.math.mul(seed(upstream), input(op, 1));
    return List.of(
        tf.math.mul(product, tf.math.mul(tf.constant(-2f), y)),
        ReciprocalGrad.create(tf.scope(), y, seed(upstream)));
  }

  /**
   * IdentityN is what {@link BilinearSamples} and {@link ParametricSoftsign} end in; any other, in
   * whichever graph of the process, is what its name says.
   */
  private static List<Operand<?>> identities(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    if (BilinearSamples.endsIn(op)) {
      return BilinearSamples.gradient(tf, op, seed(upstream));
    }
    if (ParametricSoftsign.endsIn(op)) {
      @SuppressWarnings("unchecked") // Of one type with what it is the gradient of.
      Output<TFloat32> dy = (Output<TFloat32>) upstream.get(0);
      return ParametricSoftsign.gradient(tf, op, dy);
    }
    List<Operand<?>> passed = new ArrayList<>();
    for (int i = 0; i < upstream.size(); i++) {
      // An output that the loss does not depend on has no gradient.
      boolean none = ((GraphOperation) upstream.get(i).op()).getUnsafeNativeHandle() == null;
      passed.add(none ? tf.zerosLike(op.input(i)) : upstream.get(i));
    }
    return passed;
  }

  /** The operation that gives an input. */
  static GraphOperation giver(GraphOperation op, int input) {
    return (GraphOperation) op.input(input).op();
  }

  /** Whether an operation of that type gives an input. */
  static boolean isFrom(GraphOperation op, int input, String type) {
    return giver(op, input).type().equals(type);
  }

  /** The mean over replicas is its own adjoint, as {@link Replicas#mean} says. */
  private static List<Operand<?>> meanOverReplicas(
      Ops tf, GraphOperation op, List<Output<?>> upstream) {
    return List.of(Snapshot.create(tf.scope(), seed(upstream)));
  }

  /** AvgPoolGrad(shape, dy) is linear in dy, and its adjoint is the pooling. */
  private static List<Operand<?>> avgPool(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    AvgPoolGrad.Inputs<TFloat32> in = new AvgPoolGrad.Inputs<>(op);
    Operand<TFloat32> pooled =
        tf.nn.avgPool(
            seed(upstream),
            boxed(in.ksize),
            boxed(in.strides),
            in.padding,
            AvgPool.dataFormat(in.dataFormat));
    return List.of(tf.zerosLike(in.origInputShape), pooled);
  }

  /**
   * MaxPoolGrad(x, y, dy, size, strides) is linear in dy, and its adjoint takes the entries where
   * the maxima were.
   */
  private static List<Operand<?>> maxPool(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    MaxPoolGrad.Inputs<TFloat32> in = new MaxPoolGrad.Inputs<>(op);
    Operand<TFloat32> taken =
        MaxPoolGradGrad.create(
            tf.scope(),
            in.origInput,
            in.origOutput,
            seed(upstream),
            in.ksize,
            in.strides,
            in.padding,
            MaxPoolGradGrad.dataFormat(in.dataFormat));
    return List.of(
        tf.zerosLike(in.origInput),
        tf.zerosLike(in.origOutput),
        taken,
        tf.zerosLike(in.ksize),
        tf.zerosLike(in.strides));
  }

  /** ResizeNearestNeighborGrad(dy, size) is linear in dy, and its adjoint is the resizing. */
  private static List<Operand<?>> resizeNearest(
      Ops tf, GraphOperation op, List<Output<?>> upstream) {
    ResizeNearestNeighborGrad.Inputs<TFloat32> in = new ResizeNearestNeighborGrad.Inputs<>(op);
    Operand<TFloat32> resized =
        tf.image.resizeNearestNeighbor(
            seed(upstream),
            side(tf, in.grads),
            ResizeNearestNeighbor.alignCorners(in.alignCorners),
            ResizeNearestNeighbor.halfPixelCenters(in.halfPixelCenters));
    return List.of(resized, tf.zerosLike(in.sizeOutput));
  }

  /** ResizeBilinearGrad(dy, x) is linear in dy, and its adjoint is the resizing. */
  private static List<Operand<?>> resizeBilinear(
      Ops tf, GraphOperation op, List<Output<?>> upstream) {
    ResizeBilinearGrad.Inputs<TFloat32> in = new ResizeBilinearGrad.Inputs<>(op);
    Operand<TFloat32> resized =
        tf.image.resizeBilinear(
            seed(upstream),
            side(tf, in.grads),
            ResizeBilinear.alignCorners(in.alignCorners),
            ResizeBilinear.halfPixelCenters(in.halfPixelCenters));
    return List.of(resized, tf.zerosLike(in.originalImage));
  }

  /** Height and width of an NHWC map. */
  private static Operand<TInt32> side(Ops tf, Operand<?> map) {
    return tf.slice(tf.shape(map), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
  }

  private static Operand<TFloat32> seed(List<Output<?>> upstream) {
    return upstream.get(0).expect(TFloat32.class);
  }

  private static Operand<TFloat32> input(GraphOperation op, int index) {
    return op.input(index).expect(TFloat32.class);
  }

  private static List<Long> boxed(long[] values) {
    return Shape.of(values).toListOrNull();
  }
}
