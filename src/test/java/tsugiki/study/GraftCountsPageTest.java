package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static tsugiki.study.Intervals.holdsZero;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of graft-counts.md, and what its text says of them. */
class GraftCountsPageTest {
  private static final ResourceTables PAGE = new ResourceTables("graft-counts.md");
  private static final String METHOD = "method";
  private static final String POINT_WISE = "point-wise:8";
  private static final String SPECTRAL = "scale-shift-spectral";
  private static final String PLAIN = "scale-shift";
  private static final List<String> CUTS = List.of("0.4", "0.7", "1.0");
  private static final String KMMD = "held_out_kmmd_768";
  private static final String TO_TRAINING = "kmmd_768";
  private static final List<String> HELD_OUT =
      List.of("passion-flower, 50 images", "faces-1000, 50 images", "faces-1000, 100 images");
  private static final List<String> ALL_TRAINED =
      List.of("passion-flower, 100 images", "human-face, 50 images");

  @Test
  void theFirstTable() throws IOException {
    PAGE.hasMethods(PAGE.figures("graft-counts.csv"), HELD_OUT);
  }

  @Test
  void theTableOfTheOthers() throws IOException {
    PAGE.hasMethods(PAGE.figures("graft-counts-without-held-out.csv"), ALL_TRAINED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower-50", "faces-1000-50", "faces-1000-100"})
  void theScoresOfASet(String set) throws IOException {
    hasScores(set, List.of(KMMD, "held_out_kid_768", "pairwise"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"passion-flower-100", "human-face-50"})
  void theScoresOfASetOfWhichAllIsTrainedOn(String set) throws IOException {
    hasScores(set, List.of(TO_TRAINING, "kid_768", "pairwise"));
  }

  private static void hasScores(String set, List<String> whole) throws IOException {
    List<String> low = new ArrayList<>(whole);
    low.addAll(List.of("distance", "reconstruction_l1"));
    PAGE.hasStudy(METHOD, scores(set, "0.4"), low);
    PAGE.hasStudy(METHOD, scores(set, "1.0"), whole);
  }

  @Test
  void theFloor() throws IOException {
    Figures figures = PAGE.figures("graft-counts-photographs.csv");
    PAGE.hasMeans(
        "images",
        figures,
        List.of(KMMD, TO_TRAINING, "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).containsExactlyElementsOf(HELD_OUT);
  }

  @Test
  void theRates() throws IOException {
    assertThat(PAGE.bestRates(PAGE.figures("graft-counts-rates.csv")))
        .containsExactly("5.0E-4", "0.008", "0.002");
  }

  @Test
  void flowersFollowTheOrderAtAllTruncations() throws IOException {
    hasIntervals("passion-flower-50", KMMD, SPECTRAL, "0.091 0.004 0.076 0.015 0.059 0.019");
    hasIntervals("passion-flower-50", KMMD, PLAIN, "0.093 0.070 0.082 0.063 0.078 0.025");
    hasIntervals(
        "passion-flower-100", TO_TRAINING, SPECTRAL, "0.115 0.033 0.119 0.042 0.101 0.031");
    for (String cut : CUTS) {
      assertThat(behind("passion-flower-100", cut, TO_TRAINING, PLAIN).low()).isPositive();
      assertThat(behind("passion-flower-50", cut, "held_out_kid_768", SPECTRAL).low()).isPositive();
      assertThat(behind("passion-flower-50", cut, "held_out_kid_768", PLAIN).low()).isPositive();
    }
  }

  @Test
  void facesDoSoWithFiftyOfOneSetAlone() throws IOException {
    Intervals.rounds(behind("faces-1000-50", "0.4", KMMD, SPECTRAL), 0.115, 0.059, 0.001);
    for (String cut : CUTS) {
      for (String base : List.of(SPECTRAL, PLAIN)) {
        holdsZero(behind("faces-1000-100", cut, KMMD, base));
        holdsZero(behind("human-face-50", cut, TO_TRAINING, base));
      }
    }
    Intervals.rounds(behind("faces-1000-50", "1.0", KMMD, PLAIN), 0.047, 0.036, 0.001);
    holdsZero(behind("faces-1000-50", "0.4", KMMD, PLAIN));
    holdsZero(behind("faces-1000-50", "0.7", KMMD, PLAIN));
    holdsZero(behind("faces-1000-50", "0.7", KMMD, SPECTRAL));
    holdsZero(behind("faces-1000-50", "1.0", KMMD, SPECTRAL));
    Intervals.rounds(behind("human-face-50", "1.0", "kid_768", SPECTRAL), -0.00042, 0.00035, 1e-5);
  }

  @Test
  void oneSeedChoosesAnotherRateThanWithFewerImages() throws IOException {
    double[] here = spectral(PAGE.figures("graft-counts-rates.csv"));
    double[] before =
        spectral(
            new ResourceTables("point-wise-against-scale-shift.md")
                .figures("graft-order-rates.csv"));
    assertThat(here[1] - here[0]).isCloseTo(0.085, within(0.0005));
    assertThat(before[0] - before[1]).isCloseTo(0.074, within(0.0005));
  }

  /** Of scale and shift under spectral normalisation: KMMD with the rates 5·10⁻⁴ and 0.008. */
  private static double[] spectral(Figures figures) {
    return new double[] {
      figures.values(SPECTRAL, "5.0E-4")[0], figures.values(SPECTRAL, "0.008")[0]
    };
  }

  private static void hasIntervals(String set, String measure, String base, String figures)
      throws IOException {
    String[] each = figures.split(" ");
    for (int i = 0; i < CUTS.size(); i++) {
      double mean = Double.parseDouble(each[2 * i]);
      double margin = Double.parseDouble(each[2 * i + 1]);
      Intervals.rounds(behind(set, CUTS.get(i), measure, base), mean, margin, 0.001);
    }
  }

  /** How far a method is behind point-wise layers. */
  private static MeanInterval behind(String set, String cut, String measure, String base)
      throws IOException {
    return MeanInterval.of(scores(set, cut).differences(base, POINT_WISE, measure));
  }

  private static Figures scores(String set, String cut) throws IOException {
    return PAGE.figures("graft-counts-%s-%s.csv".formatted(set, cut));
  }
}
