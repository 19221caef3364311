package tsugiki.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tsugiki.score.KidProbe;
import tsugiki.train.RunDirectory;

/** The rows of figures on the page and the model card of a GAN. */
final class GanFigures {
  private GanFigures() {}

  /**
   * Collects them.
   *
   * @param begunWith what was taken of the weights of another training, in words
   * @param probe the scores, where there are some
   */
  static List<List<String>> of(
      RunDirectory run,
      GanRunOptions options,
      GanInput input,
      List<String> begunWith,
      Optional<KidProbe> probe) {
    Map<String, Double> last = run.lastMetrics();
    List<List<String>> figures = new ArrayList<>();
    figures.add(List.of("training images", Integer.toString(input.images().count())));
    begunWith.forEach(taken -> figures.add(List.of("begun with " + options.from(), taken)));
    figures.add(List.of("generator steps", Long.toString(steps(run))));
    figures.add(
        List.of(
            "seconds in steps on %d processors, %s"
                .formatted(options.execution().intraOp(), options.execution().device()),
            Long.toString(Math.round(last.getOrDefault("seconds", 0.0)))));
    input.aboutLabels().forEach((name, value) -> figures.add(row(name, "%.4f", value)));
    last.forEach(
        (name, value) -> {
          if (isFigure(name, probe)) {
            figures.add(row(name, "%.5f", value));
          }
        });
    if (last.containsKey(Judgements.STEP)) {
      figures.add(row("the generator is that of step", "%.0f", last.get(Judgements.STEP)));
      figures.add(List.of("images that only scores saw", Integer.toString(input.reals().count())));
    }
    probe.ifPresent(score -> figures.add(score.protocol()));
    return figures;
  }

  /** The distances, but for that of the kept generator, which stands among its scores. */
  private static boolean isFigure(String name, Optional<KidProbe> probe) {
    boolean ofKept = probe.isPresent() && name.equals(probe.get().name());
    return !ofKept
        && (name.startsWith(KidProbe.NAME) || name.startsWith(Judgements.BEST + KidProbe.NAME));
  }

  /** The steps that were done, which may be fewer than planned. */
  private static long steps(RunDirectory run) {
    double[] steps = run.series("loss_g").steps();
    return Math.round(steps[steps.length - 1]);
  }

  private static List<String> row(String name, String format, double value) {
    return List.of(name, String.format(Locale.ROOT, format, value));
  }
}
