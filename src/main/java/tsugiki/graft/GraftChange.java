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
 * @param pointWise whether point-wise layers alone can have it
 * @param change makes it
 */
record GraftChange(boolean pointWise, UnaryOperator<GraftOptions> change) {
  private static final Pattern NUMBERED = Pattern.compile("(mixed-sites|rank)-([1-9][0-9]{0,3})");
  private static final Map<String, GraftChange> NAMED = named();

  private static Map<String, GraftChange> named() {
    Map<String, GraftChange> named = new LinkedHashMap<>();
    named.put("no-prior", any(o -> o.withLoss(o.loss().withPriorWeight(0))));
    named.put("no-noise", any(o -> o.withLearning(o.learning().withNoise(0))));
    named.put("no-last-site", new GraftChange(true, o -> o.withPlainLastSite(true)));
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
    return named;
  }

  private static GraftChange any(UnaryOperator<GraftOptions> change) {
    return new GraftChange(false, change);
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
    Matcher numbered = NUMBERED.matcher(name);
    if (!numbered.matches()) {
      return Optional.ofNullable(NAMED.get(name));
    }
    int number = Integer.parseInt(numbered.group(2));
    return Optional.of(
        new GraftChange(
            true,
            numbered.group(1).equals("rank")
                ? o -> o.withRank(number)
                : o -> o.withMixedSites(number)));
  }

  /** All names, with N for a number. */
  static List<String> names() {
    List<String> names = new ArrayList<>(NAMED.keySet());
    names.addAll(List.of("mixed-sites-N", "rank-N"));
    return names;
  }

  /** The options with it. */
  GraftOptions in(GraftOptions options) {
    return change.apply(options);
  }
}
