package tsugiki.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How many images are done, as a bar on a terminal; elsewhere nothing. */
final class ImageBar implements AutoCloseable {
  private final ProgressBar bar;

  ImageBar(int count) {
    bar = System.console() == null ? null : bar(count);
  }

  private static ProgressBar bar(int count) {
    return new ProgressBarBuilder()
        .setTaskName("images")
        .setInitialMax(count)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  /** Tells that so many more are done. */
  void step(int images) {
    if (bar != null) {
      bar.stepBy(images);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
