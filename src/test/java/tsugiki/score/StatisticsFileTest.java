package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.features.SampleFeatures;

class StatisticsFileTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("s.npz");
  }

  @Test
  void keepsEveryBitAndTheCount() throws IOException {
    GaussianStatistics written = GaussianStatistics.of(SampleFeatures.normal(9, 4, 0.1, 1));
    try (OutputStream out = Files.newOutputStream(file)) {
      StatisticsFile.write(out, written);
    }
    GaussianStatistics read = StatisticsFile.read(file);
    assertThat(read.mean()).containsExactly(written.mean());
    assertThat(read.covariance()).containsExactly(written.covariance());
    assertThat(read.count()).isEqualTo(9);
    assertThat(read.source()).isEqualTo(file.toString());
  }

  /** As the others write them: no count, sigma first. */
  @Test
  void readsFilesOfOthers() throws IOException {
    write("sigma", new double[] {1, 0, 0, 4}, new int[] {2, 2}, "mu", new double[] {5, 6}, 2);
    GaussianStatistics read = StatisticsFile.read(file);
    assertThat(read.mean()).containsExactly(5, 6);
    assertThat(read.covariance()).containsExactly(1, 0, 0, 4);
    assertThat(read.count()).isZero();
  }

  /** As {@code numpy.savez(f, mu=…, sigma=…, count=50000)} and others write it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<i8; (); 50c3000000000000; 50000",
        "<i4; (1,); 50c30000; 50000",
        "<f4; (); 00504347; 50000",
        "<f8; (1,); 00000000006ae840; 50000",
        "<f8; (); 000000000000f87f; 0",
        "<i8; (); ffffffffffffffff; 0",
        "<i8; (2,); 01000000000000000100000000000000; 0",
        "<U1; (); 61000000; 0",
      })
  void readsACountOfAnyKind(String type, String shape, String bytes, long count)
      throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("mu.npy"));
      NumpyFile.write(zip, new double[] {5}, 1);
      zip.putNextEntry(new ZipEntry("sigma.npy"));
      NumpyFile.write(zip, new double[] {1}, 1, 1);
      zip.putNextEntry(new ZipEntry("count.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      zip.write(new byte[] {(byte) header.length(), 0});
      zip.write(header.getBytes(StandardCharsets.US_ASCII));
      zip.write(HexFormat.of().parseHex(bytes));
    }
    assertThat(StatisticsFile.read(file).count()).isEqualTo(count);
  }

  @Test
  void refusesWhatIsNoStatistics() throws IOException {
    refuses("cannot be read as .npz");
    Files.writeString(file, "no zip");
    refuses("cannot be read as .npz");
    write("sigma", new double[] {1}, new int[] {1, 1}, "mean", new double[] {5}, 1);
    refuses("holds no array mu but sigma.npy, mean.npy");
    write("sigma", new double[] {1}, new int[] {1, 1}, "mu", new double[] {5, 6}, 2);
    refuses("mean of 2 and a covariance of 1");
    write("sigma", new double[] {Double.NaN}, new int[] {1, 1}, "mu", new double[] {5}, 1);
    refuses("not finite");
  }

  private void refuses(String words) {
    assertThatThrownBy(() -> StatisticsFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(file.toString(), words);
  }

  private void write(
      String one, double[] values, int[] shape, String two, double[] others, int length)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(one + ".npy"));
      NumpyFile.write(zip, values, shape);
      zip.putNextEntry(new ZipEntry(two + ".npy"));
      NumpyFile.write(zip, others, length);
    }
  }
}
