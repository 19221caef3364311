package tsugiki.graft;

import com.google.common.base.Splitter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tsugiki.base.BadInputException;

/**
 * A variant of {@link GraftStudy} as it is written: {@code scale-shift}, {@code
 * scale-shift-spectral}, {@code point-wise:G} with G channels per group or {@code all}, each
 * without a finish; or {@code default}, the graft as the study's flags give it, with its finish and
 * at its own rate. Any of them may have changes, such as {@code point-wise:8/no-prior}, {@code
 * point-wise:8/class-start-combination/rank-4} and {@code default/finish-side-96}.
 *
 * @param name as it is written
 * @param method what is trained inside the generator; empty for the default
 * @param groupSize channels per group, 0 for all channels of a site
 * @param changes what else is changed, in this order
 */
record GraftVariant(
    String name, Optional<GraftMethod> method, int groupSize, List<GraftChange> changes) {
  private static final String DEFAULT = "default";
  private static final String CHANGE = "/";

  /**
   * Reads it.
   *
   * @throws BadInputException if there is no such variant
   */
  static GraftVariant parse(String text) {
    List<String> parts = Splitter.on(CHANGE).splitToList(text);
    List<GraftChange> changes =
        parts.subList(1, parts.size()).stream()
            .map(part -> GraftChange.of(part).orElseThrow(() -> unknown(text)))
            .toList();
    String base = parts.get(0);
    if (base.equals(DEFAULT)) {
      return new GraftVariant(text, Optional.empty(), 0, changes);
    }
    int colon = base.indexOf(':');
    String method = colon < 0 ? base : base.substring(0, colon);
    GraftMethod found =
        Arrays.stream(GraftMethod.values())
            .filter(one -> one.toString().equals(method))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    boolean pointWise = found == GraftMethod.POINT_WISE;
    if (pointWise != colon >= 0
        || (!pointWise && changes.stream().anyMatch(needs(GraftChange.Needs.POINT_WISE)))) {
      throw unknown(text);
    }
    int group = pointWise ? group(text, base.substring(colon + 1)) : 1;
    return new GraftVariant(text, Optional.of(found), group, changes);
  }

  private static Predicate<GraftChange> needs(GraftChange.Needs what) {
    return change -> change.needs() == what;
  }

  private static int group(String text, String group) {
    if (group.equals("all")) {
      return 0;
    }
    if (!group.matches("[1-9][0-9]{0,5}")) {
      throw unknown(text);
    }
    return Integer.parseInt(group);
  }

  private static BadInputException unknown(String text) {
    return new BadInputException(
        ("⟨variants⟩ names '%s'; give default, scale-shift, scale-shift-spectral or point-wise:G"
                + " with G a number or all, each maybe with /CHANGE, of %s (the last site, mixed"
                + " sites and a rank are matters of point-wise)")
            .formatted(text, String.join(", ", GraftChange.names())));
  }

  /** Whether its rate is chosen by the study. */
  boolean tuned() {
    return method.isPresent();
  }

  /** The variant whose rate it takes: the same without changes. */
  String base() {
    return Splitter.on(CHANGE).splitToList(name).get(0);
  }

  /**
   * The options of its grafts.
   *
   * @throws BadInputException if it changes a finish, and it or the study has none
   */
  GraftOptions of(GraftOptions given) {
    GraftOptions changed = method.map(kind -> plain(given, kind)).orElse(given);
    try {
      for (GraftChange change : changes) {
        changed = change.in(changed);
      }
    } catch (BadInputException e) {
      throw e.in("⟨variants⟩ names '%s'".formatted(name));
    }
    refuseWithoutFinish(given, changed);
    // The study scores, and what has no finish needs no judge.
    return tuned() && !changed.finish().wanted()
        ? changed.withWatch(changed.watch().withScoreNetworks(List.of()))
        : changed;
  }

  private void refuseWithoutFinish(GraftOptions given, GraftOptions changed) {
    boolean some = changes.stream().anyMatch(GraftChange::ofFinish);
    if (some && !given.finish().wanted()) {
      throw new BadInputException(
          "⟨variants⟩ names '%s', and ⟨finish⟩ is none; give ⟨finish⟩ all or graft"
              .formatted(name));
    }
    if (changes.stream().anyMatch(needs(GraftChange.Needs.FINISH)) && !changed.finish().wanted()) {
      throw new BadInputException(
          "⟨variants⟩ names '%s', which has no finish to change; add /finish-all or /finish-graft"
              .formatted(name));
    }
  }

  private GraftOptions plain(GraftOptions given, GraftMethod kind) {
    return given
        .withMixedSites(0)
        .withRank(0)
        .withPlainLastSite(false)
        .withMethod(kind)
        .withGroupSize(groupSize)
        .withFinish(given.finish().withFinish(FinishKind.NONE));
  }
}
