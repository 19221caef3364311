package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreOrdersTest {
  private static final List<String> SCORES =
      List.of("starter_class_score", "kid_768", "fid_768", "precision", "memorised");

  /** Best, middle and worst by every score, but by precision the other way round. */
  private static final VariantMeans MEANS =
      means(
          Map.of(
              "best", List.of(3.0, 0.1, 10.0, 0.2, 0.1),
              "middle", List.of(2.0, 0.2, 20.0, 0.3, 0.2),
              "worst", List.of(1.0, 0.3, 30.0, 0.4, 0.3)));

  private static VariantMeans means(Map<String, List<Double>> variants) {
    Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
    variants.keySet().stream()
        .sorted()
        .forEach(
            variant -> {
              Map<String, List<Double>> scores = new LinkedHashMap<>();
              for (int i = 0; i < SCORES.size(); i++) {
                scores.put(SCORES.get(i), List.of(variants.get(variant).get(i)));
              }
              values.put(variant, scores);
            });
    return new VariantMeans(values);
  }

  @Test
  void moreIsBetterOfClassScoresPrecisionAndNothingElse() {
    assertThat(new ScoreOrders(SCORES, MEANS).ranks().rows())
        .containsExactly(
            List.of("best", "1", "1", "1", "3", "1"),
            List.of("middle", "2", "2", "2", "2", "2"),
            List.of("worst", "3", "3", "3", "1", "3"));
  }

  @Test
  void scoresThatOrderTheSameWayAgreeWhicheverIsTheirBetterEnd() {
    assertThat(new ScoreOrders(SCORES, MEANS).agreement().rows())
        .startsWith(List.of("starter_class_score", "1.00", "1.00", "1.00", "-1.00", "1.00"));
  }

  @Test
  void anotherStudyIsComparedOverTheVariantsOfBoth() {
    VariantMeans other =
        means(
            Map.of(
                "best", List.of(1.0, 0.1, 5.0, 0.1, 0.0),
                "worst", List.of(2.0, 0.2, 5.0, 0.2, 0.0),
                "none", List.of(9.0, 0.9, 9.0, 0.9, 0.9)));
    assertThat(new ScoreOrders(SCORES, MEANS).comparison(other, "runs/dogs").rows())
        .containsExactly(
            List.of("starter_class_score", "2", "-1.00"),
            List.of("kid_768", "2", "1.00"),
            List.of("fid_768", "2", "–"),
            List.of("precision", "2", "1.00"),
            List.of("memorised", "2", "–"));
  }
}
