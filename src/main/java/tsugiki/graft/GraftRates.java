package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tsugiki.study.StudyReport;

/**
 * What a study says of its rates: how each was chosen, on which images, and where a better one may
 * lie beyond the grid.
 *
 * @param choice the scores by method and rate
 * @param seed of the choice
 * @param domain its images
 * @param count of its training images
 * @param apart whether the reported grafts have other images
 */
record GraftRates(RateChoice choice, long seed, StudyDomain domain, int count, boolean apart) {

  /** A sentence on methods whose best rate may lie beyond the grid, empty where there are none. */
  String warning() {
    return choice.atEnd().isEmpty()
        ? ""
        : " The best rate of %s lies at an end of the grid, so that a better one may lie beyond."
            .formatted(String.join(", ", choice.atEnd()));
  }

  /** The table of all rates that were tried. */
  StudyReport.Section table() {
    List<List<String>> rows = new ArrayList<>();
    choice.scores().forEach((method, scores) -> rows.add(row(method, scores)));
    return new StudyReport.Section(
        "Rates", text(), List.of("method", "rate", "scores by rate", "at an end"), rows);
  }

  private String text() {
    if (choice.scores().values().stream().noneMatch(scores -> scores.size() > 1)) {
      return "One rate was given, and is taken as it is.";
    }
    return "The rate of each method with the lowest score on seed %d, which no other table has, with %d training images of %s. %s All methods have the same grid; where one has its best at an end, the grid goes on there for all. A variant without a part takes the rate of the whole.%s"
        .formatted(seed, count, domain.name(), images(), warning());
  }

  private String images() {
    return apart
        ? "These and the %d that judge them are set aside: no reported graft is trained on them or judged by them."
            .formatted(domain.count() - count)
        : "No domain has %d images to spare, so that the reported grafts have images in common with this choice."
            .formatted(StudyDomains.ASIDE * count);
  }

  private List<String> row(String method, TreeMap<Float, Double> scores) {
    boolean single = scores.size() == 1;
    String tried =
        scores.entrySet().stream()
            .filter(entry -> Double.isFinite(entry.getValue()))
            .map(GraftRates::scored)
            .collect(Collectors.joining(", "));
    return List.of(
        method,
        Float.toString(choice.best(method)),
        single ? "the only one" : tried,
        single ? "–" : choice.atEnd(method) ? "yes" : "no");
  }

  private static String scored(Map.Entry<Float, Double> rate) {
    return String.format(Locale.ROOT, "%s: %.4f", rate.getKey(), rate.getValue());
  }
}
