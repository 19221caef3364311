package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static tsugiki.study.Intervals.holdsZero;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
    PAGE.hasMethods(PAGE.figures("graft-parts.csv"), DOMAINS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower", "human-face", "faces-1000"})
  void theScoresOfASet(String set) throws IOException {
    PAGE.hasStudy(METHOD, scores(set, "0.4"), List.of(KMMD, KID, "pairwise", "distance", L1));
    for (String cut : List.of("0.7", "1.0")) {
      PAGE.hasStudy(METHOD, scores(set, cut), List.of(KMMD, KID, "pairwise"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower", "human-face", "faces-1000"})
  void thePriorAloneIsMissed(String set) throws IOException {
    Figures low = scores(set, "0.4");
    assertThat(without("no-prior", low, L1).mean()).isBetween(79.0, 95.5);
    assertThat(MeanInterval.of(low.values(WHOLE, L1)).mean()).isBetween(21.5, 35.5);
    for (String cut : List.of("0.4", "0.7", "1.0")) {
      MeanInterval prior = without("no-prior", scores(set, cut), KMMD);
      assertThat(prior.mean()).isPositive();
      boolean apart = set.equals("passion-flower") && cut.equals("0.7");
      assertThat(prior.low() > 0).isEqualTo(apart);
    }
    Intervals.rounds(
        without("no-prior", scores("passion-flower", "0.7"), KMMD), 0.078, 0.073, 0.001);
    for (String part : List.of("no-noise", "no-last-site", "no-class-vector")) {
      for (String measure : List.of(KMMD, KID, "pairwise", "distance", L1)) {
        holdsZero(without(part, low, measure));
      }
      for (String measure : List.of(KMMD, KID, "pairwise")) {
        holdsZero(without(part, scores(set, "1.0"), measure));
        if (!part.equals("no-last-site")) {
          holdsZero(without(part, scores(set, "0.7"), measure));
        }
      }
    }
  }

  @Test
  void withoutTheLastLayerScoresAreLowerAtOneTruncation() throws IOException {
    Map<String, double[]> lower =
        Map.of(
            "passion-flower", new double[] {-0.027, 0.021, 1e-3},
            "human-face", new double[] {-0.016, 0.015, 1e-3},
            "faces-1000", new double[] {-0.0046, 0.0043, 1e-4});
    for (Map.Entry<String, double[]> set : lower.entrySet()) {
      Figures middle = scores(set.getKey(), "0.7");
      double[] found = set.getValue();
      Intervals.rounds(without("no-last-site", middle, KMMD), found[0], found[1], found[2]);
      assertThat(without("no-last-site", middle, KID).high()).isNegative();
    }
  }

  @Test
  void withoutThePriorKidIsHigherOnAllSetsAtSomeTruncation() throws IOException {
    MeanInterval flowers = without("no-prior", scores("passion-flower", "0.4"), KID);
    Intervals.rounds(flowers, 0.00106, 0.00006, 1e-5);
    MeanInterval faces = without("no-prior", scores("faces-1000", "0.4"), KID);
    Intervals.rounds(faces, 0.0035, 0.0020, 1e-4);
    Intervals.rounds(without("no-prior", scores("human-face", "0.7"), KID), 0.0010, 0.0009, 1e-4);
  }

  private static MeanInterval without(String part, Figures figures, String measure) {
    return MeanInterval.of(figures.differences(WHOLE + "/" + part, WHOLE, measure));
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-parts-%s-25-%s.csv".formatted(set, cut));
  }
}
