package tsugiki.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TFloat32;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.features.Features;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;

/**
 * A network without weights whose features are an image's mean colour, so that a test knows them
 * without TensorFlow.
 *
 * @param shares whether they are the shares of red, green and blue, as the probabilities of three
 *     classes, and not their means from 0 to 1
 */
public record MeanColour(boolean shares) implements FrozenNetwork {
  public static final MeanColour MEANS = new MeanColour(false);
  public static final MeanColour SHARES = new MeanColour(true);

  /** The images halved once, twice and three times. */
  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    List<Operand<TFloat32>> maps = new ArrayList<>();
    Operand<TFloat32> map = images;
    for (int i = 0; i < 3; i++) {
      map = Resample.halved(tf, map);
      maps.add(map);
    }
    return maps;
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> means =
        tf.math.div(tf.math.mean(pixels, tf.constant(new int[] {1, 2})), tf.constant(255f));
    return shares
        ? tf.math.div(means, tf.reduceSum(means, tf.constant(1), ReduceSum.keepDims(true)))
        : means;
  }

  /** The same of images in memory, by hand. */
  public Features of(ImageSet images) {
    return of(images.pixels(), images.imageLength());
  }

  /**
   * The same of images behind one another.
   *
   * @param length bytes of an image
   */
  public Features of(byte[] pixels, int length) {
    float[] values = new float[pixels.length / length * 3];
    for (int image = 0; image < pixels.length / length; image++) {
      double[] sums = new double[3];
      for (int i = 0; i < length; i++) {
        sums[i % 3] += Byte.toUnsignedInt(pixels[image * length + i]);
      }
      double all = shares ? DoubleStream.of(sums).sum() : 255.0 * length / 3;
      for (int c = 0; c < 3; c++) {
        values[3 * image + c] = (float) (sums[c] / all);
      }
    }
    return Features.of("by hand", values, 3);
  }

  /** Images of one colour each, of the class "all". */
  public static ImageSet images(int side, int... colours) {
    List<RgbImage> images = new ArrayList<>();
    for (int colour : colours) {
      byte[] rgb = new byte[side * side * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (colour >> 8 * (2 - i % 3));
      }
      images.add(new RgbImage("image-" + images.size(), side, side, rgb));
    }
    return ImageSet.of(images, "all");
  }

  @Override
  public void fill(Session session, Weights weights) {
    // It has none.
  }

  @Override
  public List<String> classNames() {
    return shares ? List.of("red", "green", "blue") : List.of();
  }

  @Override
  public String name() {
    return "mean-colour";
  }

  @Override
  public String protocol() {
    return "the mean colour";
  }
}
