package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.weights.MapArrays;

/** What {@code tools/published/biggan_tfhub.py} wrote and computed, against the import of it. */
class HubBigGanTest {
  private static final Path FILES = Path.of("src/test/resources/tsugiki/pretrained/biggan-tfhub");
  private static final String AVERAGE = "/ema_b999900";

  private static final MapArrays READ =
      ImportedRun.copy(CheckpointArrays.open(FILES.resolve("variables/variables")));

  private final ImportedRun run = new ImportedRun(FILES);
  @TempDir private Path folder;

  private static ImportedBigGan open(Path path) {
    return PublishedBigGans.open("⟨weights⟩", path, Optional.empty());
  }

  private static ImportedBigGan changed(Consumer<MapArrays> change) {
    MapArrays arrays = ImportedRun.copy(READ);
    change.accept(arrays);
    return PublishedBigGans.of(ImportFormat.BIGGAN_TFHUB, FILES, "", arrays);
  }

  @Test
  void theImagesOfTheSavedModelAreTensorFlows() {
    open(FILES).write(List.of(), false, folder.resolve("model"));
    float[] images = run.served(folder.resolve("model"), "images_float");
    assertThat(ImportedRun.distance(images, run.expected("images"))).isLessThan(1e-4);
  }

  @Test
  void aCheckpointsPrefixAndItsIndexDoAsWell() {
    assertThat(open(FILES.resolve("variables/variables.index")).sha256())
        .isEqualTo(open(FILES.resolve("variables/variables")).sha256());
  }

  @Test
  void namesBelowAModuleAndWithoutAveragesAreRead() {
    ImportedBigGan other = changed(arrays -> ImportedRun.moveBelowAModule(arrays, AVERAGE));
    assertThat(ImportedRun.distance(run.images(other), run.expected("images"))).isLessThan(1e-4);
  }

  /** Each of these would be a mistake in reading the checkpoint, and each would show. */
  @ParameterizedTest
  @ValueSource(strings = {"plain weights", "class before z", "first map", "counter", "norms", "u1"})
  void aMistakeInReadingShows(String mistake) {
    ImportedBigGan wrong = changed(arrays -> mistake(arrays, mistake));
    assertThat(ImportedRun.distance(run.images(wrong), run.expected("images"))).isGreaterThan(1e-3);
  }

  private static void mistake(MapArrays arrays, String mistake) {
    switch (mistake) {
      case "plain weights" -> {
        String bias = "Generator/GBlock_1/conv0/b";
        set(arrays, bias + AVERAGE, arrays.values(bias));
      }
      case "class before z" -> {
        String gain = "Generator/GBlock/HyperBN/gamma/w" + AVERAGE;
        set(arrays, gain, Arrangement.lastRowsFirst(arrays.values(gain), 9, 3));
      }
      case "first map" -> {
        String bias = "Generator/G_Z/G_linear/b" + AVERAGE;
        set(arrays, bias, Arrangement.transposed(arrays.values(bias), 16));
      }
      case "counter" -> {
        String mean = "Generator/GBlock_1/CrossReplicaBN/accumulated_mean";
        float[] values = arrays.values(mean).clone();
        for (int i = 0; i < values.length; i++) {
          values[i] /= 37;
        }
        set(arrays, mean, values);
      }
      case "norms" -> {
        String norm = "Generator/GBlock/CrossReplicaBN";
        set(arrays, norm + "/accumulated_var", arrays.values(norm + "_1/accumulated_var"));
      }
      default -> {
        String u = "Generator/GBlock_1/conv1/u";
        float[] other = arrays.values(u + "1");
        set(arrays, u + "0", Arrays.copyOf(other, 8));
      }
    }
  }

  private static void set(MapArrays arrays, String name, float[] values) {
    arrays.put(name, values, arrays.shape(name));
  }

  @Test
  void theOtherFormatsEpsilonsShow() {
    ImportedBigGan right = open(FILES);
    ImportedBigGan wrong =
        new ImportedBigGan(
            right.format(),
            right.source(),
            "",
            BigGanShapes.generator(List.of(16, 16, 8, 4), 16, 3, 6, 5, 1e-5f),
            true,
            right.values());
    assertThat(ImportedRun.distance(run.images(wrong), run.expected("images"))).isGreaterThan(1e-3);
    MapArrays arrays = READ;
    float[] theta = arrays.values("Generator/attention/theta/w" + AVERAGE);
    float[] u = arrays.values("Generator/attention/theta/u0");
    assertThat(
            SpectralFold.ofColumns(theta, u, 1e-4f)[0] / SpectralFold.ofColumns(theta, u, 1e-6f)[0])
        .isBetween(1.5f, 20f);
  }

  /** Every name and shape of the published module of 128 pixels is expected, and all are read. */
  @Test
  void thePublishedNamesAndShapesAreExpected() {
    assertThat(PublishedShapes.hubGenerator("", 96).trained()).isEqualTo(70_433_988);
    for (String prefix : List.of("", "module/")) {
      PublishedShapes file = PublishedShapes.hubGenerator(prefix, 8);
      ImportedBigGan model =
          PublishedBigGans.of(ImportFormat.BIGGAN_TFHUB, Path.of("file"), "", file);
      assertThat(model.architecture().size()).isEqualTo(128);
      assertThat(model.architecture().attention()).isEqualTo(64);
      assertThat(file.unread())
          .allMatch(
              name ->
                  name.matches(".*/(u1|accumulation_counter)")
                      || file.names().contains(name + AVERAGE));
    }
  }

  @Test
  void whatIsMissingTooMuchOrMisshapedIsNamed() {
    refused(
        arrays -> arrays.remove("Generator/GBlock_2/conv0/b" + AVERAGE),
        "lacks Generator/GBlock_2/conv0/b/ema_b999900");
    refused(
        arrays -> arrays.put("Generator/GBlock_3/conv0/b", new float[4], 4),
        "holds Generator/GBlock_3/conv0/b, which");
    refused(
        arrays -> arrays.put("Generator/conv_2d/u0", new float[4], 1, 4),
        "Generator/conv_2d/u0 in the shape [1, 4]");
  }

  private static void refused(Consumer<MapArrays> change, String words) {
    assertThatThrownBy(() -> changed(change))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(words);
  }
}
