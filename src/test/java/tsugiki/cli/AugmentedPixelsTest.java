package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Ints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.TestImages;

/** The pixels of the copies that the verb {@code augment} adds, against its manifest. */
class AugmentedPixelsTest {
  private static final int WIDTH = 12;
  private static final int HEIGHT = 9;
  private static final int IMAGES = 4;

  @TempDir private Path folder;

  /** Images of noise, so that no policy leaves one as it was. */
  @BeforeEach
  void write() {
    for (int i = 0; i < IMAGES; i++) {
      byte[] noise = TestImages.encode(TestImages.noise(WIDTH, HEIGHT, i), "png");
      TestImages.write(folder, "images/" + i + ".png", noise);
    }
  }

  @Test
  void flippedCopiesAreMirrored() throws IOException {
    for (CSVRecord copy : copies("hflip")) {
      int[] mirrored = before(copy);
      for (int row = 0; row < HEIGHT; row++) {
        Ints.reverse(mirrored, row * WIDTH, (row + 1) * WIDTH);
      }
      assertThat(after(copy)).isEqualTo(mirrored).isNotEqualTo(before(copy));
    }
  }

  @Test
  void invertedCopiesAreTheNegative() throws IOException {
    for (CSVRecord copy : copies("invert")) {
      assertThat(after(copy))
          .isEqualTo(Arrays.stream(before(copy)).map(pixel -> pixel ^ 0xFFFFFF).toArray());
    }
  }

  @Test
  void contrastFollowsTheFactorsOfTheManifest() throws IOException {
    List<CSVRecord> copies = copies("contrast");
    assertThat(copies).extracting(copy -> copy.get("detail")).doesNotHaveDuplicates();
    for (CSVRecord copy : copies) {
      double factor = Double.parseDouble(copy.get("detail"));
      // The manifest rounds the factor.
      assertThat(Pixels.distance(after(copy), contrasted(before(copy), factor))).isBetween(0, 1);
    }
  }

  /** m + f·(x − m), rounded and cut to 0 … 255, with m the mean of all samples. */
  private static int[] contrasted(int[] pixels, double factor) {
    double mean =
        Arrays.stream(pixels)
            .flatMap(pixel -> IntStream.of(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255))
            .average()
            .orElseThrow();
    return Arrays.stream(pixels)
        .map(
            pixel ->
                IntStream.of(16, 8, 0)
                    .map(
                        shift -> {
                          double sample = pixel >> shift & 255;
                          long made = Math.round(mean + factor * (sample - mean));
                          return (int) Math.max(0, Math.min(255, made)) << shift;
                        })
                    .sum())
        .toArray();
  }

  private int[] before(CSVRecord copy) throws IOException {
    return Pixels.of(folder.resolve("images").resolve(copy.get("image")));
  }

  private int[] after(CSVRecord copy) throws IOException {
    return Pixels.of(folder.resolve("out").resolve(copy.get("file")));
  }

  /** Adds two copies of each image and reads what the manifest says of them. */
  private List<CSVRecord> copies(String policy) throws IOException {
    Path out = folder.resolve("out");
    Program.run(
            "augment",
            "--images",
            folder.resolve("images"),
            "--policy",
            policy,
            "--count",
            2 * IMAGES,
            "--out",
            out)
        .succeeds();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows =
        CSVParser.parse(Files.newBufferedReader(out.resolve("manifest.csv")), format)) {
      List<CSVRecord> copies =
          rows.stream().filter(row -> row.get("policy").equals(policy)).toList();
      assertThat(copies).hasSize(2 * IMAGES);
      return copies;
    }
  }
}
