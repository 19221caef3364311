package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.model.BigGanArchitecture;
import tsugiki.weights.MapArrays;

/** What {@code tools/published/s3gan_tfhub.py} wrote and computed, against the import of it. */
@Tag("slow")
class S3GanTest {
  private static final Path FILES = Path.of("src/test/resources/tsugiki/pretrained/s3gan-tfhub");
  private static final String AVERAGE = "/ExponentialMovingAverage";
  private static final MapArrays READ =
      ImportedRun.copy(
          CheckpointArrays.open(FILES.resolve("variables/variables")),
          name -> !name.endsWith("/update_accus")); // Whole numbers.

  private final ImportedRun run = new ImportedRun(FILES);
  @TempDir private Path folder;

  private static ImportedBigGan open(boolean discriminator) {
    return PublishedBigGans.open("⟨weights⟩", FILES, Optional.empty(), discriminator);
  }

  private static ImportedBigGan changed(boolean discriminator, Consumer<MapArrays> change) {
    MapArrays arrays = ImportedRun.copy(READ);
    change.accept(arrays);
    return of(discriminator, arrays);
  }

  private static ImportedBigGan of(boolean discriminator, MapArrays arrays) {
    return PublishedBigGans.of(
        ImportFormat.S3GAN_TFHUB, FILES, "", arrays, GraphConstants.NONE, !discriminator);
  }

  /** The module's images are in [0, 1]. */
  private float[] expectedImages() {
    float[] images = run.expected("images").clone();
    for (int i = 0; i < images.length; i++) {
      images[i] = 2 * images[i] - 1;
    }
    return images;
  }

  @Test
  void theImagesOfTheSavedModelAreTensorFlows() {
    ImportedBigGan model = open(false);
    assertThat(model.format()).isEqualTo(ImportFormat.S3GAN_TFHUB);
    model.write(List.of(), false, folder.resolve("model"));
    float[] images = run.served(folder.resolve("model"), "images_float");
    assertThat(ImportedRun.distance(images, expectedImages())).isLessThan(1e-4);
  }

  @Test
  void theDiscriminatorsOutputsAreTensorFlows() {
    open(true).write(List.of(), false, folder.resolve("model"));
    for (String output : List.of("score", "features")) {
      float[] expected = run.expected(output);
      float[] served = run.served(folder.resolve("model"), output);
      assertThat(ImportedRun.distance(served, expected)).as(output).isLessThan(1e-4);
    }
  }

  /** Of the shape with the paper's network, no difference of which may be forgotten. */
  @Test
  void thePapersNetworksAreOthers() {
    ImportedBigGan generator = open(false);
    ImportedBigGan plain = with(generator, paper(generator.architecture()));
    assertThat(ImportedRun.distance(run.images(plain), expectedImages())).isGreaterThan(1e-2);
    ImportedBigGan epsilon =
        with(
            generator,
            BigGanShapes.generator(List.of(16, 16, 8, 4), 16, 3, 6, 5, 1e-3f).ofCompareGan());
    assertThat(ImportedRun.distance(run.images(epsilon), expectedImages())).isGreaterThan(1e-3);
  }

  private static BigGanArchitecture paper(Object architecture) {
    BigGanArchitecture shape = (BigGanArchitecture) architecture;
    return BigGanShapes.generator(
        List.of(16, 16, 8, 4),
        shape.attention(),
        shape.chunk(),
        shape.embedding(),
        shape.classes(),
        shape.epsilon());
  }

  private static ImportedBigGan with(ImportedBigGan model, BigGanArchitecture architecture) {
    return new ImportedBigGan(
        model.format(), model.source(), "", architecture, model.generator(), model.values());
  }

  /** Each of these would be a mistake in reading the generator, and each would show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain weights",
        "class before z",
        "transposed",
        "counter",
        "norms",
        "gain",
        "other vector"
      })
  void aMistakeInReadingTheGeneratorShows(String mistake) {
    ImportedBigGan wrong = changed(false, arrays -> mistake(arrays, mistake));
    assertThat(ImportedRun.distance(run.images(wrong), expectedImages())).isGreaterThan(1e-3);
  }

  private static void mistake(MapArrays arrays, String mistake) {
    String block = "generator/B2/";
    switch (mistake) {
      case "plain weights" -> {
        String bias = block + "up_conv1/bias";
        set(arrays, bias + AVERAGE, arrays.values(bias));
      }
      case "class before z" -> {
        String gain = "generator/B1/bn1/condition/gamma/kernel" + AVERAGE;
        set(arrays, gain, Arrangement.lastRowsFirst(arrays.values(gain), 9, 3));
      }
      case "transposed" -> {
        String kernel = "generator/B1/up_conv_shortcut/kernel" + AVERAGE;
        set(arrays, kernel, Arrangement.transposed(arrays.values(kernel), 16));
      }
      case "counter" -> set(arrays, block + "bn1/accu/accu_counter", new float[] {38});
      case "norms" -> {
        String variance = "generator/B1/%s/accu/accu_variance";
        set(arrays, variance.formatted("bn1"), arrays.values(variance.formatted("bn2")));
      }
      case "gain" -> {
        String condition = "generator/B1/bn2/condition/%s/kernel" + AVERAGE;
        set(arrays, condition.formatted("gamma"), arrays.values(condition.formatted("beta")));
      }
      default -> {
        // As long as its kernel has rows, which are fewer than its columns.
        String vector = "generator/fc_noise/kernel/u_var";
        assertThat(arrays.shape(vector)).containsExactly(3, 1);
        set(arrays, vector, new float[] {1, 0, 0});
      }
    }
  }

  /** And each of these of the discriminator. */
  @ParameterizedTest
  @ValueSource(strings = {"transposed", "embedding", "score", "blocks"})
  void aMistakeInReadingTheDiscriminatorShows(String mistake) {
    ImportedBigGan right = open(true);
    ImportedBigGan wrong =
        changed(
            true,
            arrays -> {
              switch (mistake) {
                case "transposed" -> {
                  String kernel = "discriminator/B3/same_conv1/kernel";
                  set(arrays, kernel, Arrangement.transposed(arrays.values(kernel), 9 * 16));
                }
                case "embedding" ->
                    set(
                        arrays,
                        "discriminator_projection/kernel/u_var",
                        new float[] {1, 0, 0, 0, 0});
                case "score" -> set(arrays, "discriminator/final_fc/bias", new float[] {0});
                default -> {
                  String bias = "discriminator/B4/same_conv%d/bias";
                  set(arrays, bias.formatted(1), arrays.values(bias.formatted(2)));
                }
              }
            });
    right.write(List.of(), false, folder.resolve("right"));
    wrong.write(List.of(), false, folder.resolve("wrong"));
    assertThat(
            ImportedRun.distance(
                run.served(folder.resolve("wrong"), "score"),
                run.served(folder.resolve("right"), "score")))
        .isGreaterThan(1e-3);
  }

  private static void set(MapArrays arrays, String name, float[] values) {
    arrays.put(name, values, arrays.shape(name));
  }

  /** A length below 10⁻⁶ is divided by that, on either side of a kernel. */
  @Test
  void theEpsilonOfTheSpectralNormShows() {
    String theta = "generator/non_local_block/conv2d_theta/kernel";
    float[] kernel = READ.values(theta + AVERAGE);
    float[] u = READ.values(theta + "/u_var");
    float bounded = SpectralFold.ofColumns(kernel, u, 1e-6f)[0];
    assertThat(open(false).values().get("generator/attention/theta/kernel")[0]).isEqualTo(bounded);
    assertThat(bounded / SpectralFold.ofColumns(kernel, u, 1e-12f)[0]).isGreaterThan(2);
  }

  @Test
  void aDiscriminatorMayHaveNoClassesAndHeadsThatAreNotServed() {
    ImportedBigGan model =
        changed(
            true,
            arrays -> {
              arrays.remove("discriminator_projection/kernel");
              arrays.remove("discriminator_projection/kernel/u_var");
              arrays.put("discriminator_rotation/score_classify/kernel", new float[64], 16, 4);
            });
    assertThat(model.architecture().classes()).isEqualTo(1);
    assertThat(model.values()).doesNotContainKey("discriminator/head/embedding/table");
  }

  /** Every name and shape of the published modules of 128 pixels is expected, and all are read. */
  @Test
  void thePublishedNamesAndShapesAreExpected() {
    PublishedShapes whole = PublishedShapes.s3Gan(96);
    assertThat(whole.trained("generator/")).isEqualTo(70_433_988);
    assertThat(whole.trained("discriminator")).isEqualTo(87_982_370);
    for (boolean discriminator : List.of(false, true)) {
      PublishedShapes file = PublishedShapes.s3Gan(8);
      ImportedBigGan model =
          PublishedBigGans.of(
              ImportFormat.S3GAN_TFHUB,
              Path.of("file"),
              "",
              file,
              GraphConstants.NONE,
              !discriminator);
      assertThat(model.architecture().size()).isEqualTo(128);
      assertThat(model.architecture().attention()).isEqualTo(64);
      assertThat(file.unread())
          .allMatch(
              name ->
                  name.startsWith("discriminator") != discriminator
                      || name.endsWith("/update_accus")
                      || file.names().contains(name + AVERAGE));
    }
  }

  @Test
  void whatIsMissingTooMuchOrMisshapedIsNamed() {
    refused(
        false,
        arrays -> arrays.remove("generator/B3/up_conv1/bias" + AVERAGE),
        "lacks generator/B3/up_conv1/bias/ExponentialMovingAverage");
    refused(
        false,
        arrays -> arrays.put("generator/B4/up_conv1/bias", new float[4], 4),
        "holds generator/B4/up_conv1/bias, which");
    refused(
        false,
        arrays -> arrays.put("generator/final_conv/kernel/u_var", new float[4], 1, 4),
        "generator/final_conv/kernel/u_var in the shape [1, 4]");
    refused(
        false,
        arrays -> arrays.put("generator/B1/bn1/accu/accu_counter", new float[] {1e-12f}),
        "has the statistics of 1.0E-12 batches in generator/B1/bn1");
    refused(
        true,
        arrays -> arrays.put("discriminator/B2/same_conv_shortcut/bias", new float[16], 16),
        "holds discriminator/B2/same_conv_shortcut/bias, which");
    assertThatThrownBy(
            () ->
                PublishedBigGans.open(
                    "⟨weights⟩", FILES.resolveSibling("biggan-tfhub"), Optional.empty(), true))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("holds a generator alone");
  }

  private static void refused(boolean discriminator, Consumer<MapArrays> change, String words) {
    assertThatThrownBy(() -> changed(discriminator, change))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(words);
  }
}
