package tsugiki.labels;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Pixels;
import tsugiki.graph.Rotation;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.FeatureNetwork;

/** Measures a feature network on held-out images: its classes, and all four turns of each image. */
public final class FeatureEvaluation {
  private static final int CHUNK = 100;

  /**
   * Shares of right answers.
   *
   * @param classes of the upright images
   * @param turns of all images at all four angles
   */
  public record Accuracy(double classes, double turns) {}

  private final int imageLength;
  private final int side;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Operand<TFloat32> classes;
  private final Operand<TFloat32> turns;

  /**
   * Builds its part of the graph.
   *
   * @param weights the network's, which this shares
   */
  FeatureEvaluation(Ops tf, FeatureOptions options, Weights weights) {
    side = options.side();
    imageLength = side * side * 3;
    images =
        tf.withName("images")
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
    labels = tf.withName("labels").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
    FeatureNetwork net =
        new FeatureNetwork(
            options.architecture(), weights, BatchNorm.Settings.stored(FeatureNetwork.EPSILON));
    Operand<TFloat32> upright = Pixels.toFloats(tf, images);
    classes =
        CrossEntropy.accuracy(
            tf,
            net.classLogits(tf, net.apply(tf.withSubScope("Upright"), upright).pooled()),
            labels);
    turns = turns(tf, net, upright);
  }

  private static Operand<TFloat32> turns(Ops tf, FeatureNetwork net, Operand<TFloat32> upright) {
    Operand<TFloat32> shares = tf.constant(0f);
    for (int quarters = 0; quarters < Rotation.TURNS; quarters++) {
      Operand<TFloat32> turned = Rotation.turned(tf, upright, quarters);
      Operand<TFloat32> pooled = net.apply(tf.withSubScope("Turned" + quarters), turned).pooled();
      Operand<TFloat32> share =
          CrossEntropy.accuracy(tf, net.turnLogits(tf, pooled), tf.constant(new long[] {quarters}));
      shares = tf.math.add(shares, share);
    }
    return tf.math.div(shares, tf.constant((float) Rotation.TURNS));
  }

  Accuracy accuracy(Session session, byte[] pixels, long[] wanted) {
    double classesRight = 0;
    double turnsRight = 0;
    for (int from = 0; from < wanted.length; from += CHUNK) {
      int to = Math.min(wanted.length, from + CHUNK);
      byte[] part = Arrays.copyOfRange(pixels, from * imageLength, to * imageLength);
      try (TUint8 batch = Tensors.bytes(Shape.of(to - from, side, side, 3), part);
          TInt64 batchLabels = Tensors.longs(Arrays.copyOfRange(wanted, from, to));
          Result result =
              session
                  .runner()
                  .feed(images, batch)
                  .feed(labels, batchLabels)
                  .fetch(classes)
                  .fetch(turns)
                  .run()) {
        classesRight += (to - from) * (double) Tensors.scalar(result.get(0));
        turnsRight += (to - from) * (double) Tensors.scalar(result.get(1));
      }
    }
    return new Accuracy(classesRight / wanted.length, turnsRight / wanted.length);
  }
}
