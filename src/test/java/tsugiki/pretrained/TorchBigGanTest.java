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
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.weights.MapArrays;
import tsugiki.weights.WeightFiles;

/** What {@code tools/published/biggan_pytorch.py} wrote and computed, against the import of it. */
class TorchBigGanTest {
  private static final Path FILES = Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch");

  private final ImportedRun run = new ImportedRun(FILES);
  @TempDir private Path folder;

  private static ImportedBigGan open(String file) {
    return PublishedBigGans.open("⟨weights⟩", FILES.resolve(file), Optional.empty());
  }

  private static ImportedBigGan changed(String file, Consumer<MapArrays> change) {
    MapArrays arrays = ImportedRun.copy(WeightFiles.open("", FILES.resolve(file)));
    change.accept(arrays);
    return PublishedBigGans.of(ImportFormat.BIGGAN_PYTORCH, FILES.resolve(file), "", arrays);
  }

  private static void set(MapArrays arrays, String name, float[] values) {
    arrays.put(name, values, arrays.shape(name));
  }

  @Test
  void theImagesOfTheSavedModelArePyTorchs() {
    open("G_ema.pth").write(List.of("a", "b", "c", "d", "e"), false, folder.resolve("model"));
    float[] images = run.served(folder.resolve("model"), "images_float");
    assertThat(ImportedRun.distance(images, run.expected("images"))).isLessThan(1e-4);
    assertThat(StoredGenerator.open(folder.resolve("model")).architecture().attention())
        .isEqualTo(16);
  }

  @Test
  void halfOfTheBytesGiveNearlyTheSameImages() {
    open("G_ema.pth").write(List.of(), true, folder.resolve("model"));
    float[] images = run.served(folder.resolve("model"), "images_float");
    assertThat(ImportedRun.distance(images, run.expected("images"))).isBetween(1e-5, 0.05);
  }

  @Test
  void theScoresOfTheDiscriminatorArePyTorchs() {
    open("D.pth").write(List.of(), false, folder.resolve("model"));
    for (String output : List.of("score", "features")) {
      float[] expected = run.expected(output);
      assertThat(ImportedRun.distance(run.served(folder.resolve("model"), output), expected))
          .as(output)
          .isLessThan(1e-4 * ImportedRun.distance(expected, new float[expected.length]));
    }
  }

  /** Each of these would be a mistake in reading the file, and each would show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel's axes",
        "kernel's inputs",
        "class before z",
        "first map",
        "first bias",
        "mean",
        "variance",
        "blocks",
        "norms",
        "gain and bias",
        "attention",
        "singular vector",
        "class"
      })
  void aMistakeInReadingShows(String mistake) {
    ImportedBigGan wrong = changed("G_ema.pth", arrays -> mistake(arrays, mistake));
    assertThat(ImportedRun.distance(run.images(wrong), run.expected("images"))).isGreaterThan(1e-3);
  }

  private static void mistake(MapArrays arrays, String mistake) {
    switch (mistake) {
      case "kernel's axes" -> // [out, in, y, x] as [out, in, x, y].
          places(arrays, "blocks.1.0.conv1.weight");
      case "kernel's inputs" -> // [out, in, …] as [in, out, …].
          set(
              arrays,
              "blocks.1.0.conv2.weight",
              swapped(arrays.values("blocks.1.0.conv2.weight"), 8, 8, 9));
      case "class before z" -> {
        for (String part : List.of("gain", "bias")) {
          String name = "blocks.0.0.bn1." + part + ".weight";
          float[] turned = Arrangement.transposed(arrays.values(name), 16);
          turned = Arrangement.lastRowsFirst(turned, 9, 6);
          set(arrays, name, Arrangement.transposed(turned, 9));
        }
      }
      case "first map" -> // [channels, 16, chunk] as [16, channels, chunk].
          set(arrays, "linear.weight", swapped(arrays.values("linear.weight"), 16, 16, 3));
      case "first bias" ->
          set(arrays, "linear.bias", Arrangement.transposed(arrays.values("linear.bias"), 16));
      case "mean" -> set(arrays, "blocks.2.0.bn2.stored_mean", new float[4]);
      case "variance" -> // As a deviation.
          set(
              arrays,
              "output_layer.0.stored_var",
              squared(arrays.values("output_layer.0.stored_var")));
      case "blocks" -> exchange(arrays, "blocks.1.0.conv1.bias", "blocks.1.0.conv2.bias");
      case "norms" -> exchange(arrays, "blocks.1.0.bn1.stored_mean", "blocks.1.0.bn2.stored_mean");
      case "gain and bias" ->
          exchange(arrays, "blocks.1.0.bn1.gain.weight", "blocks.1.0.bn1.bias.weight");
      case "attention" -> exchange(arrays, "blocks.1.1.theta.weight", "blocks.1.1.phi.weight");
      case "singular vector" -> exchange(arrays, "blocks.1.0.conv1.u0", "blocks.1.0.conv2.u0");
      default -> {
        float[] table = arrays.values("shared.weight");
        set(arrays, "shared.weight", Arrangement.lastRowsFirst(table, 5, 1));
      }
    }
  }

  private static void exchange(MapArrays arrays, String one, String other) {
    float[] first = arrays.values(one);
    set(arrays, one, arrays.values(other));
    set(arrays, other, first);
  }

  private static void places(MapArrays arrays, String kernel) {
    float[] values = arrays.values(kernel).clone();
    for (int at = 0; at < values.length; at += 9) {
      float[] turned = Arrangement.transposed(Arrays.copyOfRange(values, at, at + 9), 3);
      System.arraycopy(turned, 0, values, at, 9);
    }
    set(arrays, kernel, values);
  }

  /** [a, b, rest] to [b, a, rest]. */
  private static float[] swapped(float[] values, int a, int b, int rest) {
    float[] turned = new float[values.length];
    for (int i = 0; i < a; i++) {
      for (int j = 0; j < b; j++) {
        System.arraycopy(values, (i * b + j) * rest, turned, (j * a + i) * rest, rest);
      }
    }
    return turned;
  }

  private static float[] squared(float[] values) {
    float[] squares = new float[values.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = values[i] * values[i];
    }
    return squares;
  }

  @Test
  void theOtherFormatsEpsilonShows() {
    ImportedBigGan right = open("G_ema.pth");
    ImportedBigGan wrong =
        new ImportedBigGan(
            right.format(),
            right.source(),
            "",
            BigGanShapes.generator(
                List.of(16, 8, 8, 4), 16, 3, 6, 5, ImportFormat.BIGGAN_TFHUB.normEpsilon()),
            true,
            right.values());
    assertThat(ImportedRun.distance(run.images(wrong), run.expected("images"))).isGreaterThan(1e-3);
  }

  @Test
  void theSpectralNormsEpsilonShows() {
    float[] theta =
        WeightFiles.open("", FILES.resolve("G_ema.pth")).values("blocks.1.1.theta.weight");
    float[] u = WeightFiles.open("", FILES.resolve("G_ema.pth")).values("blocks.1.1.theta.u0");
    float right = SpectralFold.ofRows(theta, u, 1e-6f)[0];
    float wrong = SpectralFold.ofRows(theta, u, 1e-8f)[0];
    assertThat(right / wrong).isBetween(1.5f, 5f);
  }

  @Test
  void whatIsMissingTooMuchOrMisshapedIsNamed() {
    refused(
        arrays -> arrays.remove("blocks.2.0.bn1.stored_var"), "lacks blocks.2.0.bn1.stored_var");
    refused(arrays -> arrays.remove("output_layer.2.u0"), "lacks output_layer.2.u0");
    refused(arrays -> arrays.put("optimiser.step", new float[1], 1), "holds optimiser.step, which");
    refused(
        arrays -> arrays.put("blocks.0.0.conv1.weight", new float[16 * 8], 16, 8, 1, 1),
        "holds blocks.0.0.conv1.weight in the shape [16, 8, 1, 1] where");
    refused(arrays -> set(arrays, "linear.bias", new float[] {Float.NaN}), "linear.bias");
    refused(
        arrays -> arrays.put("linear.weight", new float[256], 256), "linear.weight in the shape");
  }

  private static void refused(Consumer<MapArrays> change, String words) {
    assertThatThrownBy(() -> changed("G_ema.pth", change))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("G_ema.pth")
        .hasMessageContaining(words);
  }

  @Test
  void anotherFormatThanTheFilesIsRefused() {
    assertThatThrownBy(
            () ->
                PublishedBigGans.open(
                    "⟨weights⟩", FILES.resolve("D.pth"), Optional.of(ImportFormat.BIGGAN_TFHUB)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has the names of biggan-pytorch, and format is biggan-tfhub");
    assertThatThrownBy(() -> open("golden.npz"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds no published BigGAN");
  }

  /** Every name and shape of the published files of 128 pixels is expected, and all are read. */
  @Test
  void thePublishedNamesAndShapesAreExpected() {
    assertThat(PublishedShapes.torchGenerator(96).trained()).isEqualTo(70_433_988);
    assertThat(PublishedShapes.torchDiscriminator(96).trained()).isEqualTo(87_982_370);
    for (PublishedShapes file :
        List.of(PublishedShapes.torchGenerator(8), PublishedShapes.torchDiscriminator(8))) {
      ImportedBigGan model =
          PublishedBigGans.of(ImportFormat.BIGGAN_PYTORCH, Path.of("file"), "", file);
      assertThat(model.architecture().size()).isEqualTo(128);
      assertThat(model.architecture().attention()).isEqualTo(64);
      assertThat(file.unread()).allMatch(name -> name.endsWith(".sv0"));
    }
  }
}
