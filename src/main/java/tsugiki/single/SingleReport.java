package tsugiki.single;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tsugiki.gan.Interpolation;
import tsugiki.gan.NearestImages;
import tsugiki.report.PictureSeries.Slide;
import tsugiki.report.StepPictures;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingReport;

/** The page and the model card of a training on one image. */
final class SingleReport {
  private static final List<String> LOSSES = List.of("loss_d", "adversarial", "reconstruction");

  private static final String INTERVAL =
      "What stands behind ± is half the width of the 95 % interval of a mean over the samples.";

  /** Follows what the card says of the noise. */
  private static final String FROM_IMAGE =
      " Instead of noise `noise_0` takes the image to change, in [−1, 1].";

  private SingleReport() {}

  /**
   * Puts both together.
   *
   * @param scores the names of what every stage was scored by
   */
  static TrainingReport of(
      RunDirectory run, SingleOptions options, PyramidSizes sizes, List<String> scores) {
    String image = options.image().getFileName().toString();
    TrainingReport report =
        new TrainingReport(
            run,
            "A pyramid of %s, %s pixels".formatted(image, sizes.full()),
            "A generator of one image",
            options);
    List<String> header =
        Stream.of(List.of("stage", "size", "seconds"), LOSSES, scores)
            .flatMap(List::stream)
            .toList();
    List<List<String>> rows = rows(run, sizes, header);
    report
        .page()
        .section("Figures at the end of every stage")
        .table(header, rows)
        .paragraph(INTERVAL);
    report
        .page()
        .section("The stages")
        .paragraph(
            "Of each stage the image, its reconstruction, and random samples. The first is the"
                + " smallest.");
    report.page().sideBySide(stages(run, options, sizes)).section("Samples");
    report
        .picture("image.png", "The given image as the generator changes it")
        .picture("super-resolved.png", "The image enlarged")
        .picture("samples/grid.png", "Random images of the last stage")
        .frames(Interpolation.FILE, Interpolation.FRAMES, "From one random image to another")
        .picture(NearestImages.FILE, NearestSamples.CAPTION)
        .picture("animation.gif", "A walk through the noise near the image")
        .page()
        .section("The way there");
    report
        .overTime(
            SamplesOverTime.NAME,
            SamplesOverTime.most(sizes),
            done -> SamplesOverTime.label(options, sizes, done),
            SamplesOverTime.CAPTION)
        .chart("Losses", "losses.png", List.of("loss_d", "adversarial"))
        .chart(
            "Squared error of the reconstruction",
            "reconstruction-error.png",
            List.of("reconstruction"))
        .chart("Scores of the discriminator", "scores.png", List.of("score_real", "score_fake"));
    report
        .card()
        .paragraph(
            ("Trained on `%s` alone by `tsugiki single` in the mode `%s`, by %s. The signature"
                    + " `serving_default` takes the noise of every stage, `noise_0` and on, and gives"
                    + " `images` uint8 and `images_float` in [−1, 1]; `stage_0` and on are the stages"
                    + " by themselves. The sizes of the noise decide on the size of the image.%s")
                .formatted(
                    image,
                    options.mode(),
                    options.method(),
                    PyramidArchitecture.of(options, sizes).startsFromImage() ? FROM_IMAGE : ""))
        .section("Figures at the end of every stage")
        .table(header, rows)
        .paragraph(INTERVAL);
    return report;
  }

  private static List<Slide> stages(RunDirectory run, SingleOptions options, PyramidSizes sizes) {
    int first = options.firstStage(sizes);
    return IntStream.range(first, sizes.stages())
        .mapToObj(
            stage -> {
              long done = options.stepsBefore(sizes, stage + 1);
              return new Slide(
                  run.path().resolve(StepPictures.fileName("stage", done)),
                  "Stage %d, %s pixels".formatted(stage + 1, sizes.of(stage)));
            })
        .toList();
  }

  private static List<List<String>> rows(
      RunDirectory run, PyramidSizes sizes, List<String> header) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode line : run.metrics()) {
      if (line.has(SingleRun.STAGE)) {
        int stage = line.get(SingleRun.STAGE).asInt();
        List<String> row = new ArrayList<>(List.of(Integer.toString(stage)));
        row.add(sizes.of(stage - 1).toString());
        header.stream().skip(2).map(name -> figure(line, name)).forEach(row::add);
        rows.add(row);
      }
    }
    return rows;
  }

  /** A value, with half the width of its 95 % interval where it has one. */
  private static String figure(JsonNode line, String name) {
    JsonNode value = line.get(name);
    JsonNode margin = line.get(name + StageScores.MARGIN);
    if (value == null) {
      return "";
    }
    return margin == null
        ? String.format(Locale.ROOT, "%.4g", value.asDouble())
        : String.format(Locale.ROOT, "%.4g ± %.2g", value.asDouble(), margin.asDouble());
  }
}
