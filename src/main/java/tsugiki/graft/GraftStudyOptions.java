package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.study.Trial;

/**
 * Options of {@link GraftStudy}, as {@code options.json} keeps them. {@link #defaults} has the
 * defaults.
 *
 * @param data the domains: folders or zips of images
 * @param counts numbers of training images; the others of a domain are held out. A domain with
 *     fewer images is left out at that number
 * @param variants what is compared, each a {@link GraftVariant}; differences are to the first
 * @param rates learning rates of the layers that each method is tried with on a seed of its own;
 *     one rate alone is taken as it is
 * @param repeats how often everything is done, with successive seeds, each with other images
 * @param judge the network whose features the scores compare
 * @param taps layers of that network, each with its own scores; empty for its usual one
 * @param truncations where the latent vectors of scored samples are cut, with {@link
 *     GraftWatchOptions#UNCUT} for nowhere; rates are chosen, and the first table made, by the
 *     first
 * @param scoreImages samples per score
 * @param graft the budget of every graft, and all that no variant changes
 */
@RecordBuilder
public record GraftStudyOptions(
    List<Path> data,
    List<Integer> counts,
    List<String> variants,
    List<Float> rates,
    int repeats,
    String judge,
    List<String> taps,
    List<Float> truncations,
    int scoreImages,
    GraftOptions graft)
    implements GraftStudyOptionsBuilder.With {

  /** Checks every value. */
  public GraftStudyOptions {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(variants, "variants");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(judge, "judge");
    Objects.requireNonNull(taps, "taps");
    Objects.requireNonNull(truncations, "truncations");
    Objects.requireNonNull(graft, "graft");
    data = data.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    distinct(
        "data",
        data.stream().map(path -> Trial.folderName(domain(path))).toList(),
        "each domain, by a name of its own,");
    distinct("counts", counts, "each number");
    counts.forEach(count -> Checks.atLeast("counts", count, 2));
    distinct("variants", variants, "each");
    variants.forEach(GraftVariant::parse);
    distinct("rates", rates, "each rate");
    rates.forEach(rate -> Checks.positive("rates", rate));
    // The grid is continued by the same factors, so that they have to be in order.
    rates = rates.stream().sorted().toList();
    Checks.repeats(repeats, graft.learning().seed());
    judge = NetworkName.absolute(judge);
    if (judge.isEmpty()) {
      throw new BadInputException("⟨judge⟩ is missing; give the name of a network");
    }
    taps = List.copyOf(taps);
    if (Set.copyOf(taps).size() < taps.size()) {
      throw new BadInputException("⟨taps⟩ is " + taps + "; name each once");
    }
    distinct("truncations", truncations, "each");
    truncations.forEach(truncation -> LatentDraws.check("truncations", truncation));
    Checks.size("scoreImages", scoreImages, 2);
  }

  private static void distinct(String argument, List<?> values, String each) {
    if (values.isEmpty() || Set.copyOf(values).size() < values.size()) {
      throw new BadInputException(
          "⟨%s⟩ is %s; name one or more, %s once".formatted(argument, values, each));
    }
  }

  /**
   * The methods of the paper, six times each.
   *
   * @param graft the budget of every graft
   */
  public static GraftStudyOptions defaults(GraftOptions graft) {
    return new GraftStudyOptions(
        List.of(graft.images()),
        List.of(25, 50, 100),
        List.of(
            "scale-shift-spectral",
            "scale-shift",
            "point-wise:1",
            "point-wise:2",
            "point-wise:4",
            "point-wise:8",
            "point-wise:all",
            "default"),
        List.of(1.25e-4f, 5e-4f, 2e-3f, 8e-3f),
        6,
        "starter",
        List.of(),
        List.of(0.4f, 0.7f, 1f),
        500,
        graft);
  }

  /** What a domain is called: its file's name without the ending. */
  static String domain(Path data) {
    Path name = data.getFileName();
    if (name == null) {
      throw new BadInputException("⟨data⟩ is %s; name a folder or a zip in it".formatted(data));
    }
    return name.toString().replaceFirst("\\.zip$", "");
  }

  /** The variants, read. */
  List<GraftVariant> parsed() {
    return variants.stream().map(GraftVariant::parse).toList();
  }

  /** Whether there are rates to choose from, and variants that need one. */
  boolean tunes() {
    return rates.size() > 1 && parsed().stream().anyMatch(GraftVariant::tuned);
  }

  /** The seeds that are reported. */
  List<Long> seeds() {
    return Trial.seeds(graft.learning().seed(), repeats);
  }

  /** The seed that rates are chosen with; its results are not reported. */
  long tuningSeed() {
    return graft.learning().seed() + 1_000_000;
  }

  /**
   * The options of one graft.
   *
   * @param rate of its layers
   * @param images the domain
   */
  GraftOptions graft(GraftVariant variant, float rate, Path images, long seed) {
    GraftOptions changed = variant.of(graft).withImages(images);
    LearningOptions learning = changed.learning().withSeed(seed);
    return changed.withLearning(variant.tuned() ? learning.withLayerRate(rate) : learning);
  }
}
