package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.study.StudyReport;

/** The paper's own figures (Takeda and Yanai, table 1), beside those of a study. */
final class GraftPaper {
  /** The variant that is the paper's best. */
  private static final String POINT_WISE = "point-wise:8";

  private static final String SCALE_SHIFT = "scale-shift";

  private static final String TEXT =
      "The paper's KMMD of scale and shift (Noguchi and Harada), and in per cent how far point-wise layers with groups of 8 are from it; beside them the same difference in this study, of %s to %s. Only these ratios can be compared: the paper's KMMD lies between 2.5 and 3.0, where one Gaussian kernel gives 1.41 at most, and its kernel is not published; it has one seed, images of 128 pixels and a generator trained on ImageNet. The firefinches and the cars (BMW) of the paper are not available here.";

  /**
   * A domain of the paper.
   *
   * @param shifted KMMD of scale and shift with 25, 50 and 100 images
   * @param differences in per cent of it
   */
  private record Domain(String name, List<String> shifted, List<String> differences) {}

  private static final List<Domain> DOMAINS =
      List.of(
          new Domain(
              "human face", List.of("2.966", "2.507", "2.509"), List.of("−1.28", "−0.88", "−0.88")),
          new Domain(
              "passion flower",
              List.of("2.976", "2.977", "2.965"),
              List.of("−0.71", "−0.57", "−0.37")),
          new Domain(
              "firefinch", List.of("2.965", "2.531", "2.532"), List.of("−0.94", "−1.50", "−1.03")),
          new Domain(
              "BMW", List.of("2.969", "2.522", "2.518"), List.of("−1.18", "−1.39", "−0.79")));

  private static final List<Integer> COUNTS = List.of(25, 50, 100);

  private GraftPaper() {}

  /**
   * The paper's figures with a column of this study's; no rows where the study has none of its own.
   *
   * @param first the variant that this study's differences are to
   * @param heldOut its differences in per cent, to held-out images
   * @param training those to the training images, of domains that have no others
   */
  static StudyReport.Section beside(
      String first, StudyReport.Section heldOut, StudyReport.Section training) {
    List<List<String>> rows = new ArrayList<>();
    boolean some = false;
    for (Domain domain : DOMAINS) {
      for (int i = 0; i < COUNTS.size(); i++) {
        String column = StudyCell.title(domain.name().replace(' ', '-'), COUNTS.get(i));
        Optional<String> ours =
            Stream.of(
                    found(heldOut, column),
                    found(training, column).map(cell -> cell + " (to training images)"))
                .flatMap(Optional::stream)
                .filter(cell -> first.startsWith(SCALE_SHIFT))
                .findFirst();
        some |= ours.isPresent();
        rows.add(
            List.of(
                domain.name(),
                COUNTS.get(i).toString(),
                domain.shifted().get(i),
                domain.differences().get(i),
                ours.orElse("–")));
      }
    }
    return new StudyReport.Section(
        "The paper's own figures",
        TEXT.formatted(POINT_WISE, first),
        List.of("domain", "images", "KMMD of scale and shift", "point-wise, %", "here, %"),
        some ? rows : List.of());
  }

  private static Optional<String> found(StudyReport.Section differences, String column) {
    int index = differences.header().indexOf(column);
    return differences.rows().stream()
        .filter(row -> index > 0 && row.get(0).equals(POINT_WISE))
        .map(row -> row.get(index))
        .findFirst();
  }
}
