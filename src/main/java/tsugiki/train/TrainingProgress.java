package tsugiki.train;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of a training: on a terminal a bar, in a log a line every now and then. */
final class TrainingProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);
  private static final long NANOS_BETWEEN_LINES = 20_000_000_000L;

  private final long from;
  private final long steps;
  private final int images;
  private final Course course;
  private final long start = System.nanoTime();
  private final ProgressBar bar;
  private long lastLine = start;

  TrainingProgress(long from, long steps, int images, Course course) {
    this.course = course;
    this.from = from;
    this.steps = steps;
    this.images = images;
    this.bar = System.console() == null ? null : bar(from, steps);
  }

  private static ProgressBar bar(long from, long steps) {
    return new ProgressBarBuilder()
        .setTaskName("steps")
        .setInitialMax(steps)
        .startsFrom(from, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  void done(long step, Map<String, Double> scalars) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = (step - from) / seconds;
    String message =
        String.format(Locale.ROOT, "%.1f images/s, %s", rate * images, describe(scalars));
    if (bar != null) {
      bar.stepTo(step);
      bar.setExtraMessage(course == Course.EVEN ? message : place(step) + ", " + message);
    } else if (step == steps || System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      LOG.info("{}, {}, {} left", place(step), message, left(secondsLeft(step, seconds)));
    }
  }

  private String place(long step) {
    return course.place(step, steps);
  }

  private double secondsLeft(long step, double seconds) {
    double done = course.work(step) - course.work(from);
    return seconds * (course.work(steps) - course.work(step)) / done;
  }

  private static String describe(Map<String, Double> scalars) {
    return scalars.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %.3f", e.getKey(), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String left(double seconds) {
    long s = Math.round(seconds);
    return s >= 3600 ? s / 3600 + " h " + s % 3600 / 60 + " min" : s / 60 + " min " + s % 60 + " s";
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
