package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumpyRowsTest {
  @Test
  void writesWhatNumpyFileReads() throws IOException {
    byte[] bytes = written();
    NumpyFile file = NumpyFile.read(new ByteArrayInputStream(bytes), "rows", bytes.length);
    assertThat(file.shape()).containsExactly(3, 2);
    assertThat(file.floats()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void readsSomeRowsAtATime() throws IOException {
    List<float[]> parts = new ArrayList<>();
    NumpyRows.read(new ByteArrayInputStream(written()), 3, 2, 2, parts::add);
    assertThat(parts).hasSize(2);
    assertThat(parts.get(0)).containsExactly(1, 2, 3, 4);
    assertThat(parts.get(1)).containsExactly(5, 6);
  }

  @Test
  void anotherShapeOrACutFileIsNotRead() throws IOException {
    byte[] bytes = written();
    assertThatThrownBy(() -> NumpyRows.read(new ByteArrayInputStream(bytes), 2, 3, 2, rows -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[2, 3]");
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThatThrownBy(() -> NumpyRows.read(new ByteArrayInputStream(cut), 3, 2, 2, rows -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends at row 2");
  }

  @Test
  void lessThanPromisedIsAMistake() throws IOException {
    NumpyRows rows = new NumpyRows(new ByteArrayOutputStream(), 2, 2);
    rows.add(new float[] {1, 2});
    assertThatThrownBy(rows::end).isInstanceOf(IllegalStateException.class);
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyRows rows = new NumpyRows(out, 3, 2);
    rows.add(new float[] {1, 2, 3, 4});
    rows.add(new float[] {5, 6});
    rows.end();
    return out.toByteArray();
  }
}
