package tsugiki.base;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The bars that show on a terminal how far counted work is. */
public final class Bars {
  /** Takes a bar away for a line of the log, after which it is drawn again. */
  public static final String CLEAR = "\r\u001B[K";

  private static final String TERMINAL = "tsugiki.terminal";
  private static final int LEAST = 10;

  private Bars() {}

  /** Lets the program draw them where standard error is a terminal; a library leaves it alone. */
  public static void allow() {
    // Java cannot tell; the launcher says it, and without the launcher any terminal counts.
    if (System.getProperty(TERMINAL) == null) {
      System.setProperty(TERMINAL, Boolean.toString(System.console() != null));
    }
  }

  /** Whether they are drawn. */
  public static boolean wanted() {
    return Boolean.getBoolean(TERMINAL);
  }

  /**
   * A bar on {@link System#err} as it is now. The library's own choice is the process's standard
   * error, of which the launcher passes whole lines alone.
   */
  public static ProgressBarBuilder builder() {
    return new ProgressBarBuilder()
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err));
  }

  /**
   * A bar with words behind it, in one line. Of the words, parts after commas are left out from the
   * last on until there is room for the bar.
   *
   * @param done the finished share of the work, from 0 to 1
   * @param words what stands behind the bar
   * @param width of the line
   */
  public static String line(double done, String words, int width) {
    String shown = words;
    while (shown.length() + LEAST + 3 > width && shown.contains(", ")) {
      shown = shown.substring(0, shown.lastIndexOf(", "));
    }
    int room = Math.max(0, width - shown.length() - 3);
    int full = (int) (Math.min(1, Math.max(0, done)) * room);
    return "[" + "=".repeat(full) + " ".repeat(room - full) + "] " + shown;
  }
}
