package tsugiki.model;

import java.util.EnumMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * Inception v3 (Szegedy et al. 2015) as in the frozen graph of 2015-12-05, on which the published
 * Inception Scores and Fréchet distances rest, or with the peculiarities of another {@link
 * InceptionVariant}. The batch normalisation is folded into the convolutions, so that a layer is
 * convolution, bias, ReLU.
 *
 * <p>Weights have the graph's names, such as {@code mixed_3/tower/conv_1/kernel} [height, width,
 * in, out] and {@code …/bias} [out], and {@code softmax/kernel} [2048, classes].
 *
 * @param weights where they are; only those up to the last requested tap are made
 * @param variant its poolings, and the form of its logits
 */
public record InceptionV3(Weights weights, InceptionVariant variant) {
  /** The side in pixels that scores are computed at. */
  public static final int SIDE = 299;

  /** Places in the network, in its order; the number is the map's channels. */
  public enum Tap {
    /** After the first maximum pool {@code pool}: 73×73 at 299 pixels. */
    POOL_64(64, 11),
    /** Before the second maximum pool, after {@code conv_4}: 71×71. */
    CONV_192(192, 19),
    /** After the second maximum pool {@code pool_1}: 35×35. */
    POOL_192(192, 27),
    /** After {@code mixed_2}, the last block at 35×35. */
    MIXED_288(288, 27),
    /** After {@code mixed_7}, the last block at 17×17. */
    MIXED_768(768, 43),
    /** After {@code mixed_8}, the first block at 8×8. */
    MIXED_1280(1280, 75),
    /** After {@code mixed_10}; its mean over the pixels is {@code pool_3}. */
    MIXED_2048(2048, 75);

    private final int channels;
    private final int smallestSide;

    Tap(int channels, int smallestSide) {
      this.channels = channels;
      this.smallestSide = smallestSide;
    }

    /** The channels of its map. */
    public int channels() {
      return channels;
    }

    /** The smallest side of an image that leaves this map a pixel. */
    public int smallestSide() {
      return smallestSide;
    }
  }

  /** The network of 2015-12-05. */
  public InceptionV3(Weights weights) {
    this(weights, InceptionVariant.FROZEN_2015);
  }

  /**
   * A map's mean over its pixels, the features of which scores are made.
   *
   * @param map [N, H, W, C]
   * @return [N, C]
   */
  public static Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> map) {
    return tf.math.mean(map, tf.constant(new int[] {1, 2}));
  }

  /**
   * The classes' logits. Those of 2015 are the product alone, without the bias that the file has:
   * by their softmax the Inception Score is defined.
   *
   * @param pooled the mean over {@link Tap#MIXED_2048} [N, 2048]
   * @return [N, classes]
   */
  public Operand<TFloat32> logits(Ops tf, Operand<TFloat32> pooled) {
    Ops place = tf.withSubScope("softmax");
    Weights softmax = weights.in("softmax");
    Initializer init = Initializer.glorot();
    return variant.biasedLogits()
        ? Dense.apply(place, softmax, Kernels.PLAIN, pooled, variant.classes(), init)
        : Dense.withoutBias(place, softmax, Kernels.PLAIN, pooled, variant.classes(), init);
  }

  /**
   * The maps up to a tap. Nothing after it is built.
   *
   * @param images [N, H, W, 3] in [−1, 1], H and W at least {@link Tap#smallestSide} where they are
   *     known; a score takes them from {@link InceptionVariant#resized}, a loss or a discriminator
   *     as they are
   * @param last the last map wanted
   * @return [N, h, w, channels] for every tap up to {@code last}, in order
   * @throws IllegalArgumentException if the images are too small for the tap
   */
  public Map<Tap, Operand<TFloat32>> maps(Ops tf, Operand<TFloat32> images, Tap last) {
    long side = Math.min(images.shape().get(1), images.shape().get(2));
    if (side != Shape.UNKNOWN_SIZE && side < last.smallestSide()) {
      throw new IllegalArgumentException(
          "images of side %d leave nothing at %s, which needs %d"
              .formatted(side, last, last.smallestSide()));
    }
    Map<Tap, Operand<TFloat32>> maps = new EnumMap<>(Tap.class);
    InceptionLayers layers = new InceptionLayers(tf, weights, variant);
    Operand<TFloat32> x = images;
    for (Tap tap : Tap.values()) {
      if (tap.compareTo(last) <= 0) {
        x = stage(layers, tap, x);
        maps.put(tap, x);
      }
    }
    return maps;
  }

  /** What lies between the tap before and this one. */
  private static Operand<TFloat32> stage(InceptionLayers net, Tap tap, Operand<TFloat32> x) {
    return switch (tap) {
      case POOL_64 -> firstStem(net, x);
      case CONV_192 -> net.valid("conv_4", net.valid("conv_3", x, 80, 1), 192, 3);
      case POOL_192 -> net.halvingPool("pool_1", x);
      case MIXED_288 -> {
        Operand<TFloat32> h = InceptionBlocks.fine(net.in("mixed"), x, 32);
        h = InceptionBlocks.fine(net.in("mixed_1"), h, 64);
        yield InceptionBlocks.fine(net.in("mixed_2"), h, 64);
      }
      case MIXED_768 -> {
        Operand<TFloat32> h = InceptionBlocks.firstHalving(net.in("mixed_3"), x);
        h = InceptionBlocks.middle(net.in("mixed_4"), h, 128);
        h = InceptionBlocks.middle(net.in("mixed_5"), h, 160);
        h = InceptionBlocks.middle(net.in("mixed_6"), h, 160);
        yield InceptionBlocks.middle(net.in("mixed_7"), h, 192);
      }
      case MIXED_1280 -> InceptionBlocks.secondHalving(net.in("mixed_8"), x);
      case MIXED_2048 -> {
        Operand<TFloat32> h = InceptionBlocks.coarseMean(net.in("mixed_9"), x);
        InceptionLayers last = net.in("mixed_10");
        yield net.variant().endsWithMaximum()
            ? InceptionBlocks.coarseMaximum(last, h)
            : InceptionBlocks.coarseMean(last, h);
      }
    };
  }

  private static Operand<TFloat32> firstStem(InceptionLayers net, Operand<TFloat32> images) {
    Operand<TFloat32> x = net.halvingConv("conv", images, 32);
    x = net.valid("conv_1", x, 32, 3);
    x = net.same("conv_2", x, 64, 3, 3);
    return net.halvingPool("pool", x);
  }
}
