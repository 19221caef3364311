package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Conv2d;
import tsugiki.graph.Dense;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Resample;
import tsugiki.graph.Rotation;
import tsugiki.graph.Weights;

/**
 * A small residual network with pre-activation (He et al. 2016, "Identity mappings") for images of
 * 32 or 64 pixels: the starter features, on which perceptual loss and scores work without any
 * download. It halves the image at once, then once a block, averaging over 2×2 pixels each time, so
 * that its maps move smoothly with the image; two heads predict the class and the rotation.
 *
 * @param architecture its shape
 * @param weights where its variables are
 * @param norm {@link BatchNorm.Mode#BATCH} while it trains, {@link BatchNorm.Mode#STORED} later
 */
public record FeatureNetwork(Architecture architecture, Weights weights, BatchNorm.Settings norm) {

  /** Added to the variance in batch normalisation. */
  public static final float EPSILON = 1e-5f;

  /**
   * What has to be known to build it again from its weights.
   *
   * @param widths channels of each stage's map; the resolution halves at each
   * @param depths residual blocks of each stage after the first, which is one convolution
   * @param classes the number of classes
   * @param teacher channels of the teacher's map that each stage predicts; empty for a network
   *     without a teacher
   */
  public record Architecture(
      List<Integer> widths, List<Integer> depths, int classes, List<Integer> teacher) {
    /** Checks that the parts fit. */
    public Architecture {
      widths = List.copyOf(widths);
      depths = List.copyOf(depths);
      // Models that were written before there were teachers have no such list.
      teacher = teacher == null ? List.of() : List.copyOf(teacher);
      if (widths.isEmpty()
          || depths.size() != widths.size() - 1
          || classes < 1
          || !(teacher.isEmpty() || teacher.size() == widths.size())) {
        throw new IllegalArgumentException(
            "widths %s, depths %s, %d classes and a teacher's %s channels make no network"
                .formatted(widths, depths, classes, teacher));
      }
    }

    /** Without a teacher. */
    public Architecture(List<Integer> widths, List<Integer> depths, int classes) {
      this(widths, depths, classes, List.of());
    }

    /** The same with a teacher. */
    public Architecture taughtBy(List<Integer> channels) {
      return new Architecture(widths, depths, classes, channels);
    }

    /** Whether it predicts the maps of a teacher. */
    public boolean taught() {
      return !teacher.isEmpty();
    }

    /** The network that ships: 2.4 million weights. */
    public static Architecture starter(int classes) {
      return new Architecture(List.of(32, 64, 128, 256), List.of(1, 1, 2), classes);
    }

    /** The length of the vector to score with: the teacher's, or the pooled one. */
    public int features() {
      return (taught() ? teacher : widths).get(widths.size() - 1);
    }
  }

  /**
   * What the network gives for images.
   *
   * @param maps each stage's map [N, S/2, S/2, 32] to [N, S/16, S/16, 256], the last after its
   *     normalisation and ReLU: for the perceptual loss
   * @param pooled the mean of the last over its pixels [N, 256]: for scores and heads
   */
  public record Output(List<Operand<TFloat32>> maps, Operand<TFloat32> pooled) {}

  /**
   * Applies the network to images.
   *
   * @param images [N, S, S, 3] in [−1, 1], S known and divisible by 2 to the number of stages
   * @return maps and vector
   */
  public Output apply(Ops tf, Operand<TFloat32> images) {
    List<Operand<TFloat32>> maps = new ArrayList<>();
    Operand<TFloat32> x =
        Conv2d.beforeHalving(
            tf.withSubScope("Stem"),
            weights.in("stem"),
            Kernels.PLAIN,
            images,
            architecture.widths().get(0),
            scaled(images, 3));
    maps.add(x);
    int block = 0;
    for (int stage = 1; stage < architecture.widths().size(); stage++) {
      for (int i = 0; i < architecture.depths().get(stage - 1); i++) {
        int width = architecture.widths().get(stage);
        x = block(tf.withSubScope("Block" + block), weights.in("block_" + block), x, width, i == 0);
        block++;
      }
      maps.add(x);
    }
    x = activated(tf.withSubScope("Norm"), weights.in("norm"), x);
    maps.set(maps.size() - 1, x);
    return new Output(maps, tf.math.mean(x, tf.constant(new int[] {1, 2})));
  }

  /** The heads that predict the teacher's maps. */
  public TeacherHeads heads() {
    return new TeacherHeads(architecture.teacher(), weights, norm);
  }

  /** What losses and projectors take: the predicted maps of the teacher, or its own without one. */
  public List<Operand<TFloat32>> maps(Ops tf, Output features) {
    return architecture.taught() ? heads().maps(tf, features.maps()) : features.maps();
  }

  /**
   * What scores take: the predicted features of the teacher, or its own pooled vector without one.
   *
   * @param maps what {@link #maps} gave
   */
  public Operand<TFloat32> features(Ops tf, Output features, List<Operand<TFloat32>> maps) {
    return architecture.taught()
        ? heads().features(tf, maps.get(maps.size() - 1))
        : features.pooled();
  }

  /** The head for classes: pooled vectors [N, 256] to logits [N, classes]. */
  public Operand<TFloat32> classLogits(Ops tf, Operand<TFloat32> pooled) {
    return head(tf, weights.in("classes"), pooled, architecture.classes());
  }

  /** The head for quarter turns, see {@link Rotation}: pooled vectors [N, 256] to logits [N, 4]. */
  public Operand<TFloat32> turnLogits(Ops tf, Operand<TFloat32> pooled) {
    return head(tf, weights.in("turns"), pooled, Rotation.TURNS);
  }

  /** Norm, ReLU, convolution (and halving), norm, ReLU, convolution; beside it the shortcut. */
  private Operand<TFloat32> block(
      Ops tf, Weights block, Operand<TFloat32> x, int width, boolean halve) {
    Operand<TFloat32> h = activated(tf.withSubScope("Norm1"), block.in("norm_1"), x);
    Ops first = tf.withSubScope("Conv1");
    h =
        halve
            ? Conv2d.beforeHalving(first, block.in("conv_1"), Kernels.PLAIN, h, width, scaled(x, 3))
            : Conv2d.same(first, block.in("conv_1"), Kernels.PLAIN, h, width, 3, scaled(x, 3));
    h = activated(tf.withSubScope("Norm2"), block.in("norm_2"), h);
    h =
        Conv2d.same(
            tf.withSubScope("Conv2"), block.in("conv_2"), Kernels.PLAIN, h, width, 3, scaled(h, 3));
    return tf.math.add(h, halve ? shortcut(tf.withSubScope("Shortcut"), block, x, width) : x);
  }

  private static Operand<TFloat32> shortcut(Ops tf, Weights block, Operand<TFloat32> x, int width) {
    Operand<TFloat32> small = Resample.halved(tf, x);
    return Conv2d.same(tf, block.in("shortcut"), Kernels.PLAIN, small, width, 1, scaled(small, 1));
  }

  private Operand<TFloat32> activated(Ops tf, Weights place, Operand<TFloat32> x) {
    return tf.nn.relu(BatchNorm.withGain(tf, place, norm, x).apply(tf, x));
  }

  private static Operand<TFloat32> head(
      Ops tf, Weights place, Operand<TFloat32> pooled, int outputs) {
    return Dense.apply(tf, place, Kernels.PLAIN, pooled, outputs, Initializer.glorot());
  }

  /** He et al. 2015: N(0, 2 / fan in), which keeps the variance through convolution and ReLU. */
  private static Initializer scaled(Operand<TFloat32> x, int size) {
    return Initializer.normal((float) Math.sqrt(2.0 / (size * size * x.shape().get(3))));
  }
}
