package tsugiki.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Embedding;
import tsugiki.graph.GraphScope;
import tsugiki.graph.GraphStructure;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Weights;

/**
 * The files in {@code graphs/} are the networks as they are built. After a change of architecture
 * that is meant, write them anew: {@code mvn test -Dtest=StructureFilesTest
 * -Dtsugiki.writeGraphs=true}.
 */
class StructureFilesTest {
  private static final Path FOLDER = Path.of("graphs");
  private static final Activation LEAKY = Activation.leakyRelu(0.05f);

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 128, 256, 512})
  void generator(int size) throws IOException {
    generator(
        "biggan-" + size + "-generator",
        title(size, "generator"),
        BigGanArchitecture.standard(size, 96, 1000));
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void deepGenerator(int size) throws IOException {
    generator(
        "biggan-deep-" + size + "-generator",
        "BigGAN-deep generator, " + size + " pixels, 128 channels, 1,000 classes",
        BigGanDeepArchitecture.standard(size, 128, 1000));
  }

  private static void generator(String name, String title, GeneratorArchitecture architecture)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("generator");
      Operand<TFloat32> y =
          Embedding.apply(
              tf.withSubScope("Classes"),
              weights.in("classes"),
              Kernels.PLAIN,
              label(tf),
              architecture.classes(),
              architecture.embedding(),
              Initializer.zeros());
      BatchNorm.Settings norm = BatchNorm.Settings.stored(architecture.epsilon());
      architecture
          .generator(weights, Kernels.PLAIN, norm, GeneratorHook.NONE)
          .apply(tf.withSubScope("Generator"), floats(tf, "z", -1, architecture.latent()), y);
      compare(name, title, graph, weights);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64, 128, 256, 512})
  void discriminator(int size) throws IOException {
    BigGanArchitecture architecture = BigGanArchitecture.standard(size, 96, 1000);
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("discriminator");
      Operand<TFloat32> hidden =
          new BigGanDiscriminator(architecture, weights, Kernels.PLAIN)
              .apply(tf.withSubScope("Discriminator"), floats(tf, "images", -1, size, size, 3));
      ProjectionHead.apply(
          tf.withSubScope("Head"),
          weights.in("head"),
          Kernels.PLAIN,
          hidden,
          ClassVectors.ofLabels(label(tf), architecture.classes()));
      compare("biggan-" + size + "-discriminator", title(size, "discriminator"), graph, weights);
    }
  }

  @Test
  void inception() throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen().in("inception");
      InceptionOutput.LOGITS.of(
          tf.withSubScope("Inception"),
          new InceptionV3(weights),
          floats(tf, "images", -1, InceptionV3.SIDE, InceptionV3.SIDE, 3));
      compare("inception-2015", "Inception v3 of 2015-12-05", graph, weights);
    }
  }

  @Test
  void resNet50() throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen().in("resnet50");
      ResNet50 network = new ResNet50(weights);
      Ops scope = tf.withSubScope("ResNet50");
      List<Operand<TFloat32>> maps =
          network.maps(scope, floats(tf, "images", -1, ResNet50.SIDE, ResNet50.SIDE, 3));
      network.logits(scope, ResNet50.pooled(scope, maps.get(3)));
      compare("resnet50", "ResNet-50", graph, weights);
    }
  }

  @Test
  void pyramid() throws IOException {
    int[] sides = {25, 33, 45, 72, 158, 250};
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("generator");
      PyramidGenerator.Architecture architecture =
          PyramidGenerator.Architecture.standard(PyramidGenerator.Borders.NOISE);
      List<Operand<TFloat32>> noise = new ArrayList<>();
      List<Operand<TFloat32>> amplitudes = new ArrayList<>();
      for (int stage = 0; stage < sides.length; stage++) {
        int side = sides[stage] + (stage == 0 ? 0 : 2 * architecture.margin());
        int channels = stage == 0 ? 3 : architecture.channels();
        noise.add(floats(tf, "noise_" + stage, 1, side, side, channels));
        amplitudes.add(floats(tf, "amplitude_" + stage));
      }
      new PyramidGenerator(architecture, weights, LEAKY, Optional.empty())
          .apply(tf.withSubScope("Generator"), noise, amplitudes);
      compare("consingan-generator", "ConSinGAN generator, 6 stages to 250×250", graph, weights);
    }
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("discriminator");
      PyramidDiscriminator.standard()
          .apply(
              tf.withSubScope("Discriminator"),
              weights,
              LEAKY,
              floats(tf, "images", 1, 250, 250, 3));
      compare("consingan-discriminator", "ConSinGAN discriminator, 250×250", graph, weights);
    }
  }

  /** As many stages as a square image of 250 pixels has. */
  @Test
  void singleImage() throws IOException {
    int[] sides = {25, 32, 40, 50, 63, 80, 100, 126, 158, 199, 250};
    Optional<BatchNorm.Settings> norm = Optional.of(BatchNorm.Settings.image(1e-5f));
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("generator");
      SinGanGenerator generator =
          new SinGanGenerator(SinGanLayers.standard(), weights, LEAKY, stage -> norm);
      Ops scope = tf.withSubScope("Generator");
      Operand<TFloat32> map = generator.first(scope, floats(tf, "noise_0", 1, 25, 25, 1));
      for (int stage = 1; stage < sides.length; stage++) {
        Operand<TFloat32> noise = floats(tf, "noise_" + stage, 1, sides[stage], sides[stage], 3);
        map = generator.next(scope, stage, map, noise, floats(tf, "amplitude_" + stage));
      }
      generator.image(scope, map);
      compare("singan-generator", "SinGAN generators, 11 stages to 250×250", graph, weights);
    }
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("discriminator");
      new SinGanDiscriminator(SinGanLayers.standard())
          .apply(
              tf.withSubScope("Discriminator"),
              weights,
              sides.length - 1,
              LEAKY,
              norm,
              floats(tf, "images", 1, 250, 250, 3));
      compare(
          "singan-discriminator",
          "SinGAN discriminator of the 11th stage, 250×250",
          graph,
          weights);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64})
  void dcgan(int size) throws IOException {
    DcganArchitecture.Choice choice =
        new DcganArchitecture.Choice(size, size == 28 ? 1 : 3, 100, 10, 64, "relu", "lrelu:0.2");
    dcgan("dcgan-" + size, DcganArchitecture.radford(choice));
  }

  @Test
  void dcganOfTheBook() throws IOException {
    dcgan(
        "dcgan-book-28",
        DcganArchitecture.book(
            new DcganArchitecture.Choice(28, 1, 100, 1, 32, "psf", "psf-channel")));
  }

  private static void dcgan(String name, DcganArchitecture architecture) throws IOException {
    int size = architecture.size();
    String title =
        "DCGAN %%s, %d pixels, %d classes, %s and %s"
            .formatted(
                size,
                architecture.classes(),
                architecture.generatorActivation(),
                architecture.discriminatorActivation());
    BatchNorm.Settings norm = BatchNorm.Settings.stored(architecture.epsilon());
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("generator");
      new DcganGenerator(architecture, weights, Kernels.PLAIN, norm)
          .apply(
              tf.withSubScope("Generator"), floats(tf, "z", -1, architecture.latent()), label(tf));
      compare(name + "-generator", title.formatted("generator"), graph, weights);
    }
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.create(0).in("discriminator");
      new DcganDiscriminator(architecture, weights, Kernels.PLAIN, norm)
          .apply(tf.withSubScope("Discriminator"), floats(tf, "images", -1, size, size, 3));
      compare(name + "-discriminator", title.formatted("discriminator"), graph, weights);
    }
  }

  private static void compare(String name, String title, Graph graph, Weights weights)
      throws IOException {
    String text = GraphStructure.describe(title, graph, weights);
    Path file = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("tsugiki.writeGraphs")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(file).as("write it with -Dtsugiki.writeGraphs=true").hasContent(text);
  }

  private static String title(int size, String network) {
    return "BigGAN " + network + ", " + size + " pixels, 96 channels, 1,000 classes";
  }

  private static Placeholder<TFloat32> floats(Ops tf, String name, long... shape) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  private static Placeholder<TInt64> label(Ops tf) {
    return tf.withName("label").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
  }
}
