package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import tsugiki.base.BadInputException;
import tsugiki.graft.GraftMethod;
import tsugiki.graft.LearningOptions;
import tsugiki.graft.LossOptions;
import tsugiki.graft.WatchOptions;
import tsugiki.pretrained.FrozenNetworks;

/**
 * The flags of the verb {@code graft}, in the groups that its help shows. A flag left out stays
 * null: the options' records know the defaults.
 */
final class GraftFlags {
  private GraftFlags() {}

  /** What is grafted onto what. */
  static final class Parts {
    @Option(
        names = "--images",
        paramLabel = "P",
        description = "The images to adapt to: a folder, a zip or one image.")
    Path images;

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Take the first N images in file order. Default: all.")
    Integer limit;

    @Option(
        names = "--generator",
        paramLabel = "DIR",
        description =
            "The rootstock: a SavedModel that train wrote, a run, or the name of a model"
                + " that ships. Default: ${DEFAULT-VALUE}.",
        defaultValue = "starter-64")
    String generator;

    @Option(
        names = "--method",
        paramLabel = "M",
        description = "point-wise or scale-shift. Default: point-wise.")
    GraftMethod method;

    @Option(
        names = "--group-size",
        paramLabel = "G",
        description =
            "Channels a group of the point-wise layers: 1, 2, 4, 8, …, or all. Default: 8.")
    String groupSize;

    /** The group size, 0 for all channels, or null where the flag was left out. */
    Integer group() {
      if (groupSize == null) {
        return null;
      }
      if (groupSize.equals("all")) {
        return 0;
      }
      return Optional.of(groupSize)
          .filter(text -> text.matches("[1-9][0-9]{0,5}"))
          .map(Integer::valueOf)
          .orElseThrow(
              () ->
                  new BadInputException(
                      "--group-size is " + groupSize + "; give a number from 1, or all"));
    }
  }

  /** How it learns. */
  static final class Learning {
    @Option(names = "--steps", paramLabel = "N", description = "Steps. Default: 1000.")
    Long steps;

    @Option(names = "--batch", paramLabel = "N", description = "Images a step. Default: 8.")
    Integer batch;

    @Option(
        names = "--layer-rate",
        paramLabel = "R",
        description = "Learning rate of the layers, or of the gains and biases. Default: 5e-4.")
    Float layerRate;

    @Option(
        names = "--latent-rate",
        paramLabel = "R",
        description = "Learning rate of the images' latent vectors. Default: 0.05.")
    Float latentRate;

    @Option(
        names = "--embedding-rate",
        paramLabel = "R",
        description = "Learning rate of the class vector. Default: 1e-3.")
    Float embeddingRate;

    @Option(
        names = "--decay-every",
        paramLabel = "N",
        description = "Steps between decays of all rates. Default: 3000.")
    Long decayEvery;

    @Option(names = "--decay", paramLabel = "F", description = "Their factor. Default: 0.2.")
    Float decay;

    @Option(
        names = "--noise",
        paramLabel = "S",
        description = "Deviation of the noise on a latent vector. Default: 0.01.")
    Float noise;

    LearningOptions options(long seed) {
      return new LearningOptions(
          steps, batch, layerRate, latentRate, embeddingRate, decayEvery, decay, noise, seed);
    }
  }

  /** What it minimises. */
  static final class Loss {
    @Option(
        names = "--perceptual",
        paramLabel = "NETWORK",
        description =
            "The network of the perceptual loss: " + FrozenNetworks.NAMES + ". Default: starter.")
    String perceptual;

    @Option(
        names = "--perceptual-weight",
        paramLabel = "W",
        description =
            "A factor on the perceptual loss; at 1, Caffe's VGG16 has the reference's 0.001 a map,"
                + " and any other network's maps together count 1 at the start. Default: 1.")
    Float perceptualWeight;

    @Option(names = "--prior-weight", paramLabel = "W", description = "Default: 0.1.")
    Float priorWeight;

    @Option(names = "--embedding-weight", paramLabel = "W", description = "Default: 0.02.")
    Float embeddingWeight;

    LossOptions options() {
      return new LossOptions(perceptual, perceptualWeight, priorWeight, embeddingWeight);
    }
  }

  /** What is looked at. */
  static final class Watch {
    @Option(
        names = "--truncation",
        paramLabel = "T",
        description = "Where the latent vectors of samples are cut. Default: 0.4.")
    Double truncation;

    @Option(
        names = "--network",
        paramLabel = "NETWORK",
        description = "A network to score with, before and after; repeatable. Default: starter.")
    List<String> networks;

    @Option(
        names = "--measure-every",
        paramLabel = "N",
        description = "Steps between lines of metrics.jsonl. Default: 10.")
    Long measureEvery;

    @Option(
        names = "--sample-every",
        paramLabel = "N",
        description = "Steps between sample grids. Default: 250.")
    Long sampleEvery;

    @Option(
        names = "--checkpoint-every",
        paramLabel = "N",
        description = "Steps between checkpoints. Default: 250.")
    Long checkpointEvery;

    WatchOptions options() {
      return new WatchOptions(truncation, networks, measureEvery, sampleEvery, checkpointEvery);
    }
  }
}
