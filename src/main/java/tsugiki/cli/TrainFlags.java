package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import tsugiki.BadInputException;
import tsugiki.augment.DiffAugment;
import tsugiki.exchange.FrozenNetworks;
import tsugiki.gan.DiscriminatorKind;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.NetworkOptions;
import tsugiki.gan.SupervisionOptions;

/**
 * The flags of the verb {@code train}, in the groups that its help shows. A flag left out stays
 * null: the options' records know the defaults.
 */
final class TrainFlags {
  private TrainFlags() {}

  /** Data and networks. */
  static final class Networks {
    @Option(
        names = "--data",
        paramLabel = "P",
        description = "A folder or zip of images (or a folder in a zip), with one folder a class.")
    private Path data;

    @Option(
        names = "--classes",
        split = ",",
        paramLabel = "NAME",
        description =
            "The classes to keep, in the order of their labels; a class is named by its folder or"
                + " by how the folder's name ends. Default: all.")
    private List<String> classes;

    @Option(
        names = "--recipe",
        paramLabel = "R",
        description =
            "biggan; or features: the network for --features, which learns rotations and the labels"
                + " that it may see. Default: biggan.")
    private TrainRecipe recipe;

    @Option(
        names = "--size",
        paramLabel = "PIXELS",
        description =
            "The images' side: 32, 64, 128, 256 or 512. Default: 64; of features any multiple of"
                + " 16, by default 32.")
    private Integer size;

    @Option(
        names = "--channels",
        paramLabel = "N",
        description =
            "The base number of channels; the paper's is 96. Default: 16; of features 32.")
    private Integer channels;

    @Option(
        names = "--multipliers",
        split = ",",
        paramLabel = "N",
        description =
            "The generator's channels over the base: of the first 4-pixel map, then after each"
                + " doubling. Default: the paper's for the size, at 64 pixels 16,16,8,4,2.")
    private List<Integer> multipliers;

    @Option(
        names = "--attention",
        paramLabel = "PIXELS",
        description =
            "The resolution with self-attention, 0 for none. Default: 64, at 32 pixels 0.")
    private Integer attention;

    @Option(
        names = "--embedding",
        paramLabel = "N",
        description = "The length of a class's vector. Default: 128.")
    private Integer embedding;

    @Option(
        names = "--half",
        negatable = true,
        fallbackValue = "true",
        description =
            "Keep the SavedModel's kernels in 16 bits on disk, which halves the file. Default: yes.")
    private Boolean half;

    Path data() {
      return data;
    }

    List<String> classes() {
      return classes;
    }

    TrainRecipe recipe() {
      return Objects.requireNonNullElse(recipe, TrainRecipe.BIGGAN);
    }

    Integer size() {
      return size;
    }

    Integer channels() {
      return channels;
    }

    Boolean half() {
      return half;
    }

    NetworkOptions options() {
      return new NetworkOptions(size, channels, multipliers, attention, embedding);
    }
  }

  /** Losses, steps and rates. */
  static final class Training {
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
          : words.stream().map(Training::part).collect(Collectors.toSet());
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
}
