package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;
import tsugiki.model.BigGanDeepArchitecture;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.GeneratorCopy;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.weights.MapArrays;
import tsugiki.weights.NamedArrays;

/** The module that {@code tools/published/biggan_deep_tfhub.py} wrote and drew with, imported. */
@Tag("slow")
class HubDeepBigGanTest {
  private static final Path FILES =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-deep-tfhub");
  private static final Path ARCHIVE = FILES.resolve("module.tar.gz");
  private static final String AVERAGE = "/ema_0.9999";
  private static final int PIXELS = 16 * 16 * 3;
  private static final double LEVEL = 0.6;

  @TempDir private static Path module;
  private static MapArrays variables;
  private static MapArrays constants;

  private final ImportedRun run = new ImportedRun(FILES);
  @TempDir private Path folder;

  @BeforeAll
  static void read() {
    ModuleArchive.unpack(ARCHIVE, module);
    variables = ImportedRun.copy(CheckpointArrays.open(module.resolve("variables/variables")));
    GraphConstants graph = GraphConstants.read(module);
    constants = new MapArrays();
    for (int site = 0; site <= 16; site++) {
      for (String name : List.of("stack_" + (5 * site + 1), "stack_" + (5 * site + 3))) {
        constants.put(name, graph.values(name), graph.shape(name));
      }
    }
  }

  private static ImportedBigGan open(Path path) {
    return PublishedBigGans.open("⟨weights⟩", path, Optional.empty());
  }

  private static ImportedBigGan of(NamedArrays arrays, NamedArrays statistics) {
    return PublishedBigGans.of(ImportFormat.BIGGAN_DEEP_TFHUB, module, "", arrays, statistics);
  }

  private static ImportedBigGan changed(Consumer<MapArrays> change) {
    MapArrays arrays = ImportedRun.copy(variables);
    change.accept(arrays);
    return of(arrays, constants);
  }

  private static ImportedBigGan changedStatistics(Consumer<MapArrays> change) {
    MapArrays statistics = ImportedRun.copy(constants);
    change.accept(statistics);
    return of(variables, statistics);
  }

  private double distance(ImportedBigGan model) {
    return ImportedRun.distance(run.images(model), run.expected("images"));
  }

  @Test
  void theImagesOfTheSavedModelAreTheModules() {
    ImportedBigGan model = open(ARCHIVE);
    model.write(List.of(), false, folder.resolve("model"));
    float[] images = run.served(folder.resolve("model"), "images_float");
    assertThat(ImportedRun.distance(images, run.expected("images"))).isLessThan(1e-4);
    assertThat(model.architecture())
        .isEqualTo(new BigGanDeepArchitecture(16, 16, List.of(2, 2, 1), 5, 3, 5, 8, 1e-4f, 6));
  }

  /** It is unpacked to a folder that is gone when the sentence is read. */
  @Test
  void anErrorInAnArchiveNamesTheArchive() throws IOException {
    Path archive = folder.resolve("half.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      for (String name : List.of("variables.index", "variables.data-00000-of-00001")) {
        Path file = module.resolve("variables").resolve(name);
        tar.putArchiveEntry(new TarArchiveEntry(file, "variables/" + name));
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
    }
    assertThatThrownBy(() -> open(archive))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("weights " + archive + " has no saved_model.pb");
  }

  /** Those who draw from it choose the truncation; a copy in another graph has that of 1. */
  @Test
  void whoDrawsFromItChoosesTheStatistics() {
    Path model = folder.resolve("model");
    open(ARCHIVE).write(List.of(), false, model);
    float[] z = run.expected("z");
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      assertThat(generator.truncates()).isTrue();
      long[] labels = {0, 2, 4};
      byte[] drawn = generator.images(Arrays.copyOfRange(z, 0, 3 * 5), labels, 0.25);
      assertThat(ImportedRun.distance(levels(drawn), levels(0))).isLessThan(LEVEL);
      byte[] plain = generator.images(Arrays.copyOfRange(z, 6 * 5, 9 * 5), labels);
      assertThat(ImportedRun.distance(levels(plain), levels(6))).isLessThan(LEVEL);
      assertThatThrownBy(() -> generator.latents(1.5, 0))
          .hasMessageContaining("truncation is 1.5; this generator has statistics");
    }
    GeneratorCopy copy = GeneratorCopy.open(model);
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      float[] rows = Arrays.copyOfRange(z, 6 * 5, 9 * 5);
      Operand<TFloat32> latents = tf.reshape(tf.constant(rows), tf.constant(new int[] {3, 5}));
      Operand<TFloat32> images = copy.images(tf, latents, tf.constant(new long[] {0, 2, 4}));
      copy.restore(session);
      try (Result result = session.runner().fetch(images).run()) {
        float[] expected = Arrays.copyOfRange(run.expected("images"), 6 * PIXELS, 9 * PIXELS);
        assertThat(ImportedRun.distance(Tensors.toFloats((TFloat32) result.get(0)), expected))
            .isLessThan(1e-4);
      }
    }
  }

  /** Three of the module's images from a number on, as levels from 0 to 255. */
  private float[] levels(int first) {
    float[] images =
        Arrays.copyOfRange(run.expected("images"), first * PIXELS, (first + 3) * PIXELS);
    for (int i = 0; i < images.length; i++) {
      images[i] = (images[i] + 1) * 127.5f;
    }
    return images;
  }

  private static float[] levels(byte[] pixels) {
    float[] levels = new float[pixels.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Byte.toUnsignedInt(pixels[i]);
    }
    return levels;
  }

  /** A graft trains with latent vectors that are not truncated. */
  @Test
  void aGraftGetsTheStatisticsOfNoTruncation() {
    open(ARCHIVE).write(List.of(), true, folder.resolve("model"));
    StoredGenerator stored = StoredGenerator.open(folder.resolve("model"));
    assertThat(stored.architecture().statistics()).isEqualTo(1);
    float[] sets = constants.values("stack_83");
    assertThat(stored.weights().get("generator/output/norm/variance"))
        .isEqualTo(Arrays.copyOfRange(sets, 5 * 16, 6 * 16));
  }

  @Test
  void theCheckpointOfAModuleFindsItsGraphAndOneWithoutIsRefused() throws Exception {
    assertThat(open(module.resolve("variables/variables.index")).values()).isNotEmpty();
    Path bare = folder.resolve("bare");
    FileUtils.copyDirectory(module.resolve("variables").toFile(), bare.toFile());
    assertThatThrownBy(() -> open(bare))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has no saved_model.pb beside its checkpoint");
  }

  @Test
  void namesBelowAModuleAndWithoutAveragesAreRead() {
    ImportedBigGan other = changed(arrays -> ImportedRun.moveBelowAModule(arrays, AVERAGE));
    assertThat(distance(other)).isLessThan(1e-4);
  }

  /** Each of these would be a mistake in reading the variables, and each would show. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain weights",
        "class before z",
        "first map",
        "transposed kernel",
        "scale for offset",
        "colours",
        "norms of the colours"
      })
  void aMistakeInReadingShows(String mistake) {
    assertThat(distance(changed(arrays -> mistake(arrays, mistake)))).isGreaterThan(1e-3);
  }

  private static void mistake(MapArrays arrays, String mistake) {
    String block = "Generator/GBlock_1/";
    switch (mistake) {
      case "plain weights" -> set(arrays, block + "conv0/b", "", block + "conv0/b");
      case "class before z" -> {
        String gain = block + "BatchNorm/scale/w" + AVERAGE;
        arrays.put(gain, Arrangement.lastRowsFirst(arrays.values(gain), 8, 5), arrays.shape(gain));
      }
      case "first map" -> {
        String bias = "Generator/GenZ/G_linear/b" + AVERAGE;
        arrays.put(bias, Arrangement.transposed(arrays.values(bias), 16), arrays.shape(bias));
      }
      case "transposed kernel" -> {
        String kernel = block + "conv2/w" + AVERAGE;
        float[] turned = new float[9 * 8 * 8];
        for (int place = 0; place < 9; place++) {
          float[] one = Arrays.copyOfRange(arrays.values(kernel), 64 * place, 64 * (place + 1));
          System.arraycopy(Arrangement.transposed(one, 8), 0, turned, 64 * place, 64);
        }
        arrays.put(kernel, turned, arrays.shape(kernel));
      }
      case "scale for offset" ->
          set(arrays, block + "BatchNorm_2/offset/w", AVERAGE, block + "BatchNorm_2/scale/w");
      case "colours" -> {
        String bias = "Generator/conv_to_rgb/b" + AVERAGE;
        float[] values = arrays.values(bias).clone();
        arrays.put(bias, Arrays.copyOfRange(values, 3, 3 + values.length), arrays.shape(bias));
      }
      default -> {
        // The spectral norm of the colours alone would be that of a smaller kernel.
        String kernel = "Generator/conv_to_rgb/w" + AVERAGE;
        float[] values = arrays.values(kernel).clone();
        for (int i = 0; i < values.length; i++) {
          values[i] = i % 16 < 3 ? values[i] : 0;
        }
        arrays.put(kernel, values, arrays.shape(kernel));
      }
    }
  }

  /** Puts what is called {@code from} in the place of another average. */
  private static void set(MapArrays arrays, String name, String ending, String from) {
    arrays.put(name + AVERAGE, arrays.values(from + ending), arrays.shape(name + AVERAGE));
  }

  @Test
  void otherStatisticsShow() {
    ImportedBigGan nextSite =
        changedStatistics(
            all -> {
              all.put("stack_16", constants.values("stack_11"), 6, 8);
              all.put("stack_18", constants.values("stack_13"), 6, 8);
            });
    assertThat(distance(nextSite)).isGreaterThan(1e-3);
    ImportedBigGan nextSet =
        changedStatistics(
            all -> {
              float[] means = constants.values("stack_6");
              float[] moved = new float[means.length];
              System.arraycopy(means, 0, moved, 8, means.length - 8);
              all.put("stack_6", moved, 6, 8);
            });
    assertThat(distance(nextSet)).isGreaterThan(1e-3);
    // Between two sets the nearer one counts for more: 0.25 is nearer to 0.2 than to 0.4.
    float[] reversed = run.expected("truncation").clone();
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = reversed[i] == 0.25f ? 0.35f : reversed[i];
    }
    float[] images = run.images(open(module), reversed);
    assertThat(ImportedRun.distance(images, run.expected("images"))).isGreaterThan(1e-3);
  }

  @Test
  void otherEpsilonsShow() {
    ImportedBigGan right = open(module);
    ImportedBigGan wrong =
        new ImportedBigGan(
            right.format(),
            right.source(),
            "",
            new BigGanDeepArchitecture(16, 16, List.of(2, 2, 1), 5, 3, 5, 8, 1e-5f, 6),
            true,
            right.values());
    assertThat(distance(wrong)).isGreaterThan(1e-3);
    float[] theta = variables.values("Generator/attention/theta/w" + AVERAGE);
    float[] u = variables.values("Generator/attention/theta/u0");
    assertThat(
            SpectralFold.ofColumns(theta, u, 1e-4f)[0] / SpectralFold.ofColumns(theta, u, 1e-6f)[0])
        .isBetween(1.5f, 20f);
  }

  /** Every name and shape of the published modules is expected, and all are read. */
  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void thePublishedNamesAndShapesAreExpected(int size) {
    double millions = size == 128 ? 50.4 : size == 256 ? 55.9 : 56.2;
    assertThat(PublishedShapes.deepGenerator("", 128, size).trained() / 1e6)
        .isBetween(millions - 0.05, millions + 0.05);
    PublishedShapes file = PublishedShapes.deepGenerator(size == 256 ? "module/" : "", 8, size);
    PublishedShapes statistics = PublishedShapes.deepStatistics(8, size);
    ImportedBigGan model = of(file, statistics);
    assertThat(model.architecture().size()).isEqualTo(size);
    assertThat(model.architecture().attention()).isEqualTo(64);
    assertThat(model.architecture().latent()).isEqualTo(128);
    assertThat(model.architecture().statistics()).isEqualTo(51);
    assertThat(file.unread()).allMatch(name -> file.names().contains(name + AVERAGE));
    assertThat(statistics.unread()).isEmpty();
  }

  @Test
  void whatIsMissingTooMuchOrMisshapedIsNamed() {
    refused(
        () -> changed(arrays -> arrays.remove("Generator/GBlock_2/conv3/b" + AVERAGE)),
        "lacks Generator/GBlock_2/conv3/b/ema_0.9999");
    refused(
        () -> changed(arrays -> arrays.put("Generator/GBlock_4/conv0/b", new float[4], 4)),
        "holds Generator/GBlock_4/conv0/b, which");
    refused(
        () -> changed(arrays -> arrays.put("Generator/conv_to_rgb/u0", new float[4], 1, 4)),
        "Generator/conv_to_rgb/u0 in the shape [1, 4]");
    refused(() -> changedStatistics(all -> all.remove("stack_38")), "lacks stack_38");
    refused(
        () -> changedStatistics(all -> all.put("stack_81", new float[96], 6, 8)),
        "stack_81 in the shape [6, 8] where this network of biggan-deep-tfhub has [6, 16]");
  }

  @Test
  void aNodeThatIsNoConstantIsNamed() {
    GraphConstants graph = GraphConstants.read(module);
    assertThat(graph.shape("stack_1")).containsExactly(6, 32);
    assertThat(graph.shape("stack_3")).containsExactly(6, 32);
    refused(
        () -> graph.values("Tanh"), "the node Tanh of the graph", "has the operation Tanh and is");
    refused(() -> graph.values("absent"), "is not to be found");
  }

  private static void refused(Runnable importing, String... words) {
    assertThatThrownBy(importing::run)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }
}
