package tsugiki.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How much is done, as a bar on a terminal; elsewhere nothing. */
final class ImageBar implements AutoCloseable {
  private final ProgressBar bar;

  /** Of so many images. */
  ImageBar(int count) {
    this("images", count);
  }

  /** Of so many of something else. */
  ImageBar(String what, long count) {
    bar = System.console() == null ? null : bar(what, count);
  }

  private static ProgressBar bar(String what, long count) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(count)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  /** Tells that so many more are done. */
  void step(int more) {
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
