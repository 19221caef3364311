package tsugiki.augmentation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
      sections.add(ranks(means));
      sections.add(agreement(means));
      other.ifPresent(found -> sections.add(comparison(means, found)));
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
        OverTime.groups(AugmentationStudyReport::isKernelDistance, outcomes),
        sections,
        name -> isKernelDistance(name) || name.equals("ada_probability"));
  }

  /** Kernel distances, which trainings take on their way too. */
  private static boolean isKernelDistance(String name) {
    return name.startsWith("kid");
  }

  /** Whether more of a score is better. */
  private static boolean largerIsBetter(String score) {
    return !isKernelDistance(score) && !score.startsWith("fid") && !score.equals("memorised");
  }

  /** A mean of which more is worse; NaN where there is none. */
  private static double badness(VariantMeans means, String variant, String score) {
    double mean = means.mean(variant, score).orElse(Double.NaN);
    return largerIsBetter(score) ? -mean : mean;
  }

  private static double[] column(List<String> variants, ToDoubleFunction<String> value) {
    return variants.stream().mapToDouble(value).toArray();
  }

  private StudyReport.Section ranks(VariantMeans means) {
    List<String> variants = means.variants();
    List<String> header = new ArrayList<>(List.of("variant"));
    header.addAll(scores.scores());
    List<List<String>> rows = new ArrayList<>();
    variants.forEach(variant -> rows.add(new ArrayList<>(List.of(variant))));
    for (String score : scores.scores()) {
      double[] ranks = RankCorrelation.ranks(column(variants, v -> badness(means, v, score)));
      for (int i = 0; i < ranks.length; i++) {
        rows.get(i).add(format("%.1f", ranks[i]).replace(".0", ""));
      }
    }
    return new StudyReport.Section(
        "Ranks",
        "The order of the variants by the mean of each score, 1 for the best; equal means share a rank.",
        header,
        rows);
  }

  private StudyReport.Section agreement(VariantMeans means) {
    List<String> variants = means.variants();
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(scores.scores());
    List<List<String>> rows = new ArrayList<>();
    for (String score : scores.scores()) {
      List<String> row = new ArrayList<>(List.of(score));
      for (String against : scores.scores()) {
        row.add(
            correlation(
                column(variants, v -> badness(means, v, score)),
                column(variants, v -> badness(means, v, against))));
      }
      rows.add(row);
    }
    return new StudyReport.Section(
        "How the scores agree",
        "Spearman's correlation of the orders that two scores give the %d variants: 1 is the same order, −1 the opposite one, – where a score is the same for all."
            .formatted(variants.size()),
        header,
        rows);
  }

  private StudyReport.Section comparison(VariantMeans means, VariantMeans found) {
    List<List<String>> rows = new ArrayList<>();
    for (String score : scores.scores()) {
      List<String> both =
          means.variants().stream().filter(v -> found.mean(v, score).isPresent()).toList();
      if (both.size() > 1) {
        String correlation =
            correlation(
                column(both, v -> badness(means, v, score)),
                column(both, v -> badness(found, v, score)));
        rows.add(List.of(score, Integer.toString(both.size()), correlation));
      }
    }
    return new StudyReport.Section(
        "The same variants on other data",
        "Spearman's correlation of the orders here and in %s.".formatted(options.compare()),
        List.of("score", "variants", "correlation"),
        rows);
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

  private static String correlation(double[] one, double[] other) {
    double correlation = RankCorrelation.of(one, other);
    return Double.isNaN(correlation) ? "–" : format("%.2f", correlation);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
