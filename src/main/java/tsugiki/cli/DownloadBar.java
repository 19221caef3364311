package tsugiki.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import tsugiki.pretrained.Download;

/** The progress bar of a download; it shows on a terminal only. */
final class DownloadBar implements Download.ProgressListener, AutoCloseable {
  private static final long MIB = 1 << 20;

  private final String name;
  private ProgressBar bar;

  DownloadBar(String name) {
    this.name = name;
  }

  @Override
  public void progress(long done, long total) {
    if (System.console() == null) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .setUnit(" MiB", MIB)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }
    bar.stepTo(done);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
