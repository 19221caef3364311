package tsugiki.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tsugiki.score.KidProbe;
import tsugiki.study.StudyReport;

/**
 * The order that each score gives the variants of a study by their means, and how these orders
 * agree.
 *
 * @param scores their names
 * @param means of the variants
 */
record ScoreOrders(List<String> scores, VariantMeans means) {
  /** Kernel distances, which trainings take on their way too. */
  static boolean isKernelDistance(String name) {
    return name.startsWith(KidProbe.NAME);
  }

  /** The place of each variant by each score. */
  StudyReport.Section ranks() {
    List<String> variants = means.variants();
    List<String> header = new ArrayList<>(List.of("variant"));
    header.addAll(scores);
    List<List<String>> rows = new ArrayList<>();
    variants.forEach(variant -> rows.add(new ArrayList<>(List.of(variant))));
    for (String score : scores) {
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

  /** The correlation of the orders that every two scores give. */
  StudyReport.Section agreement() {
    List<String> variants = means.variants();
    List<String> header = new ArrayList<>(List.of(""));
    header.addAll(scores);
    List<List<String>> rows = new ArrayList<>();
    for (String score : scores) {
      List<String> row = new ArrayList<>(List.of(score));
      for (String against : scores) {
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

  /**
   * The correlation of each score's order with that of another study, over the variants of both.
   *
   * @param found the other study's means
   * @param study its folder, for the text
   */
  StudyReport.Section comparison(VariantMeans found, String study) {
    List<List<String>> rows = new ArrayList<>();
    for (String score : scores) {
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
        "Spearman's correlation of the orders here and in %s.".formatted(study),
        List.of("score", "variants", "correlation"),
        rows);
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

  private static String correlation(double[] one, double[] other) {
    double correlation = RankCorrelation.of(one, other);
    return Double.isNaN(correlation) ? "–" : format("%.2f", correlation);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
