package tsugiki.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graph.Sessions;
import tsugiki.graph.Tensors;
import tsugiki.graph.WeightValues;
import tsugiki.graph.Weights;
import tsugiki.model.InceptionV3;
import tsugiki.model.InceptionV3.Tap;

class FoldedInceptionFilesTest {
  private static final int IMAGES = 8;
  private static final List<Tap> TAPS =
      List.of(Tap.POOL_64, Tap.POOL_192, Tap.MIXED_768, Tap.MIXED_1280);

  @TempDir Path folder;

  @Test
  void featuresOfRealImagesAreThoseOfTheFrozenGraph() throws IOException {
    Path files = data("inception-2015-folded");
    Path golden = data("golden");
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = Ops.create(graph);
      Weights weights = Weights.frozen();
      Placeholder<TFloat32> pixels =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 128, 128, 3)));
      Map<Tap, Operand<TFloat32>> maps =
          new InceptionV3(weights.in("inception"))
              .maps(tf, InceptionV3.resized(tf, pixels), Tap.MIXED_1280);
      List<Operand<TFloat32>> features = new ArrayList<>();
      TAPS.forEach(tap -> features.add(InceptionV3.pooled(tf, maps.get(tap))));
      new FoldedInceptionFiles(files).fill(session, weights.in("inception"));

      Session.Runner runner = session.runner();
      features.forEach(runner::fetch);
      try (TFloat32 images = Tensors.floats(Shape.of(IMAGES, 128, 128, 3), flowers());
          Result result = runner.feed(pixels, images).run()) {
        for (int i = 0; i < TAPS.size(); i++) {
          Path file = golden.resolve("inception_features_" + TAPS.get(i).channels() + ".npy");
          assertSame(Tensors.toFloats((TFloat32) result.get(i)), numbers(file), TAPS.get(i));
        }
      }
    }
  }

  @Test
  void kernelsHaveTheirOutputsFirstInTheFileAndLastInTheGraph() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = Ops.create(graph);
      Weights weights = Weights.frozen();
      weights.in("conv").trained(tf, "kernel", Shape.of(1, 2, 3, 2), null);
      weights.in("conv").trained(tf, "bias", Shape.of(2), null);
      write("weights_conv.dat", 0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15);
      write("bias_conv.dat", 7, 8);

      new FoldedInceptionFiles(folder).fill(session, weights);

      assertThat(WeightValues.get(session, weights.get("conv/kernel")))
          .containsExactly(0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15);
      assertThat(WeightValues.get(session, weights.get("conv/bias"))).containsExactly(7, 8);
    }
  }

  @Test
  void everyMissingFileIsNamed() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = Ops.create(graph);
      Weights weights = Weights.frozen();
      weights.in("conv").trained(tf, "bias", Shape.of(1), null);
      weights.in("mixed_9/tower/conv").trained(tf, "kernel", Shape.of(1, 1, 1, 1), null);
      weights.in("mixed_9/tower/conv").trained(tf, "bias", Shape.of(1), null);
      write("bias_conv.dat", 1);

      assertThatThrownBy(() -> new FoldedInceptionFiles(folder).fill(session, weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("weights_mixed_9_tower_conv.dat, bias_mixed_9_tower_conv.dat")
          .hasMessageNotContaining("bias_conv.dat");
    }
  }

  @Test
  void aFolderThatIsNotThereIsRefused() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      FoldedInceptionFiles files = new FoldedInceptionFiles(folder.resolve("nowhere"));
      assertThatThrownBy(() -> files.fill(session, Weights.frozen()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("nowhere' is not a folder");
    }
  }

  @Test
  void aFileOfAnotherLengthIsRefused() throws IOException {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.frozen();
      weights.in("conv").trained(Ops.create(graph), "bias", Shape.of(3), null);
      write("bias_conv.dat", 1, 2);

      assertThatThrownBy(() -> new FoldedInceptionFiles(folder).fill(session, weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("bias_conv.dat' has 8 bytes, but its layer needs 12");
    }
  }

  private static void assertSame(float[] got, float[] want, Tap tap) {
    float largest = 0;
    for (float value : want) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(got).as(tap.toString()).containsExactly(want, Offset.offset(1e-4f * largest));
  }

  private static float[] flowers() {
    float[] pixels = new float[IMAGES * 128 * 128 * 3];
    int next = 0;
    try (ImageSource source = ImageSource.open(data("passion-flower")).limit(IMAGES)) {
      for (RgbImage image : source) {
        for (byte sample : image.rgb()) {
          pixels[next++] = Byte.toUnsignedInt(sample);
        }
      }
    }
    assertThat(next).isEqualTo(pixels.length);
    return pixels;
  }

  /** The float32 values of a NumPy file, whose header gives its own length at byte 8. */
  private static float[] numbers(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    buffer.position(10 + buffer.getShort(8));
    float[] values = new float[buffer.remaining() / Float.BYTES];
    buffer.asFloatBuffer().get(values);
    return values;
  }

  private void write(String name, float... values) throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    Files.write(folder.resolve(name), buffer.array());
  }

  private static Path data(String name) {
    Path path = Path.of(System.getProperty("tsugiki.data", "no-data"), name);
    assumeTrue(Files.exists(path), () -> path + " is not here: set -Dtsugiki.data to run this");
    return path;
  }
}
