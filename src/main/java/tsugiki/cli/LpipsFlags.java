package tsugiki.cli;

import picocli.CommandLine.Option;
import tsugiki.base.Checks;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.score.LpipsImages;

/** The flags of {@code --metrics lpips}. */
final class LpipsFlags {
  private static final String NETWORK = "--lpips-network";
  private static final String IMAGES = "--lpips-images";

  @Option(
      names = NETWORK,
      paramLabel = "lpips:VGG16,LINEAR",
      defaultValue = "lpips",
      description =
          "torchvision's VGG16 and LPIPS' linear weights. Default: what fetch vgg16-torch and fetch"
              + " lpips brought.")
  private String network;

  @Option(
      names = IMAGES,
      paramLabel = "N",
      description =
          "Look at so many generated images, drawn by --seed where there are more, and measure"
              + " clusters around at most so many training images. Default: "
              + LpipsImages.USUAL
              + ".")
  private int images = LpipsImages.USUAL;

  /** Refuses numbers that make no sense. */
  void check() {
    Checks.atLeast(IMAGES, images, 2);
  }

  /** How many images are looked at. */
  int images() {
    return images;
  }

  /** LPIPS with the weights that were named. */
  FrozenNetwork network() {
    return FrozenNetworks.openLpips(NETWORK, network);
  }
}
