package tsugiki.labels;

import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.graph.Rotation;
import tsugiki.model.FeatureNetwork;

/**
 * The options of a feature network and its training.
 *
 * @param architecture the network's shape
 * @param side the images' side in pixels
 * @param batch upright images a step
 * @param steps the step at which the learning rate reaches zero
 * @param rate the highest learning rate
 * @param smoothing ε of the classes' label smoothing
 * @param turnWeight the weight of the rotations' loss
 * @param labelWeight the weight of the classes' loss, γ where the other is 1
 * @param views how each image is shown
 * @param seed of all that is random
 */
public record FeatureOptions(
    FeatureNetwork.Architecture architecture,
    int side,
    int batch,
    long steps,
    float rate,
    float smoothing,
    float turnWeight,
    float labelWeight,
    Views views,
    long seed) {

  /** How images are shown, and what is learned from which of them. */
  public enum Views {
    /** All upright: their classes alone. */
    UPRIGHT,
    /** A sixteenth also turned: the classes of the upright ones, the turns of that sixteenth. */
    SOME_TURNED,
    /**
     * All at all four angles, and both learned from all: L = −¼ Σ_r {E log p(r | F(x^r)) + γ E log
     * p(y | F(x^r))} of S²GAN's feature network (Lučić et al. 2019).
     */
    ALL_TURNED
  }

  /** The batch over the images that the loss of the rotations sees. */
  private static final int ROTATED_FRACTION = 4;

  private static final double WARM_UP = 0.05;

  /** The weight of a student's further losses. */
  private static final float FURTHER = 0.1f;

  /** Checks every value. */
  public FeatureOptions {
    boolean divided = views == Views.SOME_TURNED;
    if (batch < 1 || (divided && batch % (ROTATED_FRACTION * Rotation.TURNS) != 0)) {
      throw new BadInputException(
          "⟨batch⟩ is %d; give a multiple of %d"
              .formatted(batch, divided ? ROTATED_FRACTION * Rotation.TURNS : 1));
    }
    if (steps < 1) {
      throw new BadInputException("⟨steps⟩ is %d; give 1 or more".formatted(steps));
    }
    if (!(rate > 0) || !(smoothing >= 0 && smoothing < 1) || !(turnWeight >= 0)) {
      throw new BadInputException(
          "the learning rate must be above 0, the smoothing in [0, 1), the weight 0 or more");
    }
  }

  /** The defaults for so many classes and steps, of the network that ships. */
  public static FeatureOptions standard(int classes, int side, long steps, long seed) {
    return new FeatureOptions(
        FeatureNetwork.Architecture.starter(classes),
        side,
        64,
        steps,
        2e-3f,
        0.1f,
        0.5f,
        1,
        Views.SOME_TURNED,
        seed);
  }

  /**
   * The same for a student: beside its teacher's maps, classes and turns are further losses of a
   * tenth of the weight, and fewer images are turned.
   *
   * @param channels of the teacher's map that each stage predicts
   */
  FeatureOptions taughtBy(List<Integer> channels) {
    return new FeatureOptions(
        architecture.taughtBy(channels),
        side,
        batch,
        steps,
        rate,
        smoothing,
        FURTHER * turnWeight,
        FURTHER * labelWeight,
        views == Views.UPRIGHT ? views : Views.SOME_TURNED,
        seed);
  }

  /**
   * How many images of a batch are shown turned. For {@link Views#SOME_TURNED}, as in S³GAN (Lučić
   * et al. 2019), the rotations' loss sees a quarter as many images as the batch has, which are a
   * sixteenth at four angles.
   */
  public int turned() {
    return switch (views) {
      case UPRIGHT -> 0;
      case SOME_TURNED -> batch / (ROTATED_FRACTION * Rotation.TURNS);
      case ALL_TURNED -> batch;
    };
  }

  /** How many of the images shown have their classes learned, from the first on. */
  int classed() {
    return views == Views.ALL_TURNED ? batch * Rotation.TURNS : batch;
  }

  /**
   * The learning rate of a step: a linear rise over the first twentieth, then half a cosine down to
   * zero (Loshchilov and Hutter 2017).
   *
   * @param step from 0
   */
  public float rate(long step) {
    double rise = Math.max(1, WARM_UP * steps);
    if (step + 1 < rise) {
      return (float) (rate * (step + 1) / rise);
    }
    double share = Math.min(1, (step + 1 - rise) / Math.max(1, steps - rise));
    return (float) (rate * 0.5 * (1 + Math.cos(Math.PI * share)));
  }
}
