package tsugiki.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of what is trained: data, recipe and networks. */
final class DataFlags {
  @Option(
      names = "--data",
      paramLabel = "P",
      description =
          "A folder or zip of images (or a folder in a zip), one class or one folder per class; or the"
              + " files of MNIST (IDX) or CIFAR-10 (binary), or their folder.")
  private Path path;

  @Option(
      names = "--recipe",
      paramLabel = "R",
      converter = TrainRecipe.Converter.class,
      completionCandidates = TrainRecipe.Names.class,
      description =
          "One of ${COMPLETION-CANDIDATES}. features is the network for --features, which learns"
              + " rotations and the labels that it may see; the others are GANs. dcgan-mnist and"
              + " dcgan-automobiles are dcgan-book with the sizes and the length of the source of the"
              + " parametric softsign. Default: ${DEFAULT-VALUE}.")
  private TrainRecipe recipe;

  @Mixin private final FlagSection networks;

  /** With BigGAN as the default. */
  DataFlags(FlagSection networks) {
    this(networks, TrainRecipe.BIGGAN);
  }

  /** With another recipe as the default. */
  DataFlags(FlagSection networks, TrainRecipe recipe) {
    this.networks = networks;
    this.recipe = recipe;
  }

  /** The flags of data and networks that not every recipe reads. */
  FlagSection networks() {
    return networks;
  }

  Path path() {
    return path;
  }

  TrainRecipe recipe() {
    return recipe;
  }
}
