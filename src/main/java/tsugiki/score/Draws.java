package tsugiki.score;

import java.util.Arrays;
import java.util.Random;

/**
 * Random draws of row numbers. They rest on {@link Random}, whose sequence the Java platform
 * specifies, so a seed means the same rows on every machine.
 */
public final class Draws {
  private Draws() {}

  /** Different numbers from [0, count), in random order: the head of a Fisher–Yates shuffle. */
  public static int[] withoutReplacement(int count, int draws, Random random) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = i;
    }
    for (int i = 0; i < draws; i++) {
      int other = i + random.nextInt(count - i);
      int row = rows[other];
      rows[other] = rows[i];
      rows[i] = row;
    }
    return Arrays.copyOf(rows, draws);
  }
}
