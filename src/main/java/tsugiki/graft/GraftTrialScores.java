package tsugiki.graft;

import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tsugiki.base.Checks;
import tsugiki.data.ImageSupply;
import tsugiki.features.FeaturePasses;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.score.Diversity;
import tsugiki.score.Kid;
import tsugiki.score.Kmmd;
import tsugiki.score.Memorisation;

/**
 * Scores of a study's grafts, all by one protocol: samples against the training images and against
 * the held-out ones, which are at the generator's size as the samples are.
 */
final class GraftTrialScores implements AutoCloseable {
  private static final String HELD_OUT = "held_out_";
  private static final String OWN_JUDGE =
      " The network that scores is that of the perceptual loss, so that a graft looks better to it than to others.";

  private final GraftStudyOptions options;
  private final Map<String, FrozenNetwork> judges;
  private final FeaturePasses passes;
  private final Sessions.Settings settings;

  /**
   * Makes it, and computes the features of the domains.
   *
   * @param judges the networks that score, by the ending of their scores' names
   * @throws tsugiki.base.BadInputException if their weights are missing, or memory does not hold
   *     the samples of a score
   */
  GraftTrialScores(
      GraftStudyOptions options, Map<String, FrozenNetwork> judges, List<StudyDomain> domains) {
    this.options = options;
    this.judges = judges;
    domains.forEach(
        domain -> Checks.held("scoreImages", options.scoreImages(), domain.imageLength()));
    settings = options.graft().execution().settings();
    List<FrozenNetwork> networks = List.copyOf(judges.values());
    passes = new FeaturePasses(networks, FeaturePipeline.Settings.defaults().withSession(settings));
    domains.forEach(domain -> domain.prepare(passes, networks));
  }

  /**
   * The columns of a table at one truncation.
   *
   * @param heldOut whether there are held-out images
   */
  List<String> columns(boolean heldOut) {
    List<String> columns = new ArrayList<>();
    for (String ending : judges.keySet()) {
      if (heldOut) {
        columns.addAll(List.of(HELD_OUT + "kmmd" + ending, HELD_OUT + "kid" + ending));
      }
      columns.addAll(List.of("kmmd" + ending, "kid" + ending));
    }
    columns.addAll(List.of(Diversity.PAIRWISE, "distance", "memorised"));
    return columns;
  }

  /** The score that rates are chosen by and methods compared. */
  String headline(boolean heldOut) {
    return columns(heldOut).get(0);
  }

  /** The name of a score at a truncation among a trial's figures. */
  static String at(String score, float truncation) {
    return "%s@%s".formatted(score, truncation);
  }

  /**
   * Scores a graft.
   *
   * @param model its SavedModel
   * @param count its training images
   * @param seed that drew them
   * @param truncations of its samples
   * @return the scores by {@link #at}
   */
  Map<String, Double> of(
      Path model, StudyDomain domain, int count, long seed, List<Float> truncations) {
    Map<String, Double> scores = new LinkedHashMap<>();
    try (LoadedGenerator generator = LoadedGenerator.open(model, settings)) {
      long[] seeds = LongStream.range(0, options.scoreImages()).toArray();
      for (float truncation : truncations) {
        float[] z = LatentDraws.normal(generator.latent(), truncation, seeds);
        ImageSupply samples =
            ImageSupply.of("the samples", generator.images(z, new long[0]), generator.height());
        at(samples, domain, count, seed)
            .forEach((name, value) -> scores.put(at(name, truncation), value));
      }
    }
    return scores;
  }

  /**
   * The floor of a generator's scores: those of the held-out photographs against the training
   * images, as if a generator had drawn them, and the KMMD of as many images as are scored that are
   * distributed as the photographs are.
   *
   * @param count training images
   * @param seed that drew them
   */
  Map<String, Double> ofHeldOut(StudyDomain domain, int count, long seed) {
    Map<String, Double> scores = new LinkedHashMap<>();
    toTraining(domain, count, seed, network -> domain.heldOut(network, count, seed), scores);
    // KMMD depends on the numbers of images, and the held-out ones are not as many as the samples.
    judges.forEach(
        (ending, network) -> {
          int samples = options.scoreImages();
          Features heldOut = domain.heldOut(network, count, seed);
          scores.put(HELD_OUT + "kmmd" + ending, Kmmd.ofEqual(heldOut, samples));
          Features training = domain.training(network, count, seed);
          scores.put("kmmd" + ending, Kmmd.ofEqual(training, samples));
        });
    return scores;
  }

  /** The columns of {@link #ofHeldOut}. */
  List<String> columnsOfHeldOut() {
    List<String> columns = columns(true);
    judges.keySet().forEach(ending -> columns.remove(HELD_OUT + "kid" + ending));
    return columns;
  }

  private Map<String, Double> at(ImageSupply samples, StudyDomain domain, int count, long seed) {
    Map<FrozenNetwork, Features> generated = passes.of(samples, List.copyOf(judges.values()));
    Map<String, Double> scores = new LinkedHashMap<>();
    if (domain.holdsOut(count)) {
      judges.forEach(
          (ending, network) ->
              distances(
                  HELD_OUT,
                  ending,
                  domain.heldOut(network, count, seed),
                  generated.get(network),
                  scores));
    }
    toTraining(domain, count, seed, generated::get, scores);
    return scores;
  }

  private void toTraining(
      StudyDomain domain,
      int count,
      long seed,
      Function<FrozenNetwork, Features> images,
      Map<String, Double> scores) {
    judges.forEach(
        (ending, network) ->
            distances(
                "", ending, domain.training(network, count, seed), images.apply(network), scores));
    FrozenNetwork last = Iterables.getLast(judges.values());
    Features training = domain.training(last, count, seed);
    Features these = images.apply(last);
    scores.put(Diversity.PAIRWISE, Diversity.pairwise(training, these));
    scores.put("distance", Memorisation.distance(training, these));
    scores.put("memorised", Memorisation.of(training, these).share());
  }

  private static void distances(
      String prefix, String ending, Features real, Features generated, Map<String, Double> scores) {
    scores.put(prefix + "kmmd" + ending, Kmmd.of(real, generated).value());
    scores.put(prefix + "kid" + ending, Kid.allSamples(real, generated).value());
  }

  /** The protocol of the scores, in words. */
  String protocol() {
    String networks =
        judges.values().stream().map(FrozenNetwork::protocol).collect(Collectors.joining("; "));
    return "kmmd, kid: %s, %d samples against the training images, and with held_out_ against the other images of the domain, all at the generator's size. pairwise: the mean distance of two samples over that of two training images. distance: of a sample to the nearest training image over that of a training image to the nearest other one. memorised: the share of samples that are nearer to a training image than its nearest other training image is. These three on the last of the features. Samples of the seeds 0 to %d, cut at the truncation."
            .formatted(networks, options.scoreImages(), options.scoreImages() - 1)
        + (options.judge().equals(options.graft().loss().perceptual()) ? OWN_JUDGE : "");
  }

  @Override
  public void close() {
    passes.close();
  }
}
