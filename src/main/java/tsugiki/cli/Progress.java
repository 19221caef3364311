package tsugiki.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import tsugiki.pretrained.Download;
import tsugiki.score.ScoreProgress;

/** The progress of work in parts, as a bar for each part on a terminal; elsewhere nothing. */
final class Progress implements ScoreProgress, Download.ProgressListener, AutoCloseable {
  private static final long MIB = 1 << 20;

  private final String name;
  private ProgressBar bar;

  /** Of parts that {@link #begin} names. */
  Progress() {
    this("");
  }

  /** Of a download. */
  Progress(String name) {
    this.name = name;
  }

  /** Of so many images or whatever is counted. */
  static Progress of(String what, long count) {
    Progress progress = new Progress();
    progress.begin(what, count);
    return progress;
  }

  @Override
  public void begin(String what, long count) {
    close();
    show(new ProgressBarBuilder().setTaskName(what).setInitialMax(count));
  }

  private void show(ProgressBarBuilder builder) {
    if (System.console() != null) {
      bar = builder.setStyle(ProgressBarStyle.ASCII).build();
    }
  }

  @Override
  public void step(int more) {
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  /** So many bytes have arrived. */
  @Override
  public void progress(long done, long total) {
    if (bar == null) {
      show(
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax(total)
              .setUnit(" MiB", MIB)
              .showSpeed());
    }
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void end() {
    close();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
