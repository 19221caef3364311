package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.GraphDef;
import tsugiki.base.BadInputException;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.graph.ShownGradients;
import tsugiki.report.EventFile;
import tsugiki.report.Pictures;
import tsugiki.runtime.Sessions;
import tsugiki.score.ColourNetwork;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.RunDirectory;

/** A training on one image from options to run directory. */
class SingleRunTest {
  @TempDir private Path folder;

  private Path photograph() {
    Path file = folder.resolve("tiny.png");
    RgbImage image = TinySingle.image();
    Pictures.writePng(Pictures.of(image.rgb(), 0, image.height(), image.width(), 1), file);
    return file;
  }

  @Test
  void aRunHasEveryStageItsPicturesItsScoresAndTheModel() throws Exception {
    SingleOptions options = TinySingle.options(SingleMode.GENERATE).withImage(photograph());
    Path path = folder.resolve("run");
    SingleRun.Input input =
        new SingleRun.Input(
            SingleRun.Input.open(options).images(), Optional.empty(), Optional.empty());
    SingleRun.Result result;
    try (SingleRun run = new SingleRun(options, input)) {
      result = run.train(RunDirectory.create(path, options));
    }
    assertThat(result.steps()).isEqualTo(6);
    List<JsonNode> stages =
        RunDirectory.resume(path).metrics().stream().filter(line -> line.has("stage")).toList();
    assertThat(stages).extracting(line -> line.get("stage").asInt()).containsExactly(1, 2, 3);
    assertThat(stages)
        .allSatisfy(
            line -> {
              assertThat(line.get("rmse").asDouble()).isBetween(0.01, 2.0);
              assertThat(line.get("diversity").asDouble()).isBetween(0.0, 2.0);
              // What the step says of the reconstruction is of before its update.
              assertThat(line.get("reconstruction").asDouble()).isPositive();
            });
    assertThat(result.metrics()).containsKeys("rmse", "diversity", "loss_d", "loss_g");
    for (String file :
        List.of(
            "stage-000002.png",
            "stage-000006.png",
            "samples-000000.png",
            "samples-000001.png",
            "samples-000006.png",
            "pyramid.png",
            "reconstruction.png",
            "samples/000001.png",
            "samples/grid.png",
            "interpolation.png",
            "nearest.png",
            "model/saved_model.pb",
            "model/card.md",
            "report.html")) {
      assertThat(path.resolve(file)).exists();
    }
    assertThat(Files.readString(path.resolve("report.html")).replaceAll("(;base64,)[^\"]+", "$1"))
        .contains("Stage 3, 17×16 pixels", "alt=\"" + NearestSamples.CAPTION)
        .containsSubsequence(
            "<figure class=\"slides\">",
            "alt=\"Stage 1, 12×11 pixels, step 0 of 2\"",
            "alt=\"Stage 1, 12×11 pixels, step 2 of 2\"",
            "alt=\"Stage 2, 15×14 pixels, step 1 of 2\"",
            "alt=\"Stage 3, 17×16 pixels, step 2 of 2\"",
            "<figcaption>" + SamplesOverTime.CAPTION)
        .contains(
            "<figure class=\"frames\" data-columns=\"9\">\n"
                + "<a href=\"interpolation.png\"><img src=\"data:image/");
    List<GraphDef> graphs = EventFile.graphs(path);
    assertThat(graphs).as("of the first stage and of the last").hasSize(2);
    ShownGradients.assertGrouped(graphs.get(0), List.of("Generator/Head"));
    ShownGradients.assertGrouped(graphs.get(1), List.of("Generator/Stage2/Body/Conv0"));
    assertThat(EventFile.histograms(path)).anyMatch(tag -> tag.startsWith("W/generator/"));
    assertThat(RunDirectory.resume(path).options(SingleOptions.class)).isEqualTo(options);
    asTheFirstVersionWroteThem(path);
    assertThat(RunDirectory.resume(path).options(SingleOptions.class)).isEqualTo(options);
    assertThat(PyramidExport.read(path.resolve("model")).architecture().network())
        .isEqualTo(options.network());
  }

  /** Each picture has its images where the others have them, whatever its stage. */
  @Test
  void theSamplesOverTimeAreTheStagesOwnEnlarged() throws Exception {
    SingleOptions options = TinySingle.options(SingleMode.GENERATE);
    SingleOptions sparse = options.withWatch(options.watch().withSampleEvery(3));
    assertThat(SamplesOverTime.every(options)).isEqualTo(1);
    assertThat(SamplesOverTime.every(sparse)).isEqualTo(3);
    try (PyramidTraining training = TinySingle.training(options);
        PyramidSampler sampler = new PyramidSampler(training.trained(), Sessions.Settings.cpu())) {
      RgbImage own = sampler.draw(3);
      assertThat(List.of(own.height(), own.width())).containsExactly(11, 12);
      BufferedImage drawn = SamplesOverTime.draw(sampler, training, 3, new Size(16, 17)).image();
      RgbImage enlarged = MatlabResizer.resize(own, 16, 17);
      BufferedImage alone = StagePictures.grid(List.of(enlarged), 1);
      int cell = (drawn.getWidth() - 4) / 4;
      int width = alone.getWidth() - 8;
      assertThat(drawn.getHeight()).isEqualTo(alone.getHeight());
      // The second of four; each has a white border, which two neighbours share.
      assertThat(columns(drawn, 4 + cell, width)).isEqualTo(columns(alone, 4, width));
    }
  }

  private static int[] columns(BufferedImage picture, int left, int width) {
    return picture.getRGB(left, 0, width, picture.getHeight(), null, 0, width);
  }

  /** Dark at the left of a difference, where the sample is the image. */
  @Test
  void theNearestSamplesStandBesideTheirDifferences() {
    RgbImage image = grey("image", 100, 100);
    BufferedImage picture =
        NearestSamples.picture(
            image, List.of(grey("far", 0, 200), grey("near", 100, 70), grey("next", 60, 100)));

    int cell = picture.getWidth() / 4;
    int row = picture.getHeight() / 4;
    assertThat(List.of(at(picture, cell / 4, row), at(picture, 3 * cell / 4, row)))
        .as("near")
        .containsExactly(100, 70);
    assertThat(List.of(at(picture, 5 * cell / 4, row), at(picture, 7 * cell / 4, row)))
        .as("its difference")
        .containsExactly(0, 30);
    assertThat(at(picture, 9 * cell / 4, row)).as("next").isEqualTo(60);
    assertThat(at(picture, 13 * cell / 4, row)).as("its difference").isEqualTo(40);
    assertThat(at(picture, 7 * cell / 4, 3 * row)).as("the difference of far").isEqualTo(100);
  }

  private static int at(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xff;
  }

  /** 64×64 pixels: one grey in the left half and one in the right. */
  private static RgbImage grey(String name, int left, int right) {
    int side = 64;
    byte[] rgb = new byte[side * side * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % side < side / 2 ? left : right);
    }
    return new RgbImage(name, side, side, rgb);
  }

  @Test
  void noiseBetweenTwoDrawsIsAsStrongAsThey() {
    PyramidNoise from = PyramidNoise.random(1);
    PyramidNoise to = PyramidNoise.random(2);
    assertThat(PyramidNoise.between(from, to, 0).part(1, 3, 0, 0, 8, 8))
        .isEqualTo(from.part(1, 3, 0, 0, 8, 8));
    assertThat(PyramidNoise.between(from, to, 1).part(1, 3, 2, 1, 8, 8))
        .isEqualTo(to.part(1, 3, 2, 1, 8, 8));
    float[] half = PyramidNoise.between(from, to, 0.5).part(0, 3, 0, 0, 64, 64);
    double squares = 0;
    for (float value : half) {
      squares += (double) value * value / half.length;
    }
    assertThat(squares).isCloseTo(1, within(0.05));
  }

  /** Runs and models of before there were a method, another activation and a factor. */
  private static void asTheFirstVersionWroteThem(Path run) throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (String file : List.of("options.json", "model/assets.extra/tsugiki.json")) {
      ObjectNode tree = (ObjectNode) json.readTree(run.resolve(file).toFile());
      tree.findParents("method").forEach(parent -> ((ObjectNode) parent).remove("method"));
      tree.findParents("activation")
          .forEach(
              network -> {
                ((ObjectNode) network).remove("activation");
                ((ObjectNode) network).put("slope", (float) TinySingle.SLOPE);
              });
      tree.remove("fine_tuning");
      tree.remove("licence");
      for (String name : List.of("scale_factor", "factor", "sample_every")) {
        tree.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name));
      }
      Files.writeString(run.resolve(file), json.writeValueAsString(tree));
    }
  }

  @Test
  void theScoresAreThoseOfTheArithmetic() {
    RgbImage black = new RgbImage("black", 1, 2, new byte[6]);
    RgbImage real = new RgbImage("real", 1, 2, new byte[] {0, 0, 0, 120, 120, 120});
    // Grey values 0 and 120 have the deviation 60; the samples' are 60 at one pixel of two.
    assertThat(StageScores.diversity(real, List.of(black, real))).isCloseTo(0.5, within(1e-9));
    assertThat(StageScores.rmse(black, real)).isCloseTo(120 / 127.5 / Math.sqrt(2), within(1e-9));
  }

  /** Distances of 25 and 0 have the deviation 25/√2; the t of one degree of freedom is 12.706. */
  @Test
  void aDistanceHasItsIntervalOverTheSamples() {
    RgbImage black = new RgbImage("black", 24, 24, new byte[24 * 24 * 3]);
    byte[] rgb = new byte[24 * 24 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = 3;
      rgb[i + 1] = 4;
    }
    RgbImage other = new RgbImage("other", 24, 24, rgb);
    try (StageScores scores =
        new StageScores(Optional.of(new ColourNetwork()), Sessions.Settings.cpu())) {
      Map<String, Double> two = scores.measure(black, black, List.of(other, black));
      assertThat(two.get("colours")).isCloseTo(12.5, within(1e-6));
      assertThat(two.get("colours_margin")).isCloseTo(12.706 * 12.5, within(0.01));
      assertThat(scores.measure(black, black, List.of(other))).doesNotContainKey("colours_margin");
    }
  }

  @Test
  void badInputIsRefusedInASentence() {
    SingleOptions options = TinySingle.options(SingleMode.GENERATE).withImage(photograph());
    assertThatThrownBy(
            () -> SingleRun.Input.open(options.withPyramid(options.pyramid().withMinSize(16))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("17×16 pixels")
        .hasMessageContaining("minSize is 16");
    assertThatThrownBy(() -> options.pyramid().withStages(1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("stages is 1");
    assertThatThrownBy(() -> SingleRun.Input.open(options.withImage(folder.resolve("no.png"))))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no.png");
    assertThatThrownBy(() -> options.training().withLrScale(0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("lrScale is 0");
  }
}
