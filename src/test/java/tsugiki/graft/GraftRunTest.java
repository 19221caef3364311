package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.graph.ShownGradients;
import tsugiki.report.EventFile;
import tsugiki.runtime.Optimised;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.BrokenRun;
import tsugiki.train.Checkpoints;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;

/** A whole run with tiny parts: every file that a user is promised, and what resuming makes. */
@Tag("slow")
class GraftRunTest {
  private static final long STEPS = 4;
  private static final GraftOptions OPTIONS =
      TinyRootstock.options(
          GraftMethod.POINT_WISE, 4, STEPS, TinyRootstock.watch(new Intervals(1, 2, 2)));

  @TempDir private static Path folder;
  private static Path whole;
  private static GraftInput input;
  private static GraftRun.Result result;

  @BeforeAll
  static void train() {
    Path generator = folder.resolve("rootstock");
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(generator);
    input =
        new GraftInput(
            StoredGenerator.open(generator),
            TinyRootstock.images(3),
            new TinyNetwork(),
            List.of(new TinyNetwork()));
    whole = folder.resolve("whole");
    result = train(RunDirectory.create(whole, OPTIONS));
  }

  private static GraftRun.Result train(RunDirectory run) {
    try (GraftRun graft = new GraftRun(OPTIONS, input)) {
      return graft.train(run);
    }
  }

  @Test
  void writesEveryFileThatIsPromised() throws IOException {
    List<String> promised =
        List.of(
            "options.json",
            "metrics.jsonl",
            "reals.png",
            "samples-000000.png",
            "samples-000002.png",
            "samples-000004.png",
            "reconstruction.png",
            "samples.png",
            "interpolation.png",
            "nearest.png",
            "report.html",
            "model/saved_model.pb",
            "model/card.md",
            "checkpoints/latest");
    assertThat(promised).allSatisfy(name -> assertThat(whole.resolve(name)).isNotEmptyFile());
    try (Stream<Path> files = Files.list(whole)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.startsWith("events.out.tfevents."))
          .hasSize(1);
    }
    // A browser without a network shows all of it.
    assertThat(Files.readString(whole.resolve("report.html")))
        .doesNotContainPattern("(src|href)=\"(?!data:|#|[-\\w./]+\")")
        .doesNotContain("@import", "url(http");
    assertThat(RunDirectory.resume(whole).options(GraftOptions.class)).isEqualTo(OPTIONS);
    assertThat(result.model()).isEqualTo(whole.resolve("model").toString());
    assertThat(result.steps()).isEqualTo(STEPS);
  }

  @Test
  void theGradientsAreShownBelowTheirLayers() throws IOException {
    ShownGradients.assertGrouped(
        EventFile.graph(whole), List.of("Generator/Block0/Norm1", "Generator/Block1/Norm2"));
  }

  @Test
  void metricsTellBeforeFromAfterAndHowTheLayersSpread() {
    List<JsonNode> lines = RunDirectory.resume(whole).metrics();
    assertThat(lines)
        .extracting(line -> line.get("step").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L);
    for (String score : List.of("reconstruction_l1", "kmmd/tiny", "kid/tiny")) {
      assertThat(lines.get(0).get(score).asDouble()).isEqualTo(result.before().get(score));
      assertThat(lines.get(4).get(score).asDouble())
          .isEqualTo(result.after().get(score))
          .isNotEqualTo(result.before().get(score));
    }
    for (int site = 0; site < 7; site++) {
      for (String latents : List.of("random", "training")) {
        String name = "w_spread_" + latents + "/site_" + site;
        assertThat(lines.get(4).get(name).asDouble())
            .as(name)
            .isGreaterThan(lines.get(2).get(name).asDouble())
            .isLessThan(1);
      }
    }
  }

  @Test
  void theScoresAfterHaveTheirIntervals() throws IOException {
    Matcher row =
        Pattern.compile("\\| kmmd/tiny \\| \\S+ \\| (\\S+) \\| (\\S+) to (\\S+) \\|")
            .matcher(Files.readString(whole.resolve("model/card.md")));
    assertThat(row.find()).isTrue();
    double after = Double.parseDouble(row.group(1));
    assertThat(after)
        .isCloseTo(result.after().get("kmmd/tiny"), Offset.offset(1e-4))
        .isStrictlyBetween(Double.parseDouble(row.group(2)), Double.parseDouble(row.group(3)));
    assertThat(whole.resolve("report.html"))
        .content()
        .contains(
            "The 95 % intervals are",
            "<figure class=\"frames\" data-columns=\"9\">\n<a href=\"interpolation.png\"><img");
  }

  @Test
  void theSavedModelDrawsWhatTheTrainingDraws() {
    Rootstock rootstock =
        new Rootstock(input.rootstock().architecture(), input.rootstock().weights());
    float[] z = LatentDraws.normal(rootstock.architecture().latent(), 1, 0, 1, 2, 3);
    try (GraftTraining training =
            new GraftTraining(OPTIONS, rootstock, input.images(), input.perceptual());
        LoadedGenerator served = LoadedGenerator.open(whole.resolve("model"))) {
      byte[] untrained = training.draw(z);
      new Checkpoints(whole.resolve("checkpoints")).restoreLatest(training);
      byte[] trained = training.draw(z);
      byte[] images = served.images(z, new long[0]);
      assertThat(trained).hasSameSizeAs(images).isNotEqualTo(untrained);
      for (int i = 0; i < images.length; i++) {
        // Two graphs: TensorFlow may fuse their operations differently.
        assertThat(Byte.toUnsignedInt(trained[i]))
            .isCloseTo(Byte.toUnsignedInt(images[i]), Offset.offset(1));
      }
      assertThat(served.conditional()).isFalse();
    }
  }

  @Optimised
  @Test
  void aRunCutAfterItsCheckpointEndsBitForBitAsTheUnbrokenOne() throws IOException {
    Path unbroken = folder.resolve("optimised");
    GraftRun.Result expected = train(RunDirectory.create(unbroken, OPTIONS));
    List<GraftRun.Result> resumed = new ArrayList<>();
    BrokenRun.resumesToTheBit(unbroken, folder.resolve("cut"), 2, run -> resumed.add(train(run)));
    assertThat(resumed.get(0).before()).isEqualTo(expected.before());
    assertThat(resumed.get(0).after()).isEqualTo(expected.after());
  }

  /** Scores of the start are taken later, of the weights of the start. */
  @Test
  void theScoresBeforeAreThoseOfTheWeightsBeforeTheFirstStep() throws IOException {
    try (GraftRun graft = new GraftRun(OPTIONS, input)) {
      graft.trainee().begin();
      assertThat(graft.measureEnd()).isEqualTo(result.before());
    }
    Path stopped = BrokenRun.of(whole, folder.resolve("stopped"), 2);
    List<JsonNode> lines = RunDirectory.resume(stopped).metrics();
    Files.writeString(stopped.resolve("metrics.jsonl"), lines.get(1) + "\n" + lines.get(2) + "\n");
    assertThat(train(RunDirectory.resume(stopped)).before()).isEqualTo(result.before());
    assertThat(BrokenRun.measured(stopped)).isEqualTo(BrokenRun.measured(whole));
  }

  @Test
  void aRunCutBeforeItsFirstCheckpointBeginsAnew() throws IOException {
    Path cut = RunDirectory.create(folder.resolve("begun"), OPTIONS).path();
    RunDirectory.resume(cut).addMetrics(1, result.before());
    train(RunDirectory.resume(cut));
    assertThat(BrokenRun.measured(cut)).isEqualTo(BrokenRun.measured(whole));
    assertThat(cut.resolve("reals.png")).hasSameBinaryContentAs(whole.resolve("reals.png"));
    assertThat(cut.resolve("model/saved_model.pb")).isNotEmptyFile();
  }

  @Test
  void aFinishedRunIsWrittenAgainWithoutDoubleLines() throws IOException {
    Path again = copy("again");
    assertThat(train(RunDirectory.resume(again)).after()).isEqualTo(result.after());
    assertThat(BrokenRun.measured(again)).isEqualTo(BrokenRun.measured(whole));
  }

  @Test
  void oneImageIsEnoughForScaleAndShift() {
    GraftOptions options =
        TinyRootstock.options(
            GraftMethod.SCALE_SHIFT, 1, 1, TinyRootstock.watch(new Intervals(1, 1, 1)));
    GraftInput one =
        new GraftInput(
            input.rootstock(), TinyRootstock.images(1), input.perceptual(), input.judges());
    Path path = folder.resolve("one");
    try (GraftRun graft = new GraftRun(options, one)) {
      // Distances between distributions need two images.
      assertThat(graft.train(RunDirectory.create(path, options)).after())
          .containsOnlyKeys("reconstruction_l1");
    }
    assertThat(path.resolve("report.html")).isNotEmptyFile();
    try (LoadedGenerator served = LoadedGenerator.open(path.resolve("model"))) {
      assertThat(served.images(new float[served.latent()], new long[0])).hasSize(32 * 32 * 3);
    }
  }

  private static Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    FileUtils.copyDirectory(whole.toFile(), target.toFile());
    return target;
  }
}
