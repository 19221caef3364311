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

  /** A flag whose value is a number. */
  private record Numbered(
      Needs needs, int least, BiFunction<GraftOptions, Float, GraftOptions> set) {
    static Numbered finish(int least, BiFunction<FinishOptions, Float, FinishOptions> set) {
      return new Numbered(
          Needs.FINISH, least, (o, value) -> o.withFinish(set.apply(o.finish(), value)));
    }
  }

  private static final Pattern NUMBER = Pattern.compile("(.+)-(\\d{1,6}(?:\\.\\d{1,6})?)");
  private static final Map<String, GraftChange> NAMED = named();
  private static final Map<String, Numbered> WHOLE = whole();
  private static final Map<String, Numbered> FACTORS = factors();

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

  private static Map<String, Numbered> whole() {
    Map<String, Numbered> whole = new LinkedHashMap<>();
    whole.put(
        "mixed-sites", new Numbered(Needs.POINT_WISE, 1, (o, n) -> o.withMixedSites(n.intValue())));
    whole.put("rank", new Numbered(Needs.POINT_WISE, 1, (o, n) -> o.withRank(n.intValue())));
    whole.put(
        "steps",
        new Numbered(
            Needs.NOTHING, 1, (o, n) -> o.withLearning(o.learning().withSteps(n.longValue()))));
    whole.put("finish-steps", Numbered.finish(1, (f, n) -> f.withFinishSteps(n.longValue())));
    whole.put("finish-side", Numbered.finish(32, (f, n) -> f.withFinishSide(n.intValue())));
    whole.put(
        "finish-native-width", Numbered.finish(0, (f, n) -> f.withFinishNativeWidth(n.intValue())));
    return whole;
  }

  private static Map<String, Numbered> factors() {
    Map<String, Numbered> factors = new LinkedHashMap<>();
    factors.put("finish-anchor", Numbered.finish(0, FinishOptions::withFinishAnchor));
    factors.put("finish-spectrum", Numbered.finish(0, FinishOptions::withFinishSpectrum));
    return factors;
  }

  private static GraftChange any(UnaryOperator<GraftOptions> change) {
    return new GraftChange(Needs.NOTHING, change);
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
    boolean whole = !number.group(2).contains(".");
    Map<String, Numbered> flags = new LinkedHashMap<>(FACTORS);
    if (whole) {
      flags.putAll(WHOLE);
    }
    float value = Float.parseFloat(number.group(2));
    return Optional.ofNullable(flags.get(number.group(1)))
        .filter(flag -> value >= flag.least())
        .map(flag -> new GraftChange(flag.needs(), o -> flag.set().apply(o, value)));
  }

  /** All names, with N for a whole number and W for any other. */
  static List<String> names() {
    List<String> names = new ArrayList<>(NAMED.keySet());
    WHOLE.keySet().forEach(flag -> names.add(flag + "-N"));
    FACTORS.keySet().forEach(flag -> names.add(flag + "-W"));
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
