package tsugiki.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;
import tsugiki.base.TestZips;

/**
 * Small files whose lengths claim gigabytes, opened by a process with a small heap: each is refused
 * in a sentence, and none exhausts the heap.
 */
class TightHeapTest {
  private static final String HEAP = "-Xmx48m";

  /** Opcodes of a pickle that are followed by a length of eight bytes. */
  private static final int BINUNICODE8 = 0x8d;

  private static final int BINBYTES8 = 0x8e;
  private static final int BYTEARRAY8 = 0x96;

  /** Where {@code tiny-keras.h5} keeps lengths of HDF5's own heaps and tables. */
  private static final int[] HDF5_LENGTHS = {104, 128, 688, 944, 968, 2064, 2856, 3440, 6336, 7192};

  @TempDir private Path folder;
  private final List<Path> files = new ArrayList<>();

  @Test
  void lengthsInFilesReserveNothingBeforeTheyAreChecked() throws Exception {
    for (int opcode : new int[] {BINUNICODE8, BINBYTES8, BYTEARRAY8}) {
      for (long length : new long[] {1L << 30, 0x7ffffff0L, 1L << 40, -1}) {
        write("text-%x-%d.pth".formatted(opcode, length), legacy(opcode, length));
      }
    }
    write(
        "expanded.pth", TestZips.of("archive/data.pkl", expanded(), "archive/data/0", new byte[4]));
    byte[] array = numpy("(900000000,)");
    long claimed = array.length + 3_600_000_000L;
    write("claims-4-gb.npz", claiming(TestZips.of("a.npy", array), claimed));
    byte[] matrix = numpy("(30000, 30000)");
    byte[] statistics = TestZips.of("sigma.npy", matrix, "mu.npy", matrix);
    write("statistics.npz", claiming(statistics, matrix.length + 3_600_000_000L));
    write("axes.npz", TestZips.of("a.npy", numpy("(" + "0,".repeat(20_000) + ")")));
    byte[] keras = Files.readAllBytes(Path.of("src/test/resources/tsugiki/weights/tiny-keras.h5"));
    for (int at : HDF5_LENGTHS) {
      byte[] spoiled = keras.clone();
      ByteBuffer.wrap(spoiled).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 0x7fff0000);
      write("at-%d.h5".formatted(at), spoiled);
    }

    assertThat(files.get(0)).hasSize(28);
    assertThat(folder.resolve("statistics.npz").toFile().length()).isLessThan(400);
    assertThat(outcomes())
        .hasSameSizeAs(files)
        .allSatisfy(line -> assertThat(line).contains(": refused, ", folder.toString()));
  }

  private List<String> outcomes() throws IOException, InterruptedException {
    Process child = ChildJvm.of(List.of(HEAP), OpenEveryArray.class, files.toArray()).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    return output.lines().filter(line -> line.contains(folder.toString())).toList();
  }

  private void write(String name, byte[] bytes) throws IOException {
    files.add(Files.write(folder.resolve(name), bytes));
  }

  /** PyTorch's old format: a pickle of its magic number, and one that begins with a text. */
  private static byte[] legacy(int opcode, long length) {
    ByteBuffer bytes = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10});
    bytes.put(new byte[] {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20});
    bytes.put(new byte[] {0x6a, (byte) 0xa8, 0x50, 0x19, '.'});
    return bytes.put(new byte[] {(byte) 0x80, 4, (byte) opcode}).putLong(length).array();
  }

  /** A state dict of one tensor that repeats the one number of its storage 2³¹ − 16 times. */
  private static byte[] expanded() {
    String pickle =
        "\u0080\u0002}U\u0001actorch._utils\n_rebuild_tensor_v2\n"
            + "((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0001tQ"
            + "K\u0000J\u00f0\u00ff\u00ff\u007f\u0085K\u0000\u0085tRs.";
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The header of an array without its values. */
  private static byte[] numpy(String shape) {
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }\n".formatted(shape);
    ByteBuffer bytes = ByteBuffer.allocate(10 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    bytes.put((byte) 1).put((byte) 0).putShort((short) text.length());
    return bytes.put(text.getBytes(StandardCharsets.US_ASCII)).array();
  }

  /** The same zip, whose directory claims a size for every member. */
  private static byte[] claiming(byte[] zip, long size) {
    byte[] bytes = zip.clone();
    byte[] entry = {'P', 'K', 1, 2};
    for (int at = 0; at + 46 < bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + entry.length, entry, 0, entry.length)) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 24, (int) size);
      }
    }
    return bytes;
  }
}
