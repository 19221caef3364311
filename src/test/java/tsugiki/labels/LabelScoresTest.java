package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.gan.GanInput;
import tsugiki.gan.TrainingLabels;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.score.Diversity;
import tsugiki.score.GeneratorScores;
import tsugiki.score.MeanColour;

/** The diversity within classes, where a score takes some of the images. */
class LabelScoresTest {
  private static final int COUNT = 8;

  /** One class of greys that are hardly different, one of colours far apart, by turns. */
  private static final ImageSet IMAGES =
      MeanColour.images(
              32, 0x808080, 0xff0000, 0x818181, 0x00ff00, 0x828282, 0x0000ff, 0x838383, 0xffff00,
              0x848484, 0x00ffff, 0x858585, 0xff00ff)
          .withLabels(new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, List.of("greys", "colours"));

  /** Which of them a score takes. */
  private static final int[] CHOSEN = new Batches(IMAGES, COUNT, 0).indices(0);

  @TempDir private static Path model;

  @BeforeAll
  static void write() {
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(model);
  }

  @Test
  void realImagesCountForTheirOwnClasses() {
    TrainingLabels labels = TrainingLabels.of(IMAGES);
    int[] classes = Arrays.stream(CHOSEN).map(IMAGES::label).toArray();
    assertDiversity(new GanInput(IMAGES, labels, Optional.empty(), Optional.empty()), classes);
  }

  /** As a clustering names them; an image that no training has is of no class. */
  @Test
  void realImagesCountForTheClassesOfTheTrainingWhereThoseAreOthers() {
    ImageSet trained = IMAGES.select(IntStream.range(1, 12).toArray());
    int[] labels = Arrays.stream(trained.labels()).map(label -> 1 - label).toArray();
    int[] classes =
        Arrays.stream(CHOSEN)
            .map(i -> i == 0 ? TrainingLabels.UNKNOWN : 1 - IMAGES.label(i))
            .toArray();
    assertDiversity(
        new GanInput(
            trained,
            TrainingLabels.hard(labels, List.of("cluster 0", "cluster 1")),
            Optional.empty(),
            Optional.empty()),
        classes);
  }

  private static void assertDiversity(GanInput input, int[] classes) {
    GeneratorScores.Judges judges =
        new GeneratorScores.Judges(Map.of("", MeanColour.MEANS), Optional.empty());
    Map<String, Double> found;
    try (LabelScores scores =
        new LabelScores(
            new LabelJudges(Map.of("", judges)), IMAGES, COUNT, Sessions.Settings.cpu())) {
      found = scores.of(model, input);
    }
    long[] drawn = {0, 1, 0, 1, 0, 1, 0, 1};
    Features generated;
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      float[] z =
          LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, 0, 1, 2, 3, 4, 5, 6, 7);
      generated = MeanColour.MEANS.of(generator.images(z, drawn), IMAGES.imageLength());
    }
    Features real = MeanColour.MEANS.of(IMAGES.select(CHOSEN));
    for (int c = 0; c < 2; c++) {
      int number = c;
      double expected =
          Diversity.pairwise(
              real.select(IntStream.range(0, COUNT).filter(i -> classes[i] == number).toArray()),
              generated.select(
                  IntStream.range(0, COUNT).filter(i -> drawn[i] == number).toArray()));
      assertThat(found.get("class_diversity: " + input.labels().classNames().get(c)))
          .isCloseTo(expected, within(1e-3 * expected));
    }
  }
}
