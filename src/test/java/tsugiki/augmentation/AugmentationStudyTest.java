package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.Execution;

/** What the variants of a study train on. */
class AugmentationStudyTest {
  @TempDir private Path folder;

  @Test
  void generatedImagesAreOfTheGeneratorOfTheSameSeedWithoutAugmentation() {
    Path study = folder.resolve("study");
    Path model = study.resolve("none-3/model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    AugmentationStudy trainings = study();
    ImageSet enlarged = trainings.enlarged(study, "generated", 3);

    byte[] drawn;
    try (LoadedGenerator generator = LoadedGenerator.open(model, Sessions.Settings.cpu())) {
      float[] z = LatentDraws.normal(generator.latent(), LatentDraws.UNTRUNCATED, 3, 4);
      drawn = generator.images(z, new long[2]);
    }
    assertThat(enlarged.count()).isEqualTo(4 + 2);
    byte[] added = enlarged.select(new int[] {4, 5}).pixels();
    assertThat(added).isEqualTo(drawn);
    int half = added.length / 2;
    assertThat(Arrays.copyOf(added, half)).isNotEqualTo(Arrays.copyOfRange(drawn, half, 2 * half));

    // The generator of another seed lies in another folder, and there is none.
    assertThatThrownBy(() -> trainings.enlarged(study, "generated", 4))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(study.resolve("none-4").toString());
  }

  @Test
  void aDamagedTableOfAnotherStudyIsOneSentence() throws IOException {
    Files.writeString(folder.resolve("study.csv"), "variant,seed,fid\n\"none\"x,0,1\n");
    assertThatThrownBy(() -> VariantMeans.read(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("study.csv cannot be read (")
        .hasMessageNotContaining("java.")
        .hasMessageEndingWith("name the folder of a finished study augmentation");
  }

  private AugmentationStudy study() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    GanRunOptions gan =
        GanRunOptions.defaults(data, Execution.here(Device.CPU))
            .withNetwork(BigGanOptions.defaults(32));
    return new AugmentationStudy(
        AugmentationStudyOptions.defaults(gan).withImages(4).withCopies(2), log -> {});
  }
}
