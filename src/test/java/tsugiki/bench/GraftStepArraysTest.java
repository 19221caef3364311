package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class GraftStepArraysTest {
  @TempDir Path folder;

  /** An array as it stands in the file: its header and its numbers. */
  private record Stored(String header, float[] values) {}

  @Test
  void archivesOfEveryRankComeBack() throws IOException {
    Path file = folder.resolve("a.npz");
    try (NumpyArchive archive = new NumpyArchive(file)) {
      archive.add("none", Shape.scalar(), new float[] {3});
      archive.add("a/one", Shape.of(2), new float[] {1, -2});
      archive.add("four", Shape.of(1, 2, 1, 3), new float[] {1, 2, 3, 4, 5, 6});
    }
    Map<String, Stored> read = read(file);
    assertThat(read.get("none").header()).contains("'shape': ()");
    assertThat(read.get("a/one").header()).contains("'shape': (2,)");
    assertThat(read.get("four").header()).contains("'shape': (1, 2, 1, 3)");
    assertThat(read.get("none").values()).containsExactly(3);
    assertThat(read.get("four").values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "generator/linear/kernel, generator/linear/w",
    "generator/block_1/norm_2/gain/kernel, generator/block1/norm2/gain",
    "generator/block_1/norm_2/bias/kernel, generator/block1/norm2/bias",
    "generator/block_1/norm_2/variance, generator/block1/norm2/variance",
    "generator/block_0/conv_1/bias, generator/block0/conv1/b",
    "generator/block_0/shortcut/kernel, generator/block0/shortcut/w",
    "generator/attention/theta/kernel, generator/attention/theta/w",
    "generator/attention/gamma, generator/attention/gamma",
    "generator/output/norm/gain, generator/norm/gain",
    "generator/output/norm/bias, generator/norm/bias",
    "generator/output/conv/bias, generator/conv/b",
    "graft/site_10/kernel, adapt/site10/kernel",
    "graft/first_map/scale, train/scale",
    "graft/class_vector, train/embedding"
  })
  void namesAreThePeers(String ours, String theirs) {
    assertThat(GraftStepArrays.peerName(ours)).isEqualTo(theirs);
  }

  @Test
  void matricesAreTransposedAndOffsetsStay() {
    // Two rows of one group of two: [in, out] entries a b c d, then two offsets.
    float[] values = {1, 2, 3, 4, 8, 9, 5, 6, 7, 0, 8, 9};
    assertThat(GraftStepArrays.transposedMatrices(values, 6, 2))
        .containsExactly(1, 3, 2, 4, 8, 9, 5, 7, 6, 0, 8, 9);
    float[] grouped = {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0};
    assertThat(GraftStepArrays.transposedMatrices(grouped, 12, 2))
        .containsExactly(1, 3, 2, 4, 5, 7, 6, 8, 0, 0, 0, 0);
  }

  private static Map<String, Stored> read(Path file) throws IOException {
    Map<String, Stored> arrays = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteBuffer bytes = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] header = new byte[bytes.getShort(8)];
        bytes.position(10).get(header);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        String name = entry.getName().replaceFirst("\\.npy$", "");
        arrays.put(name, new Stored(new String(header, StandardCharsets.US_ASCII), values));
      }
    }
    return arrays;
  }
}
