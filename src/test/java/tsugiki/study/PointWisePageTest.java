package tsugiki.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of point-wise-against-scale-shift.md, and what its text says of them. */
class PointWisePageTest {
  private static final ResourceTables PAGE =
      new ResourceTables("point-wise-against-scale-shift.md");
  private static final List<String> DOMAINS =
      List.of("passion-flower, 25 images", "human-face, 25 images", "faces-1000, 25 images");

  @Test
  void theOrder() throws IOException {
    Figures figures = PAGE.figures("graft-order.csv");
    PAGE.hasStudy(
        "method", figures, List.of("parameters", DOMAINS.get(0), DOMAINS.get(1), DOMAINS.get(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowers", "faces", "faces-1000"})
  void allScoresOfADomain(String domain) throws IOException {
    Figures figures = PAGE.figures("graft-order-%s-0.4.csv".formatted(domain));
    PAGE.hasStudy(
        "method",
        figures,
        List.of(
            "held_out_kmmd_768",
            "held_out_kid_768",
            "kmmd_768",
            "kid_768",
            "pairwise",
            "distance",
            "memorised",
            "reconstruction_l1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"flowers", "faces", "faces-1000"})
  void withoutMuchTruncation(String domain) throws IOException {
    Figures figures = PAGE.figures("graft-order-%s-1.0.csv".formatted(domain));
    PAGE.hasMeans("method", figures, List.of("held_out_kmmd_768", "pairwise"));
  }

  @Test
  void theFloor() throws IOException {
    Figures figures = PAGE.figures("graft-order-photographs.csv");
    PAGE.hasMeans(
        "images", figures, List.of("kmmd_768", "kid_768", "pairwise", "distance", "memorised"));
    assertThat(figures.variants()).containsExactlyElementsOf(DOMAINS);
  }
}
