package tsugiki.train;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.Bars;
import tsugiki.base.FigureWords;
import tsugiki.base.Phase;
import tsugiki.base.Uninterrupted;

/**
 * The progress of a training: a bar where there are {@link Bars}, else a line of the log at times.
 */
final class TrainingProgress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingProgress.class);
  private static final long NANOS_BETWEEN_LINES = 20_000_000_000L;

  private final long from;
  private final long steps;
  private final int images;
  private final Course course;
  private final long start = System.nanoTime();
  private final ProgressBar bar;
  private final Phase firstStep = Phase.begin("the first step");
  private long lastLine;

  TrainingProgress(long from, long steps, int images, Course course) {
    this.course = course;
    this.from = from;
    this.steps = steps;
    this.images = images;
    this.bar = Bars.wanted() ? bar(from, steps) : null;
  }

  private static ProgressBar bar(long from, long steps) {
    return Bars.builder()
        .setInitialMax(steps)
        .startsFrom(from, Duration.ZERO)
        .setRenderer(
            (state, width) ->
                Bars.line(state.getNormalizedProgress(), state.getExtraMessage(), width))
        .build();
  }

  void done(long step, Map<String, Double> scalars) {
    firstStep.close();
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = (step - from) / seconds * images;
    if (bar != null) {
      bar.stepTo(step);
      bar.setExtraMessage(
          "%s, %s left, %s%s"
              .formatted(
                  place(step),
                  words(secondsLeft(step, seconds)),
                  rate(rate),
                  scalars.isEmpty() ? "" : ", " + FigureWords.of(scalars)));
    } else if (lastLine == 0
        || step == steps
        || System.nanoTime() - lastLine > NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      LOG.info(
          "{}, {}, {}, {} left",
          place(step),
          rate(rate),
          FigureWords.of(scalars),
          words(secondsLeft(step, seconds)));
    }
  }

  private static String rate(double imagesPerSecond) {
    return String.format(Locale.ROOT, "%.1f images/s", imagesPerSecond);
  }

  private String place(long step) {
    return course.place(step, steps);
  }

  private double secondsLeft(long step, double seconds) {
    double done = course.work(step) - course.work(from);
    return seconds * (course.work(steps) - course.work(step)) / done;
  }

  /** Hours and minutes, or minutes and seconds. */
  static String words(double seconds) {
    long s = Math.round(seconds);
    return s >= 3600 ? s / 3600 + " h " + s % 3600 / 60 + " min" : s / 60 + " min " + s % 60 + " s";
  }

  @Override
  public void close() {
    firstStep.close();
    if (bar != null) {
      // Of an interrupted thread it would take the interruption for its own.
      Uninterrupted.run(bar::close);
    }
  }
}
