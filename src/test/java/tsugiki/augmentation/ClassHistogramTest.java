package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.study.TrialOutcome;

class ClassHistogramTest {
  private static final int CLASSES = 15;

  @TempDir private Path folder;

  private final ClassHistogram shares =
      new ClassHistogram(
          real(),
          List.of(
              trial("none", 0, Map.of("class: c0", 1.0)),
              trial("none", 1, Map.of("class: c0", 0.5, "class: c13", 0.5, "kid", 0.1)),
              trial("hflip", 0, Map.of("class: c14", 0.25, "class: c2", 0.75)),
              new TrialOutcome("ada", 0, Path.of(""), Map.of(), Optional.of("diverged"))));

  /** The rarest classes of the real images are the commonest of some variants. */
  @Test
  void classesThatAreCommonAmongGeneratedImagesAloneAreShown() {
    assertThat(shares.shown())
        .containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c13", "c14");
    List<List<String>> rows = shares.section().rows();
    assertThat(shares.section().header()).containsExactly("class", "real images", "none", "hflip");
    assertThat(rows).hasSize(13);
    // A seed without an image of the class counts as none.
    assertThat(rows.get(0)).containsExactly("c0", "12.5 %", "75.0 %", "0.0 %");
    assertThat(rows.get(10)).containsExactly("c13", "1.7 %", "25.0 %", "0.0 %");
    assertThat(rows.get(12)).containsExactly("all others", "10.0 %", "0.0 %", "0.0 %");
  }

  @Test
  void theFileHasAllClassesAndEveryVariantAChart() throws IOException {
    Map<String, Path> charts = shares.write(folder);
    List<String> lines = Files.readAllLines(folder.resolve(ClassHistogram.FILE));
    assertThat(lines).hasSize(1 + CLASSES).contains("c10,0.041666666666666664,0.0,0.0");
    assertThat(charts.values())
        .containsExactly(folder.resolve("classes-none.png"), folder.resolve("classes-hflip.png"))
        .allSatisfy(chart -> assertThat(chart).exists());
  }

  /** Rarer and rarer: 15, 14, … 1 of 120. */
  private static Map<String, Double> real() {
    Map<String, Double> real = new LinkedHashMap<>();
    for (int i = 0; i < CLASSES; i++) {
      real.put("c" + i, (CLASSES - i) / 120.0);
    }
    return real;
  }

  private static TrialOutcome trial(String variant, long seed, Map<String, Double> figures) {
    return new TrialOutcome(variant, seed, Path.of(""), figures, Optional.empty());
  }
}
