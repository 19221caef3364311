package tsugiki.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The opener of weight files: NumPy's {@code .npz} and {@code .npy}, Keras' HDF5, PyTorch's {@code
 * .pth}. The first bytes decide the format; the extension does not matter.
 */
public final class WeightFiles {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private WeightFiles() {}

  /**
   * Opens a file. Nothing but its list of arrays is read yet.
   *
   * @param argument the argument that named it, for the message
   * @throws BadInputException if it is not there, is none of these, or is damaged
   */
  public static NamedArrays open(String argument, Path file) {
    return open(argument, file, "a NumPy .npz, a Keras HDF5 file or a PyTorch .pth");
  }

  /**
   * The same of a file that has to be one of fewer kinds.
   *
   * @param wanted what to give, for the message
   */
  public static NamedArrays open(String argument, Path file, String wanted) {
    if (!Files.isRegularFile(file)) {
      String what =
          Files.isDirectory(file)
              ? "is a folder"
              : Files.exists(file) ? "is a pipe, socket or device" : "does not exist";
      throw new BadInputException(
          "%s names the file %s, which %s; give a file of weights".formatted(argument, file, what));
    }
    byte[] start = start(argument, file);
    if (startsWith(start, HDF5)) {
      return KerasFile.open(file);
    }
    if (startsWith(start, NUMPY)) {
      return NumpyArrays.single(file);
    }
    if (startsWith(start, PyTorchFile.START)) {
      return PyTorchFile.legacy(file);
    }
    if (startsWith(start, ZIP)) {
      return zip(argument, file, wanted);
    }
    throw unknown(argument, file, described(start), wanted);
  }

  private static NamedArrays zip(String argument, Path file, String wanted) {
    WeightZip zip = new WeightZip(file);
    Optional<String> pickle =
        zip.members().stream()
            .filter(name -> name.endsWith("/" + PyTorchFile.PICKLE))
            .filter(name -> name.indexOf('/') == name.lastIndexOf('/'))
            .findFirst();
    if (pickle.isPresent()) {
      return PyTorchFile.zip(file, pickle.get());
    }
    if (zip.members().stream().noneMatch(name -> name.endsWith(NumpyArrays.SUFFIX))) {
      throw unknown(argument, file, "a zip without arrays", wanted);
    }
    return NumpyArrays.archive(file);
  }

  private static byte[] start(String argument, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(16);
    } catch (IOException e) {
      throw new BadInputException(
          "%s %s cannot be read (%s); give a file that may be read"
              .formatted(argument, file, Reason.of(e)),
          e);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length && Arrays.equals(Arrays.copyOf(bytes, magic.length), magic);
  }

  private static String described(byte[] start) {
    if (start.length == 0) {
      return "empty";
    }
    String text = new String(start, StandardCharsets.ISO_8859_1).strip();
    if (text.startsWith("<")) {
      return "a web page";
    }
    return text.matches("[\\p{Print}\\s]+")
        ? "a text that begins with '%s'".formatted(text.lines().findFirst().orElseThrow())
        : "a file of another kind, which begins with the bytes "
            + HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(start.length, 4));
  }

  private static BadInputException unknown(
      String argument, Path file, String found, String wanted) {
    return new BadInputException(
        "%s %s holds no weights: it is %s; give %s".formatted(argument, file, found, wanted));
  }
}
