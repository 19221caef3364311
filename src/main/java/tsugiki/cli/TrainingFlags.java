package tsugiki.cli;

import static java.util.Objects.requireNonNullElse;
import static tsugiki.cli.GivenFlags.apply;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.gan.AdamOptions;
import tsugiki.gan.DiscriminatorKind;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRecipes;
import tsugiki.gan.SupervisionOptions;
import tsugiki.labels.FeatureTrainingOptions;
import tsugiki.loss.GanLoss;
import tsugiki.pretrained.FrozenNetworks;

/** The flags of {@code train} for how: discriminator, loss, augmentation, steps and optimiser. */
final class TrainingFlags {
  @Option(
      names = "--discriminator",
      paramLabel = "D",
      converter = Kind.class,
      description =
          "own: the recipe's, trained from nothing; projected: heads on a frozen network, which"
              + " needs far fewer steps. Default: ${bundle:default.discriminator}.")
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
      description = "The channels of its heads. Default: ${bundle:default.projection-width}.")
  private Integer projectionWidth;

  @Option(
      names = "--native-width",
      paramLabel = "N",
      description =
          "The channels of a small discriminator of the images at their own resolution beside the"
              + " projected one, 0 for none. Default: ${bundle:default.native-width}.")
  private Integer nativeWidth;

  @Option(
      names = "--augment",
      split = ",",
      paramLabel = "PART",
      description =
          "What is done to images before the discriminator: color, translation, cutout (DiffAugment);"
              + " ada; cr, bcr, zcr (consistency); contrast, invert, hflip, vflip (on real images"
              + " alone, half of them); or none. Default: none.")
  private List<String> augment;

  @Option(
      names = "--mirror",
      negatable = true,
      fallbackValue = "true",
      description =
          "Mirror every real image left to right with probability 1/2; not for digits or text."
              + " Default: ${bundle:default.mirror}.")
  private Boolean mirror;

  @Option(
      names = "--loss",
      paramLabel = "L",
      description =
          "hinge, non-saturating, or wasserstein-gp, which takes no discriminator that normalises"
              + " over the batch or lacks second derivatives. Default: ${bundle:default.loss}.")
  private GanLoss loss;

  @Option(
      names = "--gradient-penalty",
      paramLabel = "W",
      description =
          "The weight of the gradient penalty of wasserstein-gp. Default:"
              + " ${bundle:default.gradient-penalty}.")
  private Float gradientPenalty;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the generator. Default: ${bundle:default.steps}; of features 2000.")
  private Long steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images per step. Default: ${bundle:default.batch}; of features 64.")
  private Integer batch;

  @Option(
      names = "--discriminator-steps",
      paramLabel = "N",
      description =
          "Discriminator steps per generator step. Default: ${bundle:default.discriminator-steps},"
              + " projected ${bundle:default.projected.discriminator-steps}.")
  private Integer discriminatorSteps;

  @Option(
      names = "--generator-rate",
      paramLabel = "R",
      description =
          "The generator's learning rate. Default: ${bundle:default.generator-rate}, projected"
              + " ${bundle:default.projected.generator-rate}.")
  private Float generatorRate;

  @Option(
      names = "--discriminator-rate",
      paramLabel = "R",
      description =
          "The discriminator's learning rate. Default: ${bundle:default.discriminator-rate}.")
  private Float discriminatorRate;

  @Option(
      names = "--beta1",
      paramLabel = "B",
      description =
          "Adam's decay of the first moment, for both networks. Default: ${bundle:default.beta1}.")
  private Float beta1;

  @Option(
      names = "--beta2",
      paramLabel = "B",
      description = "Adam's decay of the second moment. Default: ${bundle:default.beta2}.")
  private Float beta2;

  @Option(
      names = "--adam-epsilon",
      paramLabel = "E",
      description =
          "What Adam adds to the root of the second moment. Default:"
              + " ${bundle:default.adam-epsilon}.")
  private Float adamEpsilon;

  @Option(
      names = "--average-decay",
      paramLabel = "D",
      description =
          "Decay of the averaged generator, which is what is kept. Default: ${bundle:default.average-decay}.")
  private Float averageDecay;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "The highest learning rate of --recipe features. Default: 2e-3.")
  private Float learningRate;

  @Option(
      names = "--average-from",
      paramLabel = "STEP",
      description = "The step that the average begins at. Default: ${bundle:default.average-from}.")
  private Long averageFrom;

  @Option(
      names = "--standing-batches",
      paramLabel = "N",
      description =
          "Batches of generated images that the standing statistics of the exported generator are"
              + " taken over. Default: ${bundle:default.standing-batches}.")
  private Integer standingBatches;

  Integer batch() {
    return batch;
  }

  Long steps() {
    return steps;
  }

  /** The options of a feature network with the flags that mean the same in a study. */
  FeatureTrainingOptions ofFeatures() {
    FeatureTrainingOptions options = FeatureTrainingOptions.defaults();
    options = apply(options, learningRate, FeatureTrainingOptions::withRate);
    return apply(options, mirror, FeatureTrainingOptions::withMirror);
  }

  GanOptions options(SupervisionOptions supervision, long seed) {
    GanOptions options =
        GanOptions.defaults(discriminatorOptions())
            .withAugment(parts(augment))
            .withAdam(adam())
            .withSeed(seed);
    options = apply(options, batch, GanOptions::withBatch).withSupervision(supervision);
    options = apply(options, steps, GanOptions::withSteps);
    options = apply(options, discriminatorSteps, GanOptions::withDiscriminatorSteps);
    options = apply(options, generatorRate, GanOptions::withGeneratorRate);
    options = apply(options, discriminatorRate, GanOptions::withDiscriminatorRate);
    options = apply(options, averageDecay, GanOptions::withAverageDecay);
    options = apply(options, averageFrom, GanOptions::withAverageFrom);
    options = apply(options, standingBatches, GanOptions::withStandingBatches);
    options = apply(options, loss, GanOptions::withLoss);
    options = apply(options, gradientPenalty, GanOptions::withGradientPenalty);
    return apply(options, mirror, GanOptions::withMirror);
  }

  private DiscriminatorOptions discriminatorOptions() {
    DiscriminatorOptions standard = DiscriminatorOptions.defaults();
    return new DiscriminatorOptions(
        requireNonNullElse(discriminator, standard.kind()),
        requireNonNullElse(projector, standard.projector()),
        requireNonNullElse(projectorSide, standard.projectorSide()),
        requireNonNullElse(projectionWidth, standard.projectionWidth()),
        requireNonNullElse(nativeWidth, standard.nativeWidth()));
  }

  private AdamOptions adam() {
    AdamOptions standard = AdamOptions.defaults();
    return new AdamOptions(
        requireNonNullElse(beta1, standard.beta1()),
        requireNonNullElse(beta2, standard.beta2()),
        requireNonNullElse(adamEpsilon, standard.epsilon()));
  }

  private static Set<Augmentation> parts(List<String> words) {
    return words == null || words.equals(List.of("none"))
        ? Set.of()
        : words.stream().map(TrainingFlags::part).collect(Collectors.toSet());
  }

  private static Augmentation part(String word) {
    for (Augmentation part : Augmentation.values()) {
      if (part.toString().equalsIgnoreCase(word)) {
        return part;
      }
    }
    throw new BadInputException(
        "--augment has '%s'; give of %s, or none alone"
            .formatted(word, List.of(Augmentation.values())));
  }

  /**
   * Reads the kind of discriminator; the recipe's own was called biggan before there were others.
   */
  static final class Kind implements ITypeConverter<DiscriminatorKind> {
    @Override
    public DiscriminatorKind convert(String value) {
      return value.equalsIgnoreCase(GanRecipes.BIGGAN)
          ? DiscriminatorKind.OWN
          : Choice.of(DiscriminatorKind.class).convert(value);
    }
  }
}
