package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.base.SameBits;
import tsugiki.graph.ShownGradients;
import tsugiki.graph.Tensors;
import tsugiki.model.FrozenNetwork;
import tsugiki.report.EventFile;
import tsugiki.runtime.Device;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;

/** A whole run, broken off and resumed: every file that a user is promised. */
class GanRunTest {
  @Test
  void aRunWritesEverythingAndAResumedOneTheSame(@TempDir Path folder) throws Exception {
    Path whole = folder.resolve("whole");
    train(RunDirectory.create(whole, options(4)), options(4));
    Path broken = folder.resolve("broken");
    train(RunDirectory.create(broken, options(2)), options(2));
    train(RunDirectory.resume(broken), options(4));

    for (String file :
        List.of(
            "samples-000000.png",
            "samples-000002.png",
            "samples-000004.png",
            "samples.png",
            "interpolation.png",
            "nearest.png",
            "report.html",
            "model/saved_model.pb",
            "model/card.md",
            "discriminator/card.md",
            "discriminator/discriminator.json")) {
      assertThat(broken.resolve(file)).exists();
      assertThat(whole.resolve(file)).exists();
    }
    assertThat(broken.resolve("samples.png")).hasSameBinaryContentAs(whole.resolve("samples.png"));
    assertThat(broken.resolve("nearest.png")).hasSameBinaryContentAs(whole.resolve("nearest.png"));
    assertThat(whole.resolve("report.html"))
        .content()
        .contains("95 % interval", "kid_5", "share of copies", "6 of 12 training images")
        .contains("alt=\"" + NearestImages.CAPTION)
        .contains(
            "<figure class=\"frames\" data-columns=\"9\">\n"
                + "<a href=\"interpolation.png\"><img src=\"data:image/",
            "alt=\"From one image to another of the same class");
    assertWalksEndAtSamples(whole);
    assertThat(ModelMetadata.usualTruncation(whole.resolve("model")))
        .isEqualTo(LatentDraws.UNTRUNCATED);
    assertThat(whole.resolve("model/card.md"))
        .content()
        .contains(
            "| kid_5 | ",
            "## Licence\n\nOf the training images: CC BY 4.0, by a gardener\n\n## Training",
            "| takes | `label` | int64 | [N] | a class, 0 to 2 |");
    assertThat(whole.resolve("discriminator/card.md"))
        .content()
        .contains("Of the training images: CC BY 4.0, by a gardener");
    assertThat(EventFile.histograms(whole))
        .contains("W/generator/block_0/conv_1", "gamma/generator/block_0/norm_1");
    ShownGradients.assertGrouped(
        EventFile.graph(whole), List.of("Generator/Block0/Norm1", "Generator/Block1/Conv2"));
    assertThat(steps(broken)).isEqualTo(steps(whole)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(RunDirectory.resume(broken).metrics().get(1).has("kid_5")).isTrue();
    assertThat(TensorBundle.read(broken.resolve("discriminator/weights")))
        .usingRecursiveComparison(SameBits.comparison())
        .isEqualTo(TensorBundle.read(whole.resolve("discriminator/weights")));
    assertThat(drawn(broken.resolve("model"))).isEqualTo(drawn(whole.resolve("model")));
    try (Stream<Path> files = Files.list(whole)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("events.out.tfevents."));
    }
  }

  /** A row of the samples is a class, and so is a walk, whose ends have the seeds of samples. */
  private static void assertWalksEndAtSamples(Path run) throws Exception {
    BufferedImage samples = ImageIO.read(run.resolve("samples.png").toFile());
    BufferedImage walks = ImageIO.read(run.resolve("interpolation.png").toFile());
    int cell = walks.getWidth() / Interpolation.FRAMES;
    // The names of the classes stand at the left of the samples.
    int names = samples.getWidth() - 2 - 8 * cell;
    assertThat(walks.getHeight() / cell).isEqualTo(4);
    assertThat(image(walks, cell, 0, 0)).isEqualTo(image(cut(samples, names), cell, 0, 0));
    assertThat(image(walks, cell, 0, 8)).isEqualTo(image(cut(samples, names), cell, 0, 1));
    // The fourth walk is of the first of the three classes again.
    assertThat(image(walks, cell, 3, 0)).isEqualTo(image(cut(samples, names), cell, 0, 6));
  }

  private static BufferedImage cut(BufferedImage picture, int left) {
    return picture.getSubimage(left, 0, picture.getWidth() - left, picture.getHeight());
  }

  private static int[] image(BufferedImage grid, int cell, int row, int column) {
    int side = cell - 2;
    return grid.getRGB(2 + column * cell, 2 + row * cell, side, side, null, 0, side);
  }

  private static void train(RunDirectory run, GanRunOptions options) {
    Optional<FrozenNetwork> fake = Optional.of(new TinyGan.Fake());
    GanInput input =
        new GanInput(TinyGan.images(), TrainingLabels.of(TinyGan.images()), fake, fake);
    try (GanRun gan = new GanRun(options, input)) {
      GanRun.Result result = gan.train(run);
      assertThat(result.steps()).isEqualTo(options.training().steps());
      assertThat(result.metrics()).containsKeys("loss_d", "loss_g", "kid_5", "seconds");
    }
  }

  private static GanRunOptions options(long steps) {
    GanOptions tiny = TinyGan.options(DiscriminatorKind.PROJECTED);
    GanOptions training =
        GanOptions.defaults(tiny.discriminator())
            .withBatch(4)
            .withSteps(steps)
            .withStandingBatches(2)
            .withSeed(11);
    return GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
        .withNetwork(TinyGan.OPTIONS)
        .withTraining(training)
        .withLicence("CC BY 4.0, by a gardener")
        .withWatch(
            GanWatchOptions.defaults()
                .withIntervals(new Intervals(1, 2, 2))
                .withScoreNetwork("fake")
                .withScoreEvery(2)
                .withScoreImages(6));
  }

  private static List<Long> steps(Path run) {
    return RunDirectory.resume(run).metrics().stream()
        .map(line -> line.get("step").asLong())
        .toList();
  }

  private static float[] drawn(Path model) {
    int latent = TinyGan.NETWORKS.latentSize();
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve");
        TFloat32 z = Tensors.floats(Shape.of(2, latent), new float[2 * latent]);
        TInt64 label = Tensors.longs(0, 2);
        Result result =
            bundle
                .function("serving_default")
                .call(Map.<String, Tensor>of("z", z, "label", label))) {
      TFloat32 images = (TFloat32) result.get("images_float").orElseThrow();
      assertThat(images.shape()).isEqualTo(Shape.of(2, TinyGan.SIZE, TinyGan.SIZE, 3));
      return Tensors.toFloats(images);
    }
  }
}
