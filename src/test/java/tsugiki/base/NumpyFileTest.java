package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyFileTest {
  @TempDir Path folder;

  /** A version 1 file with the given header and bytes. */
  private static byte[] file(String header, byte... data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocate(10 + text.length + data.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) 1).put((byte) 0).putShort((short) text.length);
    return buffer.put(text).put(data).array();
  }

  private static NumpyFile read(byte[] bytes) throws IOException {
    return NumpyFile.read(new ByteArrayInputStream(bytes), "a.npy", bytes.length);
  }

  @Test
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe.npy");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> NumpyFile.read(pipe))
        .isInstanceOf(BadInputException.class)
        .hasMessage(pipe + " is no file; give a NumPy file (.npy)");
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyFile.write(out, new float[] {1, -2}, 1, 2);
    byte[] bytes = out.toByteArray();
    assertThat(bytes).hasSize(128 + 8);
    assertThat(Arrays.copyOf(bytes, 10))
        .isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII).stripTrailing())
        .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }");
    assertThat(bytes[127]).isEqualTo((byte) '\n');
    assertThat(Arrays.copyOfRange(bytes, 128, 136))
        .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0});
  }

  @Test
  void readsBackFloat32() throws IOException {
    Path path = folder.resolve("a.npy");
    float[] values = new float[40_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    NumpyFile.write(path, values, 200, 200);
    NumpyFile array = NumpyFile.read(path);
    assertThat(array.shape()).containsExactly(200, 200);
    assertThat(array.floats()).isEqualTo(values);
    assertThat(array.doubles()[7]).isEqualTo(values[7]);
  }

  @Test
  void readsBackFloat64OfOneAxis() throws IOException {
    Path path = folder.resolve("a.npy");
    double[] values = {Math.PI, -0.0, Double.NaN, Double.POSITIVE_INFINITY};
    NumpyFile.write(path, values, 4);
    NumpyFile array = NumpyFile.read(path);
    assertThat(array.shape()).containsExactly(4);
    assertThat(array.doubles()).isEqualTo(values);
    assertThat(array.floats()[0]).isEqualTo((float) Math.PI);
  }

  @Test
  void readsAnyNumberOfAxes() throws IOException {
    Path path = folder.resolve("a.npy");
    NumpyFile.write(path, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 1, 2, 2);
    assertThat(NumpyFile.read(path).shape()).containsExactly(2, 1, 2, 2);
    assertThat(NumpyFile.read(path).floats()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    NumpyFile.write(path, new double[] {0.5});
    assertThat(NumpyFile.read(path).shape()).isEmpty();
    assertThat(NumpyFile.read(path).floats()).containsExactly(0.5f);
  }

  @Test
  void readsTheShapeAlone() throws IOException {
    byte[] header = file("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 2, 3), }");
    assertThat(NumpyFile.shape(new ByteArrayInputStream(header), "a.npy", header.length))
        .containsExactly(5, 2, 3);
    assertThatThrownBy(() -> NumpyFile.shape(new ByteArrayInputStream(header, 0, 20), "a.npy", 20))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.npy ends in the middle of its header");
  }

  @Test
  void readsBigEndianVersionTwoAndEmpty() throws IOException {
    byte[] big =
        file(
            "{'shape': (1,), 'fortran_order': False, 'descr': '>f4'}",
            (byte) 0x3f,
            (byte) 0x80,
            (byte) 0,
            (byte) 0);
    assertThat(read(big).floats()).containsExactly(1f);
    byte[] one = file("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }");
    byte[] two = new byte[one.length + 2];
    System.arraycopy(one, 0, two, 0, 10);
    two[6] = 2;
    System.arraycopy(one, 10, two, 12, one.length - 10);
    assertThat(read(two).shape()).containsExactly(0, 3);
  }

  /** A count is saved as an int64 without axes. */
  @Test
  void readsWholeNumbersWithAndWithoutAxes() throws IOException {
    byte[] scalar =
        file(
            "{'descr': '<i8', 'fortran_order': False, 'shape': (), }",
            new byte[] {0x50, (byte) 0xc3, 0, 0, 0, 0, 0, 0});
    assertThat(read(scalar).shape()).isEmpty();
    assertThat(read(scalar).doubles()).containsExactly(50_000);
    assertThat(read(scalar).floats()).containsExactly(50_000f);
    byte[] pair =
        file(
            "{'descr': '>i4', 'fortran_order': False, 'shape': (2,), }",
            new byte[] {0, 0, 1, 0, -1, -1, -1, -2});
    assertThat(read(pair).doubles()).containsExactly(256, -2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "{'descr': '<i2', 'fortran_order': False, 'shape': (1,), } ; values of type <i2",
        "{'descr': '<u4', 'fortran_order': False, 'shape': (1,), } ; values of type <u4",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), } ; values of type",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), } ; no type",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999,), } ; too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), } ; too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), } ; no shape",
        "{'descr': '<f4', 'shape': (1,), } ; no order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000,), } ; bytes long",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } ; bytes long",
      })
  void refusesOtherArraysInOneSentence(String header, String found) {
    assertThatThrownBy(() -> read(file(header, (byte) 0, (byte) 0, (byte) 0, (byte) 0)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("a.npy ")
        .hasMessageContaining(found);
  }

  @Test
  void refusesCutOffFilesAtEveryLength() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NumpyFile.write(out, new float[] {1, 2}, 2);
    byte[] whole = out.toByteArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(BadInputException.class);
    }
    assertThat(read(whole).floats()).containsExactly(1, 2);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> read(longer)).isInstanceOf(BadInputException.class);
  }

  @Test
  void refusesFilesThatAreMissingOrNoNumpyFiles() throws IOException {
    assertThatThrownBy(() -> NumpyFile.read(folder.resolve("none.npy")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none.npy");
    assertThatThrownBy(() -> NumpyFile.read(folder)).isInstanceOf(BadInputException.class);
    Path text = Files.writeString(folder.resolve("text.npy"), "1.0, 2.0, 3.0");
    assertThatThrownBy(() -> NumpyFile.read(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not a NumPy file");
  }

  @Test
  void refusesToWriteAWrongShape() {
    assertThatThrownBy(() -> NumpyFile.write(folder.resolve("a.npy"), new float[3], 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halvesAreRead() throws IOException {
    // numpy.float16([1, -2, 65504, 6e-8, -0, inf, 0.1]).tobytes()
    byte[] values = {
      0, 0x3c, 0, (byte) 0xc0, (byte) 0xff, 0x7b, 1, 0, 0, (byte) 0x80, 0, 0x7c, 0x66, 0x2e
    };
    NumpyFile array =
        read(file("{'descr': '<f2', 'fortran_order': False, 'shape': (7,), }", values));
    assertThat(array.floats())
        .containsExactly(1, -2, 65504, 0x1p-24f, -0f, Float.POSITIVE_INFINITY, 0.0999755859375f);
  }

  @Test
  void fortranOrderIsTurned() throws IOException {
    // numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)), as int32
    ByteBuffer values = ByteBuffer.allocate(24 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < 4; k++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 2; i++) {
          values.putInt((i * 3 + j) * 4 + k);
        }
      }
    }
    NumpyFile array =
        read(file("{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3, 4), }", values.array()));
    assertThat(array.shape()).containsExactly(2, 3, 4);
    assertThat(array.doubles()).containsExactly(IntStream.range(0, 24).asDoubleStream().toArray());
  }
}
