package tsugiki.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.DiscriminatorKind;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanNetworkOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRecipes;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.TransferSource;
import tsugiki.labels.LabelOptions;
import tsugiki.labels.LabelledGanOptions;
import tsugiki.recognition.FeatureRunOptions;
import tsugiki.train.Execution;

/**
 * The flags of {@code train}, and of the trainings of a study: those of a GAN's options, of its
 * networks' options and of a feature network's options.
 */
final class TrainFlags {
  private static final String WORDS = "train";
  static final String SUPERVISION = "gan.training.supervision";
  private static final String AUGMENTATION = "gan.training.augmentation";
  private static final String FREEZE = "gan.training.discriminator.freezeD";
  private static final String SCORE_NETWORK = "gan.watch.scoreNetwork";

  /** The network of scores where nothing is said; it ships. */
  private static final String SCORER = "starter";

  /** The side in pixels from which that network says something of images. */
  private static final int LEAST_SCORED = 16;

  private static final String NO_SCORES = "none";

  private static final Path UNKNOWN = Path.of("");

  /** The flags of a GAN but for those of its networks. */
  static final RecordFlags<LabelledGanOptions> GAN =
      RecordFlags.of(
              new LabelledGanOptions(
                  GanRunOptions.defaults(UNKNOWN, RunOptions.ANYWHERE), LabelOptions.defaults()))
          .without("gan.data", "gan.network", "gan.execution")
          .named("gan.training.discriminator.kind", "discriminator")
          .named("gan.training.adam.epsilon", "adam-epsilon")
          .option("gan.training.discriminator.kind", option -> option.converters(new Kind()))
          .option("gan.training.augment", EnumSetFlag::words)
          .value(
              "gan.training.augment",
              given -> EnumSetFlag.read("--augment", Augmentation.class, given))
          .value(SCORE_NETWORK, name -> name.equals(NO_SCORES) ? "" : name)
          .value("labels.features", TrainFlags::model)
          .value("gan.from", from -> ModelPath.source("--from", from.toString()).toString());

  /** The flags of a feature network. */
  static final RecordFlags<FeatureRunOptions> FEATURES =
      RecordFlags.of(FeatureRunOptions.defaults(UNKNOWN, RunOptions.ANYWHERE))
          .without("data", "execution")
          .named("training.rate", "learning-rate");

  /** The flags of a GAN's labels. */
  static final RecordFlags<LabelledGanOptions> OF_LABELS =
      GAN.only(
          "labels",
          SUPERVISION + ".unlabelled",
          SUPERVISION + ".softLabels",
          SUPERVISION + ".labelWeight");

  /** The flags of a rotation head. */
  static final RecordFlags<LabelledGanOptions> OF_ROTATION =
      GAN.only(SUPERVISION + ".rotationWeightD", SUPERVISION + ".rotationWeightG");

  /** The flags of what an augmentation is asked for, by that augmentation. */
  static final Map<Augmentation, RecordFlags<LabelledGanOptions>> OF_AUGMENTATION =
      Map.of(
          Augmentation.ADA,
          GAN.only(AUGMENTATION + ".adaTarget", AUGMENTATION + ".adaThousands"),
          Augmentation.ZCR,
          GAN.only(
              AUGMENTATION + ".latentNoise",
              AUGMENTATION + ".latentWeightD",
              AUGMENTATION + ".latentWeightG"));

  private TrainFlags() {}

  /** The flags of the networks of a kind of GANs. */
  static RecordFlags<? extends Record> networks(String recipe) {
    return GanRecipes.ofData(recipe)
        .<RecordFlags<? extends Record>>map(networks -> RecordFlags.of((Record) networks))
        .orElseGet(() -> RecordFlags.of(GanRecipes.type(recipe).asSubclass(Record.class)));
  }

  /** The flags of a GAN's data and networks. */
  static FlagSection ofNetworks() {
    FlagSection section =
        new FlagSection(WORDS, networks(GanRecipes.BIGGAN))
            .and(
                "at 32 pixels",
                RecordFlags.of(BigGanOptions.defaults(32)).without("size", "multipliers"));
    GanRecipes.all().forEach(recipe -> section.and("of " + recipe, networks(recipe)));
    return section.and("", GAN.only("gan.classes", "gan.onBadImage", "gan.licence", "gan.half"));
  }

  /** The flags of how a GAN is trained; the seed is a flag of every run. */
  static FlagSection ofTraining() {
    GanOptions projected = GanOptions.defaults(DiscriminatorOptions.projected("starter"));
    FlagSection section =
        new FlagSection(
                WORDS, GAN.only("gan.training").without(SUPERVISION, FREEZE, "gan.training.seed"))
            .and(
                "projected",
                RecordFlags.of(projected)
                    .only("discriminatorSteps", "generatorRate", "discriminatorRate"));
    GanRecipes.all().forEach(recipe -> section.and("of " + recipe, ofRecipe(recipe)));
    return section;
  }

  /** The flags whose defaults are a recipe's own. */
  private static RecordFlags<GanOptions> ofRecipe(String recipe) {
    return RecordFlags.of(
            GanRecipes.training(
                recipe,
                (GanNetworkOptions) networks(recipe).defaults(),
                DiscriminatorOptions.defaults()))
        .only(
            "batch",
            "steps",
            "discriminatorSteps",
            "generatorRate",
            "discriminatorRate",
            "averageDecay",
            "loss",
            "adam.beta1",
            "mirror");
  }

  /** The flags of a GAN that begins with the weights of another. */
  static FlagSection ofTransfer() {
    return new FlagSection(WORDS, GAN.only("gan.from", FREEZE));
  }

  /** The flags of images that only scores see. */
  static FlagSection ofStopping() {
    return new FlagSection(WORDS, GAN.only("gan.stopping"));
  }

  /** The flags of where a GAN's labels come from. */
  static FlagSection ofLabels() {
    return new FlagSection(WORDS, GAN.only("labels"));
  }

  /** The flags of how labels and rotations enter a GAN's losses. */
  static FlagSection ofSupervision() {
    return new FlagSection(WORDS, GAN.only(SUPERVISION));
  }

  /** The flags of a GAN's measurements, samples and checkpoints. */
  static FlagSection ofWatch() {
    return new FlagSection(WORDS, GAN.only("gan.watch"));
  }

  /**
   * The options of a GAN with the flags that were given.
   *
   * @param flags {@link #GAN}, or those of them that decide
   */
  static LabelledGanOptions gan(
      CommandSpec spec,
      RecordFlags<LabelledGanOptions> flags,
      DataFlags data,
      Execution execution) {
    return gan(spec, flags, data, execution, GanOptions::ofTransfer);
  }

  /**
   * The same where a transfer's own defaults are others.
   *
   * @param ofTransfer makes them of those of a training from nothing
   */
  static LabelledGanOptions gan(
      CommandSpec spec,
      RecordFlags<LabelledGanOptions> flags,
      DataFlags data,
      Execution execution,
      UnaryOperator<GanOptions> ofTransfer) {
    String recipe = data.recipe().name();
    Optional<TransferSource> source = source(spec, flags);
    GanNetworkOptions network =
        (GanNetworkOptions)
            source
                .flatMap(TransferSource::networks)
                .<RecordFlags<? extends Record>>map(shape -> shaped(recipe, shape))
                .orElseGet(() -> networks(recipe))
                .read(spec);
    GanRunOptions others =
        GanRunOptions.defaults(data.path(), execution)
            .withNetwork(network)
            .withFrom(source.map(TransferSource::toString).orElse(""));
    // Networks and discriminator decide on the defaults of the rates.
    GanOptions training =
        GanRecipes.training(
            recipe, network, labelled(flags, spec, others).gan().training().discriminator());
    return labelled(
        flags, spec, others.withTraining(source.isEmpty() ? training : ofTransfer.apply(training)));
  }

  /**
   * The options with scores. Where no network is named, the one that ships scores images in colour,
   * and after the last step alone: a score of 1,000 images takes as long as many steps.
   */
  static LabelledGanOptions scored(CommandSpec spec, LabelledGanOptions options) {
    GanRunOptions gan = options.gan();
    Map<String, Object> given = GAN.given(spec);
    if (given.containsKey(SCORE_NETWORK)
        || !gan.network().colour()
        || gan.network().imageSize() < LEAST_SCORED) {
      return options;
    }
    long every =
        given.containsKey("gan.watch.scoreEvery")
            ? gan.watch().scoreEvery()
            : gan.training().steps();
    return new LabelledGanOptions(
        gan.withWatch(gan.watch().withScoreNetwork(SCORER).withScoreEvery(every)),
        options.labels());
  }

  /** What {@code --from} names. */
  private static Optional<TransferSource> source(
      CommandSpec spec, RecordFlags<LabelledGanOptions> flags) {
    return Optional.ofNullable(flags.given(spec).get("gan.from"))
        .map(from -> TransferSource.open(Path.of(from.toString())));
  }

  /** The flags of networks of another's shape, which is the default of each. */
  private static RecordFlags<? extends Record> shaped(String recipe, GanNetworkOptions shape) {
    if (GanRecipes.type(recipe) != shape.getClass()) {
      throw new BadInputException(
          "--from has networks of --recipe %s, and this is %s; give that recipe"
              .formatted(GanRecipes.nameOf(shape), recipe));
    }
    return RecordFlags.of((Record) shape);
  }

  private static LabelledGanOptions labelled(
      RecordFlags<LabelledGanOptions> flags, CommandSpec spec, GanRunOptions others) {
    return flags.read(spec, new LabelledGanOptions(others, LabelOptions.defaults()));
  }

  /** The options of a feature network with the flags that were given. */
  static FeatureRunOptions features(CommandSpec spec, DataFlags data, Execution execution) {
    return FEATURES.read(spec, FeatureRunOptions.defaults(data.path(), execution));
  }

  /** The folder of the feature network's model. */
  private static String model(Object given) {
    return ModelPath.find("--features", given.toString()).toAbsolutePath().normalize().toString();
  }

  /**
   * Reads the kind of discriminator; the recipe's own was called biggan before there were others.
   */
  private static final class Kind implements ITypeConverter<DiscriminatorKind> {
    @Override
    public DiscriminatorKind convert(String value) {
      return value.equalsIgnoreCase(GanRecipes.BIGGAN)
          ? DiscriminatorKind.OWN
          : Choice.of(DiscriminatorKind.class).convert(value);
    }
  }
}
