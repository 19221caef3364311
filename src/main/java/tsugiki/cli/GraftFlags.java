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
import tsugiki.train.Intervals;

/**
 * The flags of the verb {@code graft}, in the groups that its help shows. The defaults are those of
 * the options' records: every field begins with the record's value, and the help names it by {@code
 * ${DEFAULT-VALUE}}.
 */
final class GraftFlags {
  private static final LearningOptions LEARNING = LearningOptions.defaults();
  private static final LossOptions LOSS = LossOptions.defaults();
  private static final WatchOptions WATCH = WatchOptions.defaults();

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
    int limit;

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
        description = "point-wise or scale-shift. Default: ${DEFAULT-VALUE}.")
    GraftMethod method = GraftMethod.POINT_WISE;

    @Option(
        names = "--group-size",
        paramLabel = "G",
        description =
            "Channels per group of the point-wise layers: 1, 2, 4, 8, …, or all. Default: ${DEFAULT-VALUE}.")
    String groupSize = "8";

    /** The group size, 0 for all channels. */
    int group() {
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
    @Option(names = "--steps", paramLabel = "N", description = "Steps. Default: ${DEFAULT-VALUE}.")
    long steps = LEARNING.steps();

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Images a step. Default: ${DEFAULT-VALUE}.")
    int batch = LEARNING.batch();

    @Option(
        names = "--layer-rate",
        paramLabel = "R",
        description =
            "Learning rate of the layers, or of the gains and biases. Default: ${DEFAULT-VALUE}.")
    float layerRate = LEARNING.layerRate();

    @Option(
        names = "--latent-rate",
        paramLabel = "R",
        description = "Learning rate of the images' latent vectors. Default: ${DEFAULT-VALUE}.")
    float latentRate = LEARNING.latentRate();

    @Option(
        names = "--embedding-rate",
        paramLabel = "R",
        description = "Learning rate of the class vector. Default: ${DEFAULT-VALUE}.")
    float embeddingRate = LEARNING.embeddingRate();

    @Option(
        names = "--decay-every",
        paramLabel = "N",
        description = "Steps between decays of all rates. Default: ${DEFAULT-VALUE}.")
    long decayEvery = LEARNING.decayEvery();

    @Option(
        names = "--decay",
        paramLabel = "F",
        description = "Their factor. Default: ${DEFAULT-VALUE}.")
    float decay = LEARNING.decay();

    @Option(
        names = "--noise",
        paramLabel = "S",
        description = "Deviation of the noise on a latent vector. Default: ${DEFAULT-VALUE}.")
    float noise = LEARNING.noise();

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
            "The network of the perceptual loss: "
                + FrozenNetworks.NAMES
                + ". Default: ${DEFAULT-VALUE}.")
    String perceptual = LOSS.perceptual();

    @Option(
        names = "--perceptual-weight",
        paramLabel = "W",
        description =
            "A factor on the perceptual loss; at 1, Caffe's VGG16 has the reference's 0.001 a map,"
                + " and any other network's maps together count 1 at the start. Default: ${DEFAULT-VALUE}.")
    float perceptualWeight = LOSS.perceptualWeight();

    @Option(names = "--prior-weight", paramLabel = "W", description = "Default: ${DEFAULT-VALUE}.")
    float priorWeight = LOSS.priorWeight();

    @Option(
        names = "--embedding-weight",
        paramLabel = "W",
        description = "Default: ${DEFAULT-VALUE}.")
    float embeddingWeight = LOSS.embeddingWeight();

    LossOptions options() {
      return new LossOptions(perceptual, perceptualWeight, priorWeight, embeddingWeight);
    }
  }

  /** Measurements, samples and checkpoints. */
  static final class Watch {
    @Option(
        names = "--truncation",
        paramLabel = "T",
        description = "Where the latent vectors of samples are cut. Default: ${DEFAULT-VALUE}.")
    double truncation = WATCH.truncation();

    @Option(
        names = "--network",
        paramLabel = "NETWORK",
        description =
            "A network to score with, before and after; repeatable. Default: ${DEFAULT-VALUE}.")
    List<String> networks = WATCH.scoreNetworks();

    @Option(
        names = "--measure-every",
        paramLabel = "N",
        description = "Steps between lines of metrics.jsonl. Default: ${DEFAULT-VALUE}.")
    long measureEvery = WATCH.intervals().measureEvery();

    @Option(
        names = "--sample-every",
        paramLabel = "N",
        description = "Steps between sample grids. Default: ${DEFAULT-VALUE}.")
    long sampleEvery = WATCH.intervals().sampleEvery();

    @Option(
        names = "--checkpoint-every",
        paramLabel = "N",
        description = "Steps between checkpoints. Default: ${DEFAULT-VALUE}.")
    long checkpointEvery = WATCH.intervals().checkpointEvery();

    WatchOptions options() {
      return new WatchOptions(
          truncation, networks, new Intervals(measureEvery, sampleEvery, checkpointEvery));
    }
  }
}
