package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.features.FeatureProtocol;
import tsugiki.features.FeatureProtocol.Origin;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

class ScoreSheetBuilderTest {
  private final Features real = SampleFeatures.normal(40, 5, 0, 1);
  private final Features fake = SampleFeatures.normal(30, 5, 0.3, 2);

  @Test
  void goldenFiguresComeUnderTheirNames() {
    Golden.Pair pair = Golden.flowersAndFlowers();
    ScoreSheet sheet = compare(ScoreSide.of(pair.real()), ScoreSide.of(pair.generated()));
    Map<String, Double> figures = sheet.figures();
    assertThat(figures.get("fid")).isCloseTo(pair.figure("fid"), withinPercentage(1e-4));
    assertThat(figures.get("kid")).isCloseTo(pair.figure("kid"), withinPercentage(1e-5));
    assertThat(figures.get("kmmd")).isCloseTo(pair.figure("kmmd"), withinPercentage(1e-5));
    for (String name : List.of("precision", "recall", "density", "coverage")) {
      double expected = pair.expected().required("prdc_k3").required(name).doubleValue();
      assertThat(figures.get(name)).as(name).isCloseTo(expected, within(1e-15));
    }
    assertThat(sheet.notes())
        .anyMatch(note -> note.startsWith("fid: the covariance of 50 images in 768 dimensions"))
        .anyMatch(note -> note.contains("not comparable with published FID"));
  }

  @Test
  void everyFigureHasItsProtocol() {
    ScoreSheet sheet = compare(ScoreSide.of(real), ScoreSide.of(fake));
    assertThat(sheet.figures())
        .containsOnlyKeys(
            "fid", "kid", "kmmd", "precision", "recall", "density", "coverage", "memorised");
    Map<String, Object> json = sheet.json();
    assertThat(json).containsKeys("counts", "protocol", "notes", "closest_pairs");
    assertThat(json).doesNotContainKey("intervals");
    assertThat(json.get("protocol"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsKeys("real", "generated", "features", "fid", "kid", "kmmd", "prdc", "memorised");
    assertThat(json.get("counts")).hasToString("{real=40, generated=30, dimensions=5}");
    assertThat(sheet.table()).contains("kmmd", "Protocol", "Notes", "fid: of 30 images");
  }

  @Test
  void statisticsAloneGiveTheDistanceAlone() {
    double expected = FrechetDistance.between(real, fake).value();
    ScoreSide reals = ScoreSide.of(GaussianStatistics.of(real));
    ScoreSide fakes = ScoreSide.of(GaussianStatistics.of(fake));
    for (ScoreSheet sheet :
        List.of(
            compare(reals, fakes),
            compare(reals, ScoreSide.of(fake)),
            compare(ScoreSide.of(real), fakes))) {
      assertThat(sheet.figures()).containsOnlyKeys("fid");
      assertThat(sheet.figures().get("fid")).isCloseTo(expected, withinPercentage(1e-6));
      assertThat(sheet.json().get("counts")).hasToString("{real=40, generated=30, dimensions=5}");
      assertThat(sheet.notes()).anyMatch(note -> note.startsWith("'kid' is left out: KID needs"));
    }
  }

  @Test
  void fewerImagesThanDimensionsAgainstStatistics() {
    Features few = SampleFeatures.slice(fake, 0, 4);
    double expected = FrechetDistance.between(real, few).value();
    ScoreSheet sheet = compare(ScoreSide.of(GaussianStatistics.of(real)), ScoreSide.of(few));
    assertThat(sheet.figures().get("fid")).isCloseTo(expected, withinPercentage(1e-6));
  }

  @Test
  void oneImageLeavesTheMetricsOfOneImage() {
    Features one = SampleFeatures.slice(fake, 0, 1);
    ScoreSheet against = compare(ScoreSide.of(real), ScoreSide.of(one));
    assertThat(against.figures()).containsOnlyKeys("kmmd", "memorised");
    assertThat(against.notes()).anyMatch(note -> note.startsWith("'fid' is left out: FID needs"));
    ScoreSheetBuilder none = new ScoreSheetBuilder(ScoreOptions.defaults());
    none.compare(ScoreSide.of(one), ScoreSide.of(one), FeatureProtocol.ofFiles());
    assertThatThrownBy(none::sheet)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("hold one image each");
    ScoreSheetBuilder required =
        new ScoreSheetBuilder(options(Set.of(Metric.FID), ScoreOptions.Subsets.ALL_SAMPLES, 0));
    assertThatThrownBy(
            () ->
                required.compare(ScoreSide.of(real), ScoreSide.of(one), FeatureProtocol.ofFiles()))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void subsetsOfKidAreMeanAndDeviation() {
    ScoreSheetBuilder scoring =
        new ScoreSheetBuilder(options(Set.of(Metric.KID), ScoreOptions.Subsets.of(20, 10), 0));
    scoring.compare(ScoreSide.of(real), ScoreSide.of(fake), FeatureProtocol.ofFiles());
    Kid.SubsetResult expected = Kid.subsets(real, fake, 20, 10, 5);
    assertThat(scoring.sheet().figures())
        .containsExactly(
            Map.entry("kid", expected.mean()), Map.entry("kid_std", expected.deviation()));
    ScoreSheetBuilder tooLarge =
        new ScoreSheetBuilder(options(Set.of(Metric.KID), ScoreOptions.Subsets.of(20, 31), 0));
    assertThatThrownBy(
            () ->
                tooLarge.compare(ScoreSide.of(real), ScoreSide.of(fake), FeatureProtocol.ofFiles()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("kidSubsetSize is 31");
  }

  @Test
  void intervalsStandBesideTheFigures() {
    ScoreSheetBuilder scoring =
        new ScoreSheetBuilder(options(Set.of(), ScoreOptions.Subsets.ALL_SAMPLES, 40));
    scoring.compare(ScoreSide.of(real), ScoreSide.of(fake), FeatureProtocol.ofFiles());
    Object intervals = scoring.sheet().json().get("intervals");
    assertThat(intervals)
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, List.class))
        .containsOnlyKeys(scoring.sheet().figures().keySet().toArray(String[]::new));
    assertThat(scoring.sheet().table()).contains("95 %");
    ScoreSheetBuilder statistics =
        new ScoreSheetBuilder(options(Set.of(Metric.FID), ScoreOptions.Subsets.ALL_SAMPLES, 40));
    assertThatThrownBy(
            () ->
                statistics.compare(
                    ScoreSide.of(GaussianStatistics.of(real)),
                    ScoreSide.of(fake),
                    FeatureProtocol.ofFiles()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("bootstrap needs the features of every image");
  }

  @Test
  void onlyPool3OfInceptionComparesWithPublishedFigures() {
    FeatureProtocol inception = new FeatureProtocol("words", Origin.OFFICIAL);
    assertThat(inception.limits(2048)).isEmpty();
    assertThat(inception.limits(768).orElseThrow()).contains("768", "not comparable");
    assertThat(new FeatureProtocol("words", Origin.UNPUBLISHED_WEIGHTS).limits(2048).orElseThrow())
        .contains("SHA-256", "not comparable");
    assertThat(new FeatureProtocol("words", Origin.OTHER_NETWORK).limits(2048).orElseThrow())
        .contains("not comparable");
    assertThat(FeatureProtocol.ofFiles().limits(2048).orElseThrow()).contains("only if");
    assertThat(FeatureProtocol.ofFiles().limits(256).orElseThrow()).contains("not comparable");
  }

  @Test
  void theInceptionScoreIsNamedAfterItsNetworkAlone() {
    Features probabilities =
        SampleFeatures.rows(new float[] {.75f, .25f}, new float[] {.25f, .75f});
    InceptionScore.Result result = InceptionScore.inOrder(probabilities, 1);
    ScoreSheetBuilder file =
        new ScoreSheetBuilder(options(Set.of(), ScoreOptions.Subsets.ALL_SAMPLES, 0));
    assertThat(file.classMetric("is", "of a file")).isEqualTo(Metric.IS);
    file.classes("is", result, Optional.empty(), "of a file", false);
    assertThat(file.sheet().figures()).containsOnlyKeys("is_mean", "is_std");
    assertThat(file.sheet().notes())
        .anyMatch(note -> note.contains("fewer than 1,000 per split"))
        .anyMatch(note -> note.contains("not the 1,008"));
    assertThat(file.sheet().comparable()).contains(false);
    ScoreSheetBuilder starter =
        new ScoreSheetBuilder(options(Set.of(), ScoreOptions.Subsets.ALL_SAMPLES, 0));
    assertThat(starter.classMetric("starter_class_score", "starter")).isEqualTo(Metric.CLASS_SCORE);
    starter.classes("starter_class_score", result, Optional.empty(), "starter", false);
    assertThat(starter.sheet().figures())
        .containsOnlyKeys("starter_class_score_mean", "starter_class_score_std");
    assertThat(starter.sheet().comparable()).isEmpty();
    ScoreSheetBuilder required =
        new ScoreSheetBuilder(options(Set.of(Metric.IS), ScoreOptions.Subsets.ALL_SAMPLES, 0));
    assertThatThrownBy(() -> required.classMetric("starter_class_score", "starter"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("metrics 'is' needs the class probabilities of the 2015")
        .hasMessageContaining("write metrics class-score for starter_class_score");
  }

  /** The one case that compares: pool_3 of the official network with its published weights. */
  @Test
  void theJsonAndTheHeadingSayWhatCompares() {
    Features wide = SampleFeatures.normal(2, 2048, 0, 1);
    for (Origin origin : Origin.values()) {
      ScoreSheetBuilder builder =
          new ScoreSheetBuilder(
              options(
                  Set.of(Metric.FID, Metric.KMMD, Metric.IS), ScoreOptions.Subsets.ALL_SAMPLES, 0));
      builder.compare(ScoreSide.of(wide), ScoreSide.of(wide), new FeatureProtocol("words", origin));
      boolean official = origin == Origin.OFFICIAL;
      assertThat(builder.sheet().json()).containsEntry("comparable", official);
      assertThat(builder.sheet().json().containsKey("not_comparable")).isNotEqualTo(official);
      assertThat(builder.sheet().table())
          .startsWith(official ? "Scores\n" : "Scores (fid: not comparable with published ones)\n");
      InceptionScore.Result known = new InceptionScore.Result(2, 0, 1, 2, 1008, "");
      builder.classes("is", known, Optional.empty(), "of a network", official);
      assertThat(builder.sheet().json()).containsEntry("comparable", official);
    }
  }

  private static ScoreSheet compare(ScoreSide real, ScoreSide generated) {
    ScoreSheetBuilder scoring = new ScoreSheetBuilder(ScoreOptions.defaults());
    scoring.compare(real, generated, FeatureProtocol.ofFiles());
    return scoring.sheet();
  }

  private static ScoreOptions options(Set<Metric> metrics, ScoreOptions.Subsets kid, int draws) {
    return ScoreOptions.defaults()
        .withMetrics(metrics)
        .withSplits(1)
        .withKid(kid)
        .withBootstrap(draws)
        .withSeed(5);
  }

  @Test
  void aDistanceOfFewPositionsHasANote() {
    ScoreSheetBuilder few = new ScoreSheetBuilder(ScoreOptions.defaults());
    FrechetDistance.Result small = new FrechetDistance.Result(3, 1, 2, 400, 100, "");
    FrechetDistance.Result large = new FrechetDistance.Result(5, 1, 4, 400, 400, "");
    few.singleImages("sifid", List.of(large, small), "a map");
    assertThat(few.sheet().figures()).containsExactly(Map.entry("sifid", 4.0));
    assertThat(few.sheet().notes()).hasSize(1);
    assertThat(few.sheet().notes().get(0))
        .startsWith("sifid: the covariance of 100 positions of the smallest image");
    ScoreSheetBuilder many = new ScoreSheetBuilder(ScoreOptions.defaults());
    many.singleImages("sifid", List.of(large), "a map");
    assertThat(many.sheet().notes()).isEmpty();
  }
}
