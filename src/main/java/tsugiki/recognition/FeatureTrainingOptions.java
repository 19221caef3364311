package tsugiki.recognition;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.loss.SelfSupervision;
import tsugiki.model.FeatureNetwork;

/**
 * How the feature network of a GAN with few labels is trained. {@link #defaults()} has the
 * defaults.
 *
 * @param size the side of the images in pixels, a multiple of 16
 * @param channels of the first map, which double with every halving
 * @param depth how many times as many residual blocks each stage has as the network that ships
 * @param batch images per step, each at all four angles with rotations
 * @param steps of the training
 * @param rate the highest learning rate
 * @param labelWeight γ, of the classes' loss beside the rotations'
 * @param selfSupervision rotations, or the labels alone
 * @param mirror whether each image is mirrored left to right with probability ½
 * @param seed of all that is random
 */
@RecordBuilder
public record FeatureTrainingOptions(
    int size,
    int channels,
    int depth,
    int batch,
    long steps,
    float rate,
    float labelWeight,
    SelfSupervision selfSupervision,
    boolean mirror,
    long seed)
    implements FeatureTrainingOptionsBuilder.With {
  private static final int LEAST_SIZE = 16;

  /** Checks every value. */
  public FeatureTrainingOptions {
    Objects.requireNonNull(selfSupervision, "selfSupervision");
    if (size < LEAST_SIZE || size % LEAST_SIZE != 0) {
      throw new BadInputException(
          "⟨size⟩ is %d; the feature network takes multiples of %d".formatted(size, LEAST_SIZE));
    }
    Checks.size("channels", channels, 1);
    // Runs of before there was a depth have none.
    depth = depth == 0 ? 1 : depth;
    Checks.parts("depth", depth, 1);
    // Half of a batch has labels, half is any images.
    Checks.size("batch", batch, 2);
    Checks.steps("steps", steps, 1);
    Checks.positive("learningRate", rate);
    Checks.notNegative("labelWeight", labelWeight);
    if (selfSupervision == SelfSupervision.VIEWS) {
      throw new BadInputException(
          "⟨selfSupervision⟩ is %s, which is for GANs; a feature network takes %s or %s"
              .formatted(selfSupervision, SelfSupervision.ROTATION, SelfSupervision.NONE));
    }
  }

  /** The defaults, for images of 32 pixels. */
  public static FeatureTrainingOptions defaults() {
    return new FeatureTrainingOptions(
        32, 32, 1, 64, 2_000, 2e-3f, 0.2f, SelfSupervision.ROTATION, true, 0);
  }

  /** Images of a batch that are shown at all four angles: all of them or none. */
  int turned() {
    return selfSupervision == SelfSupervision.ROTATION ? batch : 0;
  }

  /**
   * The network's shape for so many classes: four stages as the network that ships; below 32 pixels
   * three, so that a map has 2×2 pixels.
   */
  FeatureNetwork.Architecture architecture(int classes) {
    int stages = size < 2 * LEAST_SIZE ? 3 : 4;
    List<Integer> widths = IntStream.range(0, stages).mapToObj(i -> channels << i).toList();
    List<Integer> depths = stages == 3 ? List.of(depth, depth) : List.of(depth, depth, 2 * depth);
    return new FeatureNetwork.Architecture(widths, depths, classes);
  }
}
