package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static tsugiki.study.Intervals.holdsZero;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of graft-parts.md, and what its text says of them. */
class GraftPartsPageTest {
  private static final ResourceTables PAGE = new ResourceTables("graft-parts.md");
  private static final String METHOD = "method";
  private static final String WHOLE = "point-wise:8";
  private static final String KMMD = "held_out_kmmd_768";
  private static final String KID = "held_out_kid_768";
  private static final String L1 = "reconstruction_l1";
  private static final List<String> DOMAINS =
      List.of("passion-flower, 25 images", "human-face, 25 images", "faces-1000, 25 images");

  @Test
  void theFirstTable() throws IOException {
    Figures figures = PAGE.figures("graft-parts.csv");
    PAGE.hasStudy(
        METHOD, figures, List.of("parameters", DOMAINS.get(0), DOMAINS.get(1), DOMAINS.get(2)));
    PAGE.hasPerCent(METHOD, figures, DOMAINS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower", "human-face", "faces-1000"})
  void theScoresOfASet(String set) throws IOException {
    PAGE.hasStudy(METHOD, scores(set, "0.4"), List.of(KMMD, KID, "pairwise", "distance", L1));
    PAGE.hasStudy(METHOD, scores(set, "1.0"), List.of(KMMD, KID, "pairwise"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower", "human-face", "faces-1000"})
  void thePriorAloneIsMissed(String set) throws IOException {
    Figures low = scores(set, "0.4");
    assertThat(without("no-prior", low, L1).mean()).isBetween(79.0, 95.5);
    assertThat(MeanInterval.of(low.values(WHOLE, L1)).mean()).isBetween(21.5, 35.5);
    MeanInterval prior = without("no-prior", low, KMMD);
    assertThat(prior.mean()).isPositive();
    assertThat(prior.low()).isNegative();
    for (String part : List.of("no-noise", "no-last-site", "no-class-vector")) {
      for (String measure : List.of(KMMD, KID, "pairwise", "distance", L1)) {
        holdsZero(without(part, low, measure));
      }
      for (String measure : List.of(KMMD, KID, "pairwise")) {
        holdsZero(without(part, scores(set, "1.0"), measure));
      }
    }
  }

  @Test
  void withoutThePriorKidIsHigherOnTwoSets() throws IOException {
    MeanInterval flowers = without("no-prior", scores("passion-flower", "0.4"), KID);
    Intervals.rounds(flowers, 0.00106, 0.00006, 1e-5);
    MeanInterval faces = without("no-prior", scores("faces-1000", "0.4"), KID);
    Intervals.rounds(faces, 0.0035, 0.0020, 1e-4);
  }

  private static MeanInterval without(String part, Figures figures, String measure) {
    return MeanInterval.of(figures.differences(WHOLE + "/" + part, WHOLE, measure));
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-parts-%s-25-%s.csv".formatted(set, cut));
  }
}
