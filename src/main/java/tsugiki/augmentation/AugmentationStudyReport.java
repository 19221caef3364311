package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tsugiki.study.OverTime;
import tsugiki.study.StudyReport;
import tsugiki.study.TrialOutcome;
import tsugiki.train.RunDirectory;

/**
 * The report of an augmentation study: the scores, the order that each gives the variants, how
 * these orders agree with each other and with those on other data, and the classes of the images.
 */
final class AugmentationStudyReport {
  private static final String READING =
      "A larger Inception Score is better: it is exp of the mean divergence of an image's classes from all images' classes, 1 at least and the number of classes at most, and it rises with images that are clear and that differ. The source of this study reads it the other way round, as “the lower, the better, since the images are concentrated in one class”, so that its best policies are its worst by the score's definition. Ranks here are by the definition. Neither reading suits images of one class, whose divergence is small however good they are; kid and fid against real images are what to trust.";

  private static final String COPYING =
      " A generator that copies these has the best kid and fid: read them beside memorised.";

  private final Path study;
  private final StudyReport report;
  private final AugmentationStudyOptions options;
  private final StudyImages images;
  private final VariantScores scores;
  private final Optional<VariantMeans> other;

  /**
   * Makes it.
   *
   * @param other the means of the study to compare with, where there is one
   */
  AugmentationStudyReport(
      Path study,
      AugmentationStudyOptions options,
      StudyImages images,
      VariantScores scores,
      Optional<VariantMeans> other) {
    this.study = study;
    this.options = options;
    this.images = images;
    this.scores = scores;
    this.other = other;
    int count = images.training().count();
    String budget =
        "%d generator steps of batch %d at %d pixels on %d images of %s and, with a static policy, %d copies; one class, no mirroring but the variants' own. Scores compare with %s.%s"
            .formatted(
                options.gan().training().steps(),
                options.gan().training().imagesPerStep(),
                options.gan().network().imageSize(),
                count,
                options.gan().data().getFileName(),
                options.copies() == 0 ? count : options.copies(),
                images.against(),
                images.heldOut() ? "" : COPYING);
    report =
        new StudyReport(
            study,
            new StudyReport.Texts(
                "Augmentation",
                budget,
                scores.protocol() + " " + READING,
                RunDirectory.json(options)));
  }

  /** Writes {@code study.md}, the CSV file, charts and page. */
  void write(List<TrialOutcome> outcomes) {
    VariantMeans means = VariantMeans.of(outcomes);
    List<StudyReport.Section> sections = new ArrayList<>(List.of(compared()));
    if (means.variants().size() > 1) {
      ScoreOrders orders = new ScoreOrders(scores.scores(), means);
      sections.add(orders.ranks());
      sections.add(orders.agreement());
      other.ifPresent(found -> sections.add(orders.comparison(found, options.compare())));
    }
    ClassHistogram classes = new ClassHistogram(scores.realClasses(), outcomes);
    sections.add(classes.section());
    classes.write(study).forEach((caption, chart) -> report.show(chart, caption));
    List<String> columns = new ArrayList<>(scores.scores());
    if (images.stops()) {
      columns.addAll(List.of(AugmentationStudy.KEPT_STEP, AugmentationStudy.STEPS));
    }
    report.write(
        new StudyReport.Group("The variants", "variant", "study.csv", columns, outcomes),
        OverTime.groups(ScoreOrders::isKernelDistance, outcomes),
        sections,
        name -> ScoreOrders.isKernelDistance(name) || name.equals("ada_probability"));
  }

  /** Which images each score compares the generated ones with. */
  private StudyReport.Section compared() {
    String seen =
        "the %d training images, which every training sees".formatted(images.training().count());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("kid, fid, precision, recall, the classes", images.against()));
    rows.add(List.of("memorised", seen));
    if (!options.gan().watch().scoreNetwork().isEmpty()) {
      rows.add(List.of("scores over time", images.againstOverTime()));
    }
    return new StudyReport.Section(
        "What the scores compare with",
        images.stops()
            ? "A training ends after %d scores over time without a better one, and the generator of the best is kept (%s of %s)."
                .formatted(
                    options.stopAfter(), AugmentationStudy.KEPT_STEP, AugmentationStudy.STEPS)
            : "All steps are done, and the generator of the last one is scored.",
        List.of("score", "compares generated images with"),
        rows);
  }
}
