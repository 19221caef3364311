package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import tsugiki.base.BadInputException;
import tsugiki.runtime.TensorBundle.Entry;

class TensorBundleTest {
  @TempDir Path folder;
  private Path prefix;
  private Map<String, Entry> tensors;

  @BeforeEach
  void write() {
    prefix = folder.resolve("weights");
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[600];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    tensors = new LinkedHashMap<>();
    tensors.put("b/kernel", Entry.of(Shape.of(20, 30), values));
    tensors.put("a/kernel", new Entry(Shape.of(20, 30), values, true));
    tensors.put("gamma", Entry.of(Shape.scalar(), 0.1f));
    TensorBundle.write(prefix, tensors);
  }

  @Test
  void givesFloatsBackBitForBit() {
    Map<String, Entry> read = TensorBundle.read(prefix, List.of("gamma", "b/kernel"));
    assertThat(read.keySet()).containsExactly("gamma", "b/kernel");
    assertThat(read.get("b/kernel").values()).containsExactly(tensors.get("b/kernel").values());
    assertThat(read.get("gamma").shape()).isEqualTo(Shape.scalar());
    assertThat(read.get("gamma").values()).containsExactly(0.1f);
  }

  @Test
  void givesHalvesBackRoundedAndMarked() {
    Entry half = TensorBundle.read(prefix).get("a/kernel");
    assertThat(half.half()).isTrue();
    assertThat(half.values())
        .containsExactly(tensors.get("a/kernel").values(), Offset.offset(1e-3f));
    assertThat(half.values()).isNotEqualTo(tensors.get("a/kernel").values());
  }

  @Test
  void listsItsNames() {
    assertThat(TensorBundle.names(prefix)).containsExactly("a/kernel", "b/kernel", "gamma");
    assertThat(TensorBundle.read(prefix)).containsOnlyKeys("a/kernel", "b/kernel", "gamma");
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> TensorBundle.read(prefix, List.of("c/kernel")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("c/kernel")
        .hasMessageContaining("weights.index");
    Path other = folder.resolve("other");
    assertThatThrownBy(() -> TensorBundle.read(other))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("other.index is missing");
  }

  @Test
  void refusesAFlippedByte() throws IOException {
    byte[] bytes = Files.readAllBytes(data());
    bytes[bytes.length / 2] ^= 4;
    Files.write(data(), bytes);
    refuses();
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(data());
    Files.write(data(), Arrays.copyOf(bytes, bytes.length / 2));
    refuses();
  }

  @Test
  void refusesAMissingDataFile() throws IOException {
    Files.delete(data());
    refuses();
  }

  @Test
  void refusesABrokenIndex() throws IOException {
    Path index = folder.resolve("weights.index");
    byte[] bytes = Files.readAllBytes(index);
    for (byte[] broken :
        List.of(
            new byte[0],
            "text".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(bytes, bytes.length - 9))) {
      Files.write(index, broken);
      refuses();
    }
    bytes[20] ^= 1;
    Files.write(index, bytes);
    refuses();
  }

  private Path data() {
    return folder.resolve("weights.data-00000-of-00001");
  }

  private void refuses() {
    assertThatThrownBy(() -> TensorBundle.read(prefix))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(prefix.toString())
        .hasMessageNotContaining("\n");
  }
}
