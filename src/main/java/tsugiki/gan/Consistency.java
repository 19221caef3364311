package tsugiki.gan;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.Augmentation;
import tsugiki.augment.ConsistencyAugment;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.train.LossSum;

/**
 * Consistency regularisation: mean squared differences of the discriminator's scores of images and
 * of their augmented copies, for real images (CR, Zhang et al. 2020) and for generated ones too
 * (bCR, Zhao et al. 2021), and of images of close latent vectors (zCR). By Zhao et al. (2021,
 * "Improved Consistency Regularization for GANs", introduction and section 4.1) a generator under
 * CR can learn to draw the augmentation's artifacts, and bCR prevents that.
 */
final class Consistency {
  private static final String REAL = "consistency_real";
  private static final String FAKE = "consistency_fake";
  private static final String LATENT = "consistency_latent";
  private static final String DISTANCE = "distance_latent";

  /** Scores images. */
  @FunctionalInterface
  interface Scores {
    /** The scores of images [N, side, side, 3]. */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> images);
  }

  private final GanOptions options;
  private final ConsistencyAugment copies;
  private final Map<String, Operand<TFloat32>> outputs;

  /**
   * Makes it.
   *
   * @param outputs takes the differences, and the scores of the copies and neighbours, by name
   */
  Consistency(GanOptions options, Randomness random, Map<String, Operand<TFloat32>> outputs) {
    this.options = options;
    this.outputs = outputs;
    copies = new ConsistencyAugment(random);
  }

  private boolean has(Augmentation augmentation) {
    return options.augment().contains(augmentation);
  }

  /**
   * Compares real images with their copies, if CR or bCR is wanted.
   *
   * @param score of the images
   */
  void ofReal(Ops tf, Operand<TFloat32> images, Operand<TFloat32> score, Scores scores) {
    if (has(Augmentation.CR) || has(Augmentation.BCR)) {
      Ops scope = tf.withSubScope("ConsistencyOfReal");
      Operand<TFloat32> copy = copies.apply(scope, images, "copy of real");
      difference(scope, REAL, score, traced("real_copies", scores.of(scope, copy)));
    }
  }

  /** Compares generated images with their copies, if bCR is wanted. */
  void ofFake(Ops tf, Operand<TFloat32> images, Operand<TFloat32> score, Scores scores) {
    if (has(Augmentation.BCR)) {
      Ops scope = tf.withSubScope("ConsistencyOfFake");
      Operand<TFloat32> copy = copies.apply(scope, images, "copy of fake");
      difference(scope, FAKE, score, traced("fake_copies", scores.of(scope, copy)));
    }
  }

  /**
   * Compares generated images with those of close latent vectors, and their scores.
   *
   * @param neighbours images of close latent vectors
   */
  void ofLatents(
      Ops tf,
      Operand<TFloat32> images,
      Operand<TFloat32> neighbours,
      Operand<TFloat32> score,
      Scores scores) {
    Ops scope = tf.withSubScope("ConsistencyOfLatents");
    difference(scope, LATENT, score, traced("fake_neighbours", scores.of(scope, neighbours)));
    difference(scope, DISTANCE, images, neighbours);
  }

  private Operand<TFloat32> traced(String name, Operand<TFloat32> score) {
    outputs.put(name, score);
    return score;
  }

  private void difference(Ops tf, String name, Operand<TFloat32> a, Operand<TFloat32> b) {
    outputs.put(name, Reduce.mean(tf, tf.math.squaredDifference(a, b)));
  }

  /** Adds what the discriminator minimises. */
  void addToDiscriminator(LossSum loss) {
    AugmentationOptions weights = options.augmentation();
    add(loss, REAL, weights.consistencyWeight());
    add(loss, FAKE, weights.consistencyWeight());
    add(loss, LATENT, weights.latentWeightD());
  }

  /** Adds the distance of images that zCR widens. */
  void addToGenerator(LossSum loss) {
    add(loss, DISTANCE, -options.augmentation().latentWeightG());
  }

  private void add(LossSum loss, String name, float weight) {
    if (outputs.containsKey(name)) {
      loss.add(name, outputs.get(name), weight);
    }
  }
}
