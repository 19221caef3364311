package tsugiki.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;

/**
 * The child process of {@link TightHeapTest}: opens weight files and prints what became of them.
 */
final class OpenEveryArray {
  /** Lengths as a damaged or malicious file may have them. */
  private static final List<Integer> LENGTHS = List.of(0x7ffffff0, 0x7fff0000, -1, 0x10000000);

  private OpenEveryArray() {}

  /**
   * Runs.
   *
   * @param arguments "read" and files, each read as it is; or "spoil", a folder to write to and
   *     files, each with every four and eight bytes of it replaced by great numbers
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> files = List.of(arguments).stream().skip(1).map(Path::of).toList();
    if (arguments[0].equals("read")) {
      for (Path file : files) {
        System.out.println(file.getFileName() + ": " + outcome(file));
      }
    } else {
      for (Path file : files.subList(1, files.size())) {
        spoil(file, files.get(0).resolve("spoiled"));
      }
    }
    System.out.println("done");
  }

  private static void spoil(Path file, Path copy) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at + Integer.BYTES <= whole.length; at++) {
      for (int length : LENGTHS) {
        for (int width : new int[] {Integer.BYTES, Long.BYTES}) {
          byte[] bytes = whole.clone();
          ByteBuffer little = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
          little.putInt(at, length);
          if (width == Long.BYTES && at + width <= bytes.length) {
            little.putInt(at + Integer.BYTES, 0);
          }
          String outcome = outcome(Files.write(copy, bytes));
          if (!outcome.startsWith("read") && !outcome.startsWith("refused")) {
            System.out.printf(
                "%s with %d in %d bytes at %d: %s%n",
                file.getFileName(), length, width, at, outcome);
          }
        }
      }
    }
  }

  private static String outcome(Path file) {
    try {
      if (file.toString().endsWith(".stream")) {
        // As the member of a zip whose directory claims any size.
        NumpyFile.read(
            new ByteArrayInputStream(Files.readAllBytes(file)), file.toString(), 4_000_000_080L);
        return "read";
      }
      NamedArrays arrays = WeightFiles.open("weights", file);
      for (String name : arrays.names()) {
        arrays.shape(name);
        arrays.values(name);
      }
      return "read";
    } catch (BadInputException e) {
      return "refused, " + e.getMessage();
    } catch (IOException | RuntimeException | Error e) {
      return e.toString();
    }
  }
}
