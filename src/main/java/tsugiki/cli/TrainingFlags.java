package tsugiki.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import tsugiki.augment.DiffAugment;
import tsugiki.base.BadInputException;
import tsugiki.gan.DiscriminatorKind;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.pretrained.FrozenNetworks;

/** The flags of {@code train} that say how: discriminator, augmentation, steps and rates. */
final class TrainingFlags {
  @Option(
      names = "--discriminator",
      paramLabel = "D",
      description =
          "biggan: its own, trained from nothing; projected: heads on a frozen network, which"
              + " needs far fewer steps. Default: biggan.")
  private DiscriminatorKind discriminator;

  @Option(
      names = "--projector",
      paramLabel = "NAME:WEIGHTS",
      description =
          "The frozen network of a projected discriminator: " + FrozenNetworks.NAMES + ".")
  private String projector;

  @Option(
      names = "--projector-side",
      paramLabel = "PIXELS",
      description =
          "Resize images to this side before it. Of 64 pixels Inception's deeper maps leave out"
              + " the right and lower edge, of 75 they do not. Default: as they are.")
  private Integer projectorSide;

  @Option(
      names = "--projection-width",
      paramLabel = "N",
      description = "The channels of its heads. Default: 64.")
  private Integer projectionWidth;

  @Option(
      names = "--augment",
      split = ",",
      paramLabel = "PART",
      description =
          "Differentiable augmentation before the discriminator: color, translation, cutout, or"
              + " none. Default: none.")
  private List<String> augment;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the generator. Default: 20000; of features 2000.")
  private Long steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images a step. Default: 32; of features 64.")
  private Integer batch;

  @Option(
      names = "--discriminator-steps",
      paramLabel = "N",
      description = "Discriminator steps a generator step. Default: 2, projected 1.")
  private Integer discriminatorSteps;

  @Option(
      names = "--generator-rate",
      paramLabel = "R",
      description = "The generator's learning rate. Default: 5e-5, projected 2e-4.")
  private Float generatorRate;

  @Option(
      names = "--discriminator-rate",
      paramLabel = "R",
      description = "The discriminator's learning rate. Default: 2e-4.")
  private Float discriminatorRate;

  @Option(
      names = "--average-decay",
      paramLabel = "D",
      description = "Decay of the averaged generator, which is what is kept. Default: 0.9999.")
  private Float averageDecay;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "The highest learning rate of --recipe features. Default: 2e-3.")
  private Float learningRate;

  @Option(
      names = "--average-from",
      paramLabel = "STEP",
      description = "The step that the average begins at. Default: 0.")
  private Long averageFrom;

  @Option(
      names = "--standing-batches",
      paramLabel = "N",
      description =
          "Batches of generated images that the standing statistics of the exported generator are"
              + " taken over. Default: 16.")
  private Integer standingBatches;

  Integer batch() {
    return batch;
  }

  Long steps() {
    return steps;
  }

  Float learningRate() {
    return learningRate;
  }

  GanOptions options(SupervisionOptions supervision, long seed) {
    return new GanOptions(
        batch,
        steps,
        discriminatorSteps,
        generatorRate,
        discriminatorRate,
        averageDecay,
        averageFrom,
        standingBatches,
        new DiscriminatorOptions(discriminator, projector, projectorSide, projectionWidth),
        supervision,
        parts(augment),
        seed);
  }

  private static Set<DiffAugment.Part> parts(List<String> words) {
    return words == null || words.equals(List.of("none"))
        ? Set.of()
        : words.stream().map(TrainingFlags::part).collect(Collectors.toSet());
  }

  private static DiffAugment.Part part(String word) {
    for (DiffAugment.Part part : DiffAugment.Part.values()) {
      if (part.toString().equalsIgnoreCase(word)) {
        return part;
      }
    }
    throw new BadInputException(
        "--augment has '" + word + "'; give color, translation and cutout, or none alone");
  }
}
