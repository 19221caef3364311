package tsugiki.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Resample;

/**
 * The published trainings of {@link InceptionV3}. They differ in more than their weights, and a
 * figure from one is no figure from another.
 */
public enum InceptionVariant {
  /**
   * The frozen graph of 2015-12-05, on which the published Inception Scores and Fréchet distances
   * rest: means that leave the padding out, a maximum in the last block, 1,008 outputs, input (x −
   * 128) / 128. Salimans et al. 2016 multiply the pooled features by the weights of its softmax and
   * leave its bias out; so do the scores after them, and so does this.
   */
  FROZEN_2015(1008, false, true, false),
  /**
   * {@code keras.applications.InceptionV3}: means that leave the padding out, in the last block
   * too, 1,000 classes, input x / 127.5 − 1.
   */
  KERAS(1000, false, false, true),
  /**
   * {@code torchvision.models.inception_v3}: means that count the padding as zeros, in the last
   * block too, 1,000 classes, input x / 127.5 − 1 (what its {@code transform_input} turns
   * ImageNet's normalisation into).
   */
  TORCHVISION(1000, true, false, true);

  private static final float CENTRE_2015 = 128;
  private static final float CENTRE = 127.5f;

  private final int classes;
  private final boolean countsPadding;
  private final boolean endsWithMaximum;
  private final boolean biasedLogits;

  InceptionVariant(
      int classes, boolean countsPadding, boolean endsWithMaximum, boolean biasedLogits) {
    this.classes = classes;
    this.countsPadding = countsPadding;
    this.endsWithMaximum = endsWithMaximum;
    this.biasedLogits = biasedLogits;
  }

  /** The number of logits. */
  public int classes() {
    return classes;
  }

  /** Whether its logits have a bias. */
  public boolean biasedLogits() {
    return biasedLogits;
  }

  /** Whether the zeros around a map count in the means of 3×3 pixels. */
  boolean countsPadding() {
    return countsPadding;
  }

  /** Whether the last block has a maximum where all others have a mean. */
  boolean endsWithMaximum() {
    return endsWithMaximum;
  }

  /**
   * The network's input at the images' own size.
   *
   * @param pixels [N, H, W, 3], RGB from 0 to 255
   * @return [N, H, W, 3] about from −1 to 1
   */
  public Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> pixels) {
    float centre = this == FROZEN_2015 ? CENTRE_2015 : CENTRE;
    return tf.math.mul(tf.math.sub(pixels, tf.constant(centre)), tf.constant(1 / centre));
  }

  /**
   * The network's input from images in the range of this program's graphs.
   *
   * @param images [N, H, W, 3] in [−1, 1]
   */
  public Operand<TFloat32> fromUnit(Ops tf, Operand<TFloat32> images) {
    if (this != FROZEN_2015) {
      return images;
    }
    // [−1, 1] is (x − 127.5) / 127.5, and the network wants (x − 128) / 128.
    return tf.math.sub(
        tf.math.mul(images, tf.constant(CENTRE / CENTRE_2015)),
        tf.constant((CENTRE_2015 - CENTRE) / CENTRE_2015));
  }

  /**
   * The network's input at {@link InceptionV3#SIDE} pixels. That of 2015 resizes as its graph does,
   * by TensorFlow 1's bilinear rule (pixel corners, no alignment of the last pixels, no
   * antialiasing); the others bilinearly with half-pixel centres, without antialiasing.
   *
   * @param pixels [N, H, W, 3], RGB from 0 to 255
   * @return [N, 299, 299, 3]
   */
  public Operand<TFloat32> resized(Ops tf, Operand<TFloat32> pixels) {
    int side = InceptionV3.SIDE;
    Operand<TFloat32> x =
        this == FROZEN_2015
            ? tf.image.resizeBilinear(pixels, tf.constant(new int[] {side, side}))
            : Resample.bilinear(tf, pixels, side, side);
    return scaled(tf, x);
  }
}
