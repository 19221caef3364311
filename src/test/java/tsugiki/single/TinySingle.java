package tsugiki.single;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** A training on a tiny image with tiny networks. */
final class TinySingle {
  static final int CHANNELS = 2;

  /** Of the leaky ReLU. */
  static final double SLOPE = 0.2f;

  private TinySingle() {}

  /** Three stages of 11×12, 13×14 and 16×17 pixels, of which two are trained together. */
  static SingleOptions options(SingleMode mode) {
    SingleOptions options = SingleOptions.of(Path.of("tiny.png"), mode, Execution.here(Device.CPU));
    return options
        .withPyramid(options.pyramid().withStages(3).withMinSize(11).withMaxSize(17))
        .withNetwork(options.network().withChannels(CHANNELS).withActivation("lrelu:0.2"))
        .withTraining(
            options
                .training()
                .withSteps(2)
                .withTrainDepth(2)
                .withLrScale(0.5f)
                .withRate(0.01f)
                .withSeed(3))
        .withWatch(options.watch().withCount(2).withCheckpointEvery(1).withMeasureEvery(1));
  }

  /** The same stages by SinGAN, of three convolutions each, in the mode that paints. */
  static SingleOptions sinGan() {
    SingleOptions options = options(SingleMode.PAINT);
    return options
        .withPyramid(options.pyramid().withSpacing(PyramidSizes.Spacing.CONSINGAN))
        .withNetwork(options.network().withLayers(3));
  }

  /** With numbers of updates and weights of which no two are alike and none is a default. */
  static SingleOptions unusual(SingleOptions options) {
    return options.withTraining(
        options
            .training()
            .withGeneratorUpdates(2)
            .withDiscriminatorSteps(4)
            .withReconstructionWeight(7)
            .withGradientPenalty(0.3f)
            .withNoiseAmplitude(0.2f));
  }

  static PyramidTraining training(SingleOptions options) {
    return new PyramidTraining(options, images(options), Optional.empty());
  }

  static long steps(SingleOptions options) {
    return options.steps(images(options).sizes());
  }

  static ImagePyramid images(SingleOptions options) {
    return ImagePyramid.of(image(), options);
  }

  /** 17×16 pixels with a horizon. */
  static RgbImage image() {
    int height = 16;
    int width = 17;
    byte[] rgb = new byte[height * width * 3];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < rgb.length; i++) {
      int row = i / (3 * width);
      rgb[i] = (byte) ((row < 7 ? 180 : 60) + 10 * (i % 3) + random.nextInt(40));
    }
    return new RgbImage("tiny", height, width, rgb);
  }
}
