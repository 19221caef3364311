package tsugiki.graft;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tsugiki.base.BadInputException;

/**
 * A variant of {@link GraftStudy} as it is written: {@code scale-shift}, {@code
 * scale-shift-spectral}, {@code point-wise:G} with G channels per group or {@code all}, each
 * without a finish and maybe without a part, such as {@code point-wise:8/no-prior}; or {@code
 * default}, the graft as the study's flags give it, with its finish and at its own rate.
 *
 * @param name as it is written
 * @param method what is trained inside the generator; empty for the default
 * @param groupSize channels per group, 0 for all channels of a site
 * @param without the part that is left out
 */
record GraftVariant(
    String name, Optional<GraftMethod> method, int groupSize, Optional<Part> without) {
  private static final String DEFAULT = "default";
  private static final String OMITTED = "/no-";

  /** What an ablation leaves out. */
  enum Part {
    /** What keeps the latent vectors where samples are drawn. */
    PRIOR,
    /** The noise on the latent vectors. */
    NOISE,
    /** The layer after the last normalisation. */
    LAST_SITE,
    /** The training of the class vector, which stays where it starts. */
    CLASS_VECTOR;

    private GraftOptions removed(GraftOptions from) {
      return switch (this) {
        case PRIOR -> from.withLoss(from.loss().withPriorWeight(0));
        case NOISE -> from.withLearning(from.learning().withNoise(0));
        case LAST_SITE -> from.withPlainLastSite(true);
        case CLASS_VECTOR -> from.withLearning(from.learning().withEmbeddingRate(0));
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads it.
   *
   * @throws BadInputException if there is no such variant
   */
  static GraftVariant parse(String text) {
    if (text.equals(DEFAULT)) {
      return new GraftVariant(text, Optional.empty(), 0, Optional.empty());
    }
    int cut = text.indexOf(OMITTED);
    String base = cut < 0 ? text : text.substring(0, cut);
    Optional<Part> without =
        cut < 0 ? Optional.empty() : Optional.of(part(text, text.substring(cut + 4)));
    int colon = base.indexOf(':');
    String method = colon < 0 ? base : base.substring(0, colon);
    GraftMethod found =
        Arrays.stream(GraftMethod.values())
            .filter(one -> one.toString().equals(method))
            .findFirst()
            .orElseThrow(() -> unknown(text));
    boolean pointWise = found == GraftMethod.POINT_WISE;
    if (pointWise != colon >= 0 || (!pointWise && without.equals(Optional.of(Part.LAST_SITE)))) {
      throw unknown(text);
    }
    int group = pointWise ? group(text, base.substring(colon + 1)) : 1;
    return new GraftVariant(text, Optional.of(found), group, without);
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

  private static Part part(String text, String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static BadInputException unknown(String text) {
    String parts =
        Arrays.stream(Part.values()).map(part -> OMITTED + part).collect(Collectors.joining(", "));
    return new BadInputException(
        ("⟨variants⟩ names '%s'; give default, scale-shift, scale-shift-spectral or point-wise:G"
                + " with G a number or all, each but default maybe with one of %s (the last site is"
                + " a matter of point-wise)")
            .formatted(text, parts));
  }

  /** Whether its rate is chosen by the study. */
  boolean tuned() {
    return method.isPresent();
  }

  /** The variant whose rate it takes: the same with nothing left out. */
  String base() {
    return without.isPresent() ? name.substring(0, name.indexOf(OMITTED)) : name;
  }

  /** The options of its grafts. */
  GraftOptions of(GraftOptions given) {
    if (method.isEmpty()) {
      return given;
    }
    GraftOptions plain =
        given
            .withMixedSites(0)
            .withRank(0)
            .withPlainLastSite(false)
            .withMethod(method.get())
            .withGroupSize(groupSize)
            .withFinish(given.finish().withFinish(FinishKind.NONE))
            // The study scores.
            .withWatch(given.watch().withScoreNetworks(List.of()));
    return without.map(part -> part.removed(plain)).orElse(plain);
  }
}
