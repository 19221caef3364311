package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.features.Features;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SolidColours;
import tsugiki.score.Diversity;
import tsugiki.score.Kid;
import tsugiki.score.Kmmd;
import tsugiki.score.MeanColour;
import tsugiki.score.Memorisation;
import tsugiki.study.StudyReport;

/** Which images a study sets aside for its choice of rates, trains on, and judges by. */
class StudyDomainsTest {
  private static final long SEED = 7;

  @TempDir private Path folder;

  private StudyDomain domain(String name, int count) throws IOException {
    Path images = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < count; i++) {
      Files.write(images.resolve(i + ".png"), TestImages.png(16, 16, i));
    }
    return StudyDomain.open(images, 16, TinyRootstock.options(GraftMethod.POINT_WISE, 4));
  }

  private static List<String> names(StudyDomain domain) {
    return domain.training(domain.count(), 0).names();
  }

  @Test
  void theFirstDomainThatSparesThemLosesFourTimesTheTrainingImages() throws IOException {
    StudyDomain few = domain("few", 10);
    StudyDomain many = domain("many", 20);
    // Of 10 images 8 would go, and no 3 were left; of 20 there are 12, which is 10 and 2.
    StudyDomains found = StudyDomains.apart(List.of(few, many), List.of(2, 3, 10), SEED);
    assertThat(found.reported()).first().isSameAs(few);
    StudyDomain left = found.reported().get(1);
    StudyDomain aside = found.aside().orElseThrow();
    assertThat(aside.count()).isEqualTo(8);
    assertThat(left.count()).isEqualTo(12);
    assertThat(left.path()).isEqualTo(many.path());
    TreeSet<String> both = new TreeSet<>(names(left));
    both.addAll(names(aside));
    assertThat(both).as("no image is in both").hasSize(20).containsAll(names(many));
    assertThat(names(aside)).isNotEqualTo(names(many).subList(0, 8));
    assertThat(found.all()).containsExactly(few, left, aside);
  }

  @Test
  void noneIsSetAsideWhereTheReportWouldLoseANumberOrItsHeldOutImages() throws IOException {
    StudyDomain domain = domain("images", 20);
    for (List<Integer> counts : List.of(List.of(2, 13), List.of(2, 11), List.of(5, 6))) {
      StudyDomains found = StudyDomains.apart(List.of(domain), counts, SEED);
      assertThat(found.aside()).as(counts.toString()).isEmpty();
      assertThat(found.reported()).containsExactly(domain);
    }
    // 21 are more than there are, and left out of the report anyway.
    assertThat(
            Stream.of(List.of(2, 10), List.of(2, 21))
                .map(counts -> StudyDomains.apart(List.of(domain), counts, SEED).aside()))
        .allMatch(aside -> aside.isPresent());
  }

  @Test
  void theTableOfRatesSaysWhoHasTheImagesAndWhereABetterRateMayLie() throws IOException {
    StudyDomain domain = domain("images", 8);
    RateChoice choice = new RateChoice(List.of(1f, 2f));
    choice.add("point-wise:8", 1, Optional.of(0.5));
    assertThat(new GraftRates(choice, SEED, domain, 2, false).table().text())
        .isEqualTo("One rate was given, and is taken as it is.");
    choice.add("point-wise:8", 2, Optional.of(0.25));
    StudyReport.Section shared = new GraftRates(choice, SEED, domain, 2, false).table();
    assertThat(shared.rows())
        .containsExactly(List.of("point-wise:8", "2.0", "1.0: 0.5000, 2.0: 0.2500", "yes"));
    assertThat(shared.text())
        .contains("on seed 7, which no other table has, with 2 training images of images.")
        .contains("No domain has 8 images to spare, so that the reported grafts have images")
        .endsWith(
            "The best rate of point-wise:8 lies at an end of the grid, so that a better one may lie beyond.");
    assertThat(new GraftRates(choice, SEED, domain, 2, true).table().text())
        .contains("These and the 6 that judge them are set aside");
  }

  @Test
  void scoresOfHeldOutImagesAreThoseOfAllButTheTrainingImages() throws IOException {
    StudyDomain domain = domain("images", 6);
    Path model = SolidColours.write(folder.resolve("model"), 16);
    ImageSet training = domain.training(2, SEED);
    ImageSet all = domain.training(domain.count(), 0);
    int[] others =
        IntStream.range(0, all.count())
            .filter(i -> !training.names().contains(all.names().get(i)))
            .toArray();
    assertThat(others).hasSize(4);
    Features ofTraining = MeanColour.MEANS.of(training);
    Features ofOthers = MeanColour.MEANS.of(all.select(others));
    Features samples;
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      float[] z = LatentDraws.normal(generator.latent(), 1, 0, 1, 2, 3, 4);
      samples = MeanColour.MEANS.of(generator.images(z, new long[0]), all.imageLength());
    }

    GraftStudyOptions options =
        GraftStudyOptions.defaults(TinyRootstock.options(GraftMethod.POINT_WISE, 4))
            .withScoreImages(5);
    try (GraftTrialScores scores =
        new GraftTrialScores(options, Map.of("", MeanColour.MEANS), List.of(domain))) {
      Map<String, Double> found = scores.of(model, domain, 2, SEED, List.of(1f));
      assertKmmd(found.get("held_out_kmmd@1.0"), ofOthers, samples);
      assertKmmd(found.get("kmmd@1.0"), ofTraining, samples);
      assertKid(found.get("held_out_kid@1.0"), ofOthers, samples);
      assertKid(found.get("kid@1.0"), ofTraining, samples);
      assertThat(found.get("pairwise@1.0"))
          .isCloseTo(Diversity.pairwise(ofTraining, samples), withinPercentage(0.01));
      assertThat(found.get("distance@1.0"))
          .isCloseTo(Memorisation.distance(ofTraining, samples), withinPercentage(0.01));
      assertThat(found.get("memorised@1.0"))
          .isEqualTo(Memorisation.of(ofTraining, samples).share());
      Map<String, Double> floor = scores.ofHeldOut(domain, 2, SEED);
      assertThat(floor.get("held_out_kmmd")).isCloseTo(Kmmd.ofEqual(ofOthers, 5), within(1e-5));
      assertThat(floor.get("kmmd")).isCloseTo(Kmmd.ofEqual(ofTraining, 5), within(1e-5));
      assertThat(floor.get("kid"))
          .isCloseTo(Kid.allSamples(ofTraining, ofOthers).value(), within(1e-5));
    }
  }

  private static void assertKid(double found, Features real, Features others) {
    assertThat(found).isCloseTo(Kid.allSamples(real, others).value(), within(1e-5));
  }

  private static void assertKmmd(double found, Features real, Features others) {
    assertThat(found).isCloseTo(Kmmd.of(real, others).value(), within(1e-5));
  }
}
