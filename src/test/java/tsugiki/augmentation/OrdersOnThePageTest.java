package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The correlations of orders on augmentation-study.md, of the CSV files beside it. */
class OrdersOnThePageTest {
  private static final Path FILES = Path.of("src/site/resources");

  @TempDir private Path folder;

  @Test
  void theOrdersOfFacesAndDogsAgreeAsThePageSays() throws IOException {
    VariantMeans faces = means("augmentation-faces.csv");
    VariantMeans dogs = means("augmentation-dogs.csv");
    assertThat(dogs.variants()).hasSize(10).isEqualTo(faces.variants());
    String page = Files.readString(Path.of("src/site/markdown/augmentation-study.md"));
    for (String score : List.of("starter_class_score", "kid_768", "fid_768", "precision")) {
      double correlation = RankCorrelation.of(column(faces, score), column(dogs, score));
      assertThat(page).contains("\n| %s | 10 | %.2f |\n".formatted(score, correlation));
    }
  }

  private VariantMeans means(String file) throws IOException {
    Path study = Files.createDirectory(folder.resolve(file));
    Files.copy(FILES.resolve(file), study.resolve("study.csv"));
    return VariantMeans.read(study);
  }

  private static double[] column(VariantMeans means, String score) {
    return means.variants().stream()
        .mapToDouble(variant -> means.mean(variant, score).orElseThrow())
        .toArray();
  }
}
