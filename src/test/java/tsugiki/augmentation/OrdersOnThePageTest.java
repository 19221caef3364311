package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The correlations of orders on augmentation-study.md and starter.md, of the CSV files beside them.
 */
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

  @Test
  void theStarterFeaturesOrderGeneratorsAsTheirPageSays() throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    Path file = FILES.resolve("starter-order.csv");
    List<CSVRecord> all = CSVParser.parse(Files.newBufferedReader(file), format).getRecords();
    assertThat(all).hasSize(28);
    Predicate<CSVRecord> own = row -> row.get("discriminator").equals("own");
    Predicate<CSVRecord> flowers = row -> row.get("images").equals("flowers");
    hasOrders(all, own, "with BigGAN's own discriminator", 12);
    hasOrders(all, own.and(flowers), "of these flowers", 6);
    hasOrders(all, own.and(flowers.negate()), "of these faces", 6);
    hasOrders(all, own.negate(), "with a projected discriminator on this network", 16);
  }

  private static void hasOrders(
      List<CSVRecord> all, Predicate<CSVRecord> which, String named, int number)
      throws IOException {
    List<CSVRecord> some = all.stream().filter(which).toList();
    StringBuilder row = new StringBuilder("\n| %s | %d |".formatted(named, number));
    for (String score : List.of("kmmd", "kid")) {
      for (String version : List.of("first", "starter")) {
        double[] inception = column(some, score + "_inception");
        double correlation =
            RankCorrelation.of(inception, column(some, "%s_%s".formatted(score, version)));
        row.append(" %.2f |".formatted(correlation));
      }
    }
    assertThat(some).hasSize(number);
    assertThat(Files.readString(Path.of("src/site/markdown/starter.md"))).contains(row + "\n");
  }

  private static double[] column(List<CSVRecord> rows, String name) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row.get(name))).toArray();
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
