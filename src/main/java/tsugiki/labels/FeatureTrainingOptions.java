package tsugiki.labels;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.gan.SelfSupervision;
import tsugiki.model.FeatureNetwork;

/**
 * How the feature network of a GAN with few labels is trained. Whatever is null takes its default
 * when the record is made.
 *
 * @param size the images' side in pixels; 32
 * @param channels of the first map, which double with every halving; 32
 * @param batch images a step, each shown at all four angles with rotations; 64
 * @param steps 2,000
 * @param rate the highest learning rate; 0.002
 * @param labelWeight γ, of the classes' loss beside the rotations'; 0.2
 * @param selfSupervision rotations, or the labels alone; rotations
 * @param seed of all that is random; 0
 */
public record FeatureTrainingOptions(
    Integer size,
    Integer channels,
    Integer batch,
    Long steps,
    Float rate,
    Float labelWeight,
    SelfSupervision selfSupervision,
    Long seed) {
  private static final int LEAST_SIZE = 16;

  /** Fills in the defaults and checks every value. */
  public FeatureTrainingOptions {
    size = Objects.requireNonNullElse(size, 32);
    channels = Objects.requireNonNullElse(channels, 32);
    batch = Objects.requireNonNullElse(batch, 64);
    steps = Objects.requireNonNullElse(steps, 2_000L);
    rate = Objects.requireNonNullElse(rate, 2e-3f);
    labelWeight = Objects.requireNonNullElse(labelWeight, 0.2f);
    selfSupervision = Objects.requireNonNullElse(selfSupervision, SelfSupervision.ROTATION);
    seed = Objects.requireNonNullElse(seed, 0L);
    if (size < LEAST_SIZE || size % LEAST_SIZE != 0) {
      throw new BadInputException(
          "⟨size⟩ is %d; the feature network takes multiples of %d".formatted(size, LEAST_SIZE));
    }
    Checks.atLeast("channels", channels, 1);
    // Half of a batch has labels, half is any images.
    Checks.atLeast("batch", batch, 2);
    Checks.atLeast("steps", steps, 1);
    Checks.positive("learningRate", rate);
    Checks.notNegative("labelWeight", labelWeight);
  }

  /** The options of the graph for so many classes. */
  FeatureOptions graph(int classes) {
    return new FeatureOptions(
        architecture(classes),
        size,
        batch,
        steps,
        rate,
        0,
        1,
        labelWeight,
        selfSupervision == SelfSupervision.ROTATION
            ? FeatureOptions.Views.ALL_TURNED
            : FeatureOptions.Views.UPRIGHT,
        seed);
  }

  /** Four stages as the network that ships; below 32 pixels three, so that a map has 2×2 pixels. */
  private FeatureNetwork.Architecture architecture(int classes) {
    int stages = size < 2 * LEAST_SIZE ? 3 : 4;
    List<Integer> widths = IntStream.range(0, stages).mapToObj(i -> channels << i).toList();
    List<Integer> depths = stages == 3 ? List.of(1, 1) : List.of(1, 1, 2);
    return new FeatureNetwork.Architecture(widths, depths, classes);
  }
}
