package tsugiki.base;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@link NumpyFile}, as far as it is supported.
 *
 * @param shape the lengths of the axes; none for a single number
 * @param isFloat whether the values are float32 or float64, otherwise int32 or int64
 * @param bytesPerValue 4 or 8
 * @param order of the bytes of a value
 * @param bytes where in the file the values start
 */
record NumpyHeader(int[] shape, boolean isFloat, int bytesPerValue, ByteOrder order, int bytes) {
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile(
          "'shape'\\s*:\\s*\\(\\s*([0-9]{1,10}(?:\\s*,\\s*[0-9]{1,10})*)?\\s*,?\\s*\\)");

  /**
   * Reads the header's text, a literal of a Python dictionary.
   *
   * @throws BadInputException if it is another kind of array, or none
   */
  static NumpyHeader parse(String text, int bytes, String name) {
    String type = group(TYPE, text, "no type, or a compound one", name);
    if (!type.matches("[<>][fi][48]")) {
      throw refusal(name, "values of type " + type);
    }
    int[] shape = parseShape(text, name);
    boolean fortran = group(FORTRAN, text, "no order of axes", name).equals("True");
    if (fortran && shape.length > 1) {
      throw refusal(name, "an array in Fortran order");
    }
    ByteOrder order = type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new NumpyHeader(shape, type.charAt(1) == 'f', type.charAt(2) - '0', order, bytes);
  }

  /** How many values the shape asks for. */
  long values() {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  private static int[] parseShape(String text, String name) {
    String axes = group(SHAPE, text, "no shape", name);
    long[] lengths =
        axes == null
            ? new long[0]
            : Arrays.stream(axes.split(",")).mapToLong(a -> Long.parseLong(a.strip())).toArray();
    double values = Arrays.stream(lengths).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (values > Integer.MAX_VALUE - 8 || Arrays.stream(lengths).anyMatch(a -> (int) a != a)) {
      throw refusal(name, "an array of the shape " + Arrays.toString(lengths) + ", too large");
    }
    return Arrays.stream(lengths).mapToInt(Math::toIntExact).toArray();
  }

  private static String group(Pattern pattern, String text, String otherwise, String name) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw refusal(name, "a header with " + otherwise);
    }
    return matcher.group(1);
  }

  private static BadInputException refusal(String name, String found) {
    return new BadInputException(
        "%s holds %s; save numpy.ascontiguousarray(a, dtype=numpy.float32)".formatted(name, found));
  }
}
