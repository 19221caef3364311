package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.TinyGenerator;

class GeneratorScoresTest {
  @Test
  void aGeneratorIsScoredByImagesOfLatentVectorsWithoutTruncation(@TempDir Path model) {
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(model);
    long[] labels = {2, 0, 1};
    byte[] expected;
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, 0, 1, 2);
      expected = generator.images(z, labels);
    }
    GeneratorScores.Judges judges =
        new GeneratorScores.Judges(Map.of("", MeanColour.MEANS), Optional.empty());
    try (GeneratorScores scores =
        new GeneratorScores(
            judges,
            MeanColour.images(32, 0xf0e0d0, 0xc0f0a0, 0xa0b0f0),
            3,
            Sessions.Settings.cpu())) {
      assertThat(scores.drawn(model, labels)).isEqualTo(expected);
    }
  }
}
