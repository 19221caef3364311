package tsugiki.base;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@link NumpyFile}: shape, type and byte order of its array.
 *
 * @param shape the lengths of the axes; none for a single number
 * @param isFloat whether the values are float16, float32 or float64, otherwise int32 or int64
 * @param bytesPerValue 2, 4 or 8
 * @param order of the bytes of a value
 * @param fortran whether the first axis runs fastest
 * @param bytes where in the file the values start
 */
record NumpyHeader(
    int[] shape, boolean isFloat, int bytesPerValue, ByteOrder order, boolean fortran, int bytes) {
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");

  /** NumPy's own limit. */
  private static final int MOST_AXES = 64;

  /**
   * Reads the header's text, a literal of a Python dictionary.
   *
   * @throws BadInputException if it is another kind of array, or none
   */
  static NumpyHeader parse(String text, int bytes, String name) {
    String type = group(TYPE, text, "no type, or a compound one", name);
    if (!type.matches("[<>](f2|[fi][48])")) {
      throw refusal(name, "values of type " + type);
    }
    int[] shape = parseShape(text, name);
    boolean fortran = group(FORTRAN, text, "no order of axes", name).equals("True");
    ByteOrder order = type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new NumpyHeader(
        shape, type.charAt(1) == 'f', type.charAt(2) - '0', order, fortran, bytes);
  }

  /** The product of the axes' lengths; below 2³¹, as {@link #parse} has checked. */
  long values() {
    return Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
  }

  private static int[] parseShape(String text, String name) {
    String axes = group(SHAPE, text, "no shape", name).strip();
    if (axes.isEmpty()) {
      return new int[0];
    }
    String[] words = axes.split(",", MOST_AXES + 2);
    int count = words[words.length - 1].isBlank() ? words.length - 1 : words.length;
    if (count > MOST_AXES) {
      throw refusal(name, "an array of more than %d axes".formatted(MOST_AXES));
    }
    int[] shape = new int[count];
    double values = 1;
    for (int i = 0; i < count; i++) {
      String word = words[i].strip();
      if (!LENGTH.matcher(word).matches()) {
        throw refusal(name, "a header with no shape");
      }
      long length = Long.parseLong(word);
      values *= Math.max(1, length); // An axis of length 0 allows no other to be too long.
      if (values > Integer.MAX_VALUE - 8) {
        throw refusal(name, "an array of the shape (" + axes + "), too large");
      }
      shape[i] = (int) length;
    }
    return shape;
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
