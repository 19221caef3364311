package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a variant of {@link GraftStudy} has otherwise than its method: a part that is left out, as
 * in {@code no-prior}, or a flag of the verb {@code graft} with its value, as in {@code
 * latent-prior-moments} and {@code rank-4}.
 *
 * @param needs what the graft has to have for it to change anything
 * @param change makes it
 */
record GraftChange(Needs needs, UnaryOperator<GraftOptions> change) {
  /** What a change is a change of. */
  enum Needs {
    /** Any graft. */
    NOTHING,
    /** Point-wise layers. */
    POINT_WISE,
    /** That the study has a finish. */
    FINISH_OF_STUDY,
    /** A finish of its own. */
    FINISH
  }

  /**
   * A flag whose value is a number.
   *
   * @param whole whether it is a whole one
   * @param least the least that there is
   */
  private record Numbered(
      Needs needs, boolean whole, int least, BiFunction<GraftOptions, Float, GraftOptions> set) {
    static Numbered finish(
        boolean whole, int least, BiFunction<FinishOptions, Float, FinishOptions> set) {
      return new Numbered(
          Needs.FINISH, whole, least, (o, value) -> o.withFinish(set.apply(o.finish(), value)));
    }

    boolean takes(String number) {
      return !(whole && number.contains(".")) && Float.parseFloat(number) >= least;
    }
  }

  private static final Pattern NUMBER = Pattern.compile("(.+)-(\\d{1,6}(?:\\.\\d{1,6})?)");
  private static final Map<String, GraftChange> NAMED = named();
  private static final Map<String, Numbered> NUMBERED = numbered();

  private static Map<String, GraftChange> named() {
    Map<String, GraftChange> named = new LinkedHashMap<>();
    named.put("no-prior", any(o -> o.withLoss(o.loss().withPriorWeight(0))));
    named.put("no-noise", any(o -> o.withLearning(o.learning().withNoise(0))));
    named.put("no-last-site", new GraftChange(Needs.POINT_WISE, o -> o.withPlainLastSite(true)));
    named.put("no-class-vector", any(o -> o.withLearning(o.learning().withEmbeddingRate(0))));
    values(
        named,
        "latent-prior",
        PriorKind.values(),
        (o, kind) -> o.withLoss(o.loss().withLatentPrior(kind)));
    values(
        named,
        "latent-start",
        LatentStart.values(),
        (o, at) -> start(o, s -> s.withLatentStart(at)));
    values(
        named, "class-start", ClassStart.values(), (o, at) -> start(o, s -> s.withClassStart(at)));
    values(
        named,
        "schedule",
        RateFall.values(),
        (o, fall) -> o.withLearning(o.learning().withSchedule(fall)));
    named.put("truncation-none", any(o -> truncated(o, GraftWatchOptions.UNCUT)));
    for (FinishKind kind : FinishKind.values()) {
      named.put(
          "finish-" + kind,
          new GraftChange(
              kind == FinishKind.NONE ? Needs.FINISH_OF_STUDY : Needs.FINISH,
              o -> o.withFinish(o.finish().withFinish(kind))));
    }
    named.put(
        "finish-from-none",
        new GraftChange(Needs.FINISH, o -> o.withFinish(o.finish().withFinishFrom(""))));
    return named;
  }

  private static Map<String, Numbered> numbered() {
    Map<String, Numbered> numbered = new LinkedHashMap<>();
    numbered.put(
        "mixed-sites",
        new Numbered(Needs.POINT_WISE, true, 1, (o, n) -> o.withMixedSites(n.intValue())));
    numbered.put(
        "rank", new Numbered(Needs.POINT_WISE, true, 1, (o, n) -> o.withRank(n.intValue())));
    numbered.put(
        "steps",
        new Numbered(
            Needs.NOTHING,
            true,
            1,
            (o, n) -> o.withLearning(o.learning().withSteps(n.longValue()))));
    numbered.put(
        "truncation",
        new Numbered(
            Needs.NOTHING, false, 0, (o, w) -> truncated(o, Double.parseDouble(w.toString()))));
    numbered.put(
        "finish-steps", Numbered.finish(true, 1, (f, n) -> f.withFinishSteps(n.longValue())));
    numbered.put(
        "finish-side", Numbered.finish(true, 32, (f, n) -> f.withFinishSide(n.intValue())));
    numbered.put(
        "finish-native-width",
        Numbered.finish(true, 0, (f, n) -> f.withFinishNativeWidth(n.intValue())));
    numbered.put("finish-anchor", Numbered.finish(false, 0, FinishOptions::withFinishAnchor));
    numbered.put("finish-spectrum", Numbered.finish(false, 0, FinishOptions::withFinishSpectrum));
    return numbered;
  }

  private static GraftChange any(UnaryOperator<GraftOptions> change) {
    return new GraftChange(Needs.NOTHING, change);
  }

  private static GraftOptions truncated(GraftOptions options, double truncation) {
    return options.withWatch(options.watch().withTruncation(truncation));
  }

  private static <T> void values(
      Map<String, GraftChange> named,
      String flag,
      T[] values,
      BiFunction<GraftOptions, T, GraftOptions> change) {
    Arrays.stream(values)
        .forEach(value -> named.put(flag + "-" + value, any(o -> change.apply(o, value))));
  }

  private static GraftOptions start(GraftOptions options, UnaryOperator<StartOptions> change) {
    LearningOptions learning = options.learning();
    return options.withLearning(learning.withStart(change.apply(learning.start())));
  }

  /** The change of that name; empty where there is none. */
  static Optional<GraftChange> of(String name) {
    Matcher number = NUMBER.matcher(name);
    if (!number.matches()) {
      return Optional.ofNullable(NAMED.get(name));
    }
    float value = Float.parseFloat(number.group(2));
    return Optional.ofNullable(NUMBERED.get(number.group(1)))
        .filter(flag -> flag.takes(number.group(2)))
        .map(flag -> new GraftChange(flag.needs(), o -> flag.set().apply(o, value)));
  }

  /** All names, with N for a whole number and W for any other. */
  static List<String> names() {
    List<String> names = new ArrayList<>(NAMED.keySet());
    NUMBERED.forEach((flag, value) -> names.add(flag + (value.whole() ? "-N" : "-W")));
    return names;
  }

  /** Whether it is a change of the finish. */
  boolean ofFinish() {
    return needs == Needs.FINISH_OF_STUDY || needs == Needs.FINISH;
  }

  /** The options with it. */
  GraftOptions in(GraftOptions options) {
    return change.apply(options);
  }
}
