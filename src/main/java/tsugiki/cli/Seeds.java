package tsugiki.cli;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import tsugiki.base.BadInputException;

/**
 * The seeds of images in the order in which they are drawn. It is kept as ranges, so that a million
 * seeds take no room.
 */
final class Seeds {
  /** Files are numbered with six digits, and sort by name only up to here. */
  static final int MOST = 1_000_000;

  private static final Pattern PART = Pattern.compile("(\\d+)(?:-(\\d+))?");

  /** Seeds from one number on. */
  private record Range(long first, long count) {}

  private final List<Range> ranges;
  private final int size;

  private Seeds(List<Range> ranges) {
    this.ranges = ranges;
    long sum = ranges.stream().mapToLong(Range::count).reduce(0, Seeds::add);
    if (sum < 1 || sum > MOST) {
      throw new BadInputException(
          "these are the seeds of " + sum + " images; ask for 1 to " + MOST + " at once");
    }
    size = (int) sum;
  }

  /**
   * As many seeds from one on.
   *
   * @throws BadInputException if there are none, more than {@link #MOST}, or they pass the largest
   *     number
   */
  static Seeds from(long first, int count) {
    Seeds seeds = new Seeds(List.of(new Range(first, count)));
    if (first > Long.MAX_VALUE - count) {
      throw new BadInputException("--seed " + first + " is too large; name a smaller one");
    }
    return seeds;
  }

  /** The seed of one image, counted from 0. */
  long get(int index) {
    long left = index;
    for (Range range : ranges) {
      if (left < range.count()) {
        return range.first() + left;
      }
      left -= range.count();
    }
    throw new IndexOutOfBoundsException(index);
  }

  /** How many images they are. */
  int size() {
    return size;
  }

  /** The same as a list that computes its entries. */
  List<Long> asList() {
    return new AbstractList<>() {
      @Override
      public Long get(int index) {
        return Seeds.this.get(index);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** The seeds from a place on, {@code most} or as many as there are. */
  long[] some(int from, int most) {
    long[] seeds = new long[Math.min(most, size - from)];
    Arrays.setAll(seeds, i -> get(from + i));
    return seeds;
  }

  private static long add(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** Reads {@code 0,3-9}. */
  static final class Converter implements ITypeConverter<Seeds> {
    @Override
    public Seeds convert(String value) {
      List<Range> ranges = new ArrayList<>();
      for (String part : value.split(",", -1)) {
        ranges.add(range(value, part.strip()));
      }
      return new Seeds(ranges);
    }

    private static Range range(String value, String part) {
      Matcher matcher = PART.matcher(part);
      try {
        if (matcher.matches()) {
          long first = Long.parseLong(matcher.group(1));
          long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
          if (last >= first && last < Long.MAX_VALUE) {
            return new Range(first, last - first + 1);
          }
        }
      } catch (NumberFormatException e) {
        // Too many digits, and so as little a seed as a word is.
      }
      throw new TypeConversionException(
          "'" + value + "' is no list of seeds; write numbers and ranges from low to high: 0,3-9");
    }
  }
}
