package tsugiki.cli;

import com.google.common.math.LongMath;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.TypeConversionException;
import tsugiki.base.BadInputException;

/**
 * The seeds of images.
 *
 * @param asList in the order in which the images are drawn, 1 to {@link #MOST}
 */
record Seeds(List<Long> asList) {
  /** Files are numbered with six digits, and sort by name only up to here. */
  static final int MOST = 1_000_000;

  private static final Pattern PART = Pattern.compile("(\\d+)(?:-(\\d+))?");

  /** Seeds from one number to another. */
  private record Range(long first, long last) {}

  /**
   * As many seeds from one on.
   *
   * @throws BadInputException if there are none, more than {@link #MOST}, or they pass the largest
   *     number
   */
  static Seeds from(long first, int count) {
    if (count < 1 || count > MOST) {
      throw new BadInputException("⟨count⟩ is %d; give 1 to %d images".formatted(count, MOST));
    }
    if (first > Long.MAX_VALUE - count) {
      throw new BadInputException("--seed " + first + " is too large; name a smaller one");
    }
    return of(List.of(new Range(first, first + count - 1)));
  }

  private static Seeds of(List<Range> ranges) {
    long sum =
        ranges.stream()
            .mapToLong(range -> range.last - range.first + 1)
            .reduce(0, LongMath::saturatedAdd);
    if (sum < 1 || sum > MOST) {
      throw new BadInputException("⟨seeds⟩ has " + sum + " images; give 1 to " + MOST);
    }
    LongStream all =
        ranges.stream().flatMapToLong(range -> LongStream.rangeClosed(range.first, range.last));
    return new Seeds(Longs.asList(all.toArray()));
  }

  /** Reads {@code 0,3-9}. */
  static Seeds of(String value) {
    List<Range> ranges = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      ranges.add(range(value, part.strip()));
    }
    return of(ranges);
  }

  private static Range range(String value, String part) {
    Matcher matcher = PART.matcher(part);
    try {
      if (matcher.matches()) {
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        if (last >= first && last < Long.MAX_VALUE) {
          return new Range(first, last);
        }
      }
    } catch (NumberFormatException e) {
      // Too many digits, and so as little a seed as a word is.
    }
    throw new TypeConversionException(
        "'" + value + "' is no list of seeds; write numbers and ranges from low to high: 0,3-9");
  }
}
