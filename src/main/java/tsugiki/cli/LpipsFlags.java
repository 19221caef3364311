package tsugiki.cli;

import picocli.CommandLine.Option;
import tsugiki.score.ScoreNetwork;
import tsugiki.score.ScoreOptions;

/** The flags of {@code --metrics lpips}. */
final class LpipsFlags {
  @Option(
      names = "--lpips-network",
      paramLabel = "lpips:VGG16,LINEAR",
      description =
          "torchvision's VGG16 and LPIPS' linear weights. Default: ${DEFAULT-VALUE}, which fetch"
              + " vgg16-torch and fetch lpips brought.")
  private String network = ScoreNetwork.defaults().lpips();

  @Option(
      names = "--lpips-images",
      paramLabel = "N",
      description =
          "Compare so many generated images, drawn by --seed where there are more, and measure"
              + " clusters around at most so many training images. Default: ${DEFAULT-VALUE}.")
  private int images = ScoreOptions.defaults().lpipsImages();

  /** The number of images. */
  int images() {
    return images;
  }

  /** The name of the network with its weights. */
  String network() {
    return network;
  }
}
