package tsugiki.graft;

import java.util.List;
import tsugiki.study.StudyReport;

/** The paper's own figures (Takeda and Yanai, table 1), to be set beside a study's in per cent. */
final class GraftPaper {
  private GraftPaper() {}

  /** The paper's differences. */
  static StudyReport.Section own() {
    return new StudyReport.Section(
        "The paper's own differences in per cent",
        "KMMD of point-wise layers with groups of 8 against scale and shift. The paper's KMMD lies between 2.5 and 3.0, where one Gaussian kernel gives 1.41 at most; its kernel is not published, and it has one seed, images of 128 pixels and a generator trained on ImageNet. So only relative differences can be set beside each other. The birds and cars of the paper are not to be had here.",
        List.of("domain", "25 images", "50 images", "100 images"),
        List.of(
            List.of("human face", "−1.28", "−0.88", "−0.88"),
            List.of("passion flower", "−0.71", "−0.57", "−0.37"),
            List.of("firefinch", "−0.94", "−1.50", "−1.03"),
            List.of("BMW", "−1.18", "−1.39", "−0.79")));
  }
}
