package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;
import tsugiki.runtime.Optimised;
import tsugiki.savedmodel.SavedModelWriter.Precision;

class LoadedGeneratorTest {
  @TempDir Path folder;

  @Test
  void drawsTheImagesAsBytes() {
    TinyGenerator tiny = TinyGenerator.make();
    Path model = folder.resolve("model");
    tiny.writer(Precision.FLOAT).write(model);
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      assertThat(generator.latent()).isEqualTo(80);
      assertThat(generator.conditional()).isTrue();
      assertThat(List.of(generator.height(), generator.width())).containsExactly(32, 32);
      byte[] images = generator.images(tiny.z(), TinyGenerator.LABELS);
      assertThat(images).hasSize(4 * 32 * 32 * 3);
      for (int i = 0; i < images.length; i++) {
        // Rounded, with as much again for sums in another order: it was drawn as a batch of four.
        assertThat((double) Byte.toUnsignedInt(images[i]))
            .isCloseTo((tiny.drawn()[i] + 1) * 127.5, within(0.501));
      }
    }
  }

  @Optimised
  @Test
  void aSeedsImageIsTheSameBitsInAnyNumberAndAtAnyPlace() {
    Path model = folder.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      long[] seeds = LongStream.range(0, 17).toArray();
      byte[][] alone =
          LongStream.of(seeds).mapToObj(seed -> draw(generator, seed)).toArray(byte[][]::new);
      assertThat(alone[0]).isNotEqualTo(alone[3]);
      for (int count : new int[] {3, 7, 17}) {
        assertThat(draw(generator, Arrays.copyOf(seeds, count)))
            .as("%d images", count)
            .isEqualTo(Bytes.concat(Arrays.copyOf(alone, count)));
      }
      assertThat(draw(generator, 5, 2, 16, 2))
          .isEqualTo(Bytes.concat(alone[5], alone[2], alone[16], alone[2]));
    }
  }

  @Test
  void labelsAndVectorsThatDoNotFitAreRefused() {
    Path model = folder.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      float[] z = generator.latents(1, 7);
      String classes = " is no class of " + model;
      for (long label : new long[] {3, -1}) {
        refuses(() -> generator.images(z, new long[] {label}), "label " + label + classes);
        refuses(() -> generator.classVectors(0, label), "label " + label + classes);
      }
      float[] vector = generator.classVectors(2);
      assertThat(generator.images(z, vector, LatentDraws.UNTRUNCATED))
          .isEqualTo(generator.images(z, new long[] {2}));
      refuses(() -> generator.images(new float[0], vector, 1), "0 numbers of z, 80 an image, and");
      refuses(() -> generator.images(z, Arrays.copyOf(vector, 5), 1), "and 5 of class vectors, ");
      refuses(() -> generator.images(Arrays.copyOf(z, 81), vector, 1), "81 numbers of z, ");
    }
  }

  private static void refuses(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void whatIsDrawnAfterTheEndIsRefused() {
    LoadedGenerator generator = LoadedGenerator.open(foreign((tf, z) -> grey(tf, z)));
    generator.close();
    assertThatThrownBy(() -> generator.images(new float[] {0}, new long[0]))
        .isInstanceOf(IllegalStateException.class);
    assertThat(generator.classes().count()).isZero();
  }

  /** Reflection calls a method of no class that it cannot see. */
  @Test
  void itsMethodsCanBeCalledByReflection() throws NoSuchMethodException {
    for (String method : List.of("latent", "conditional", "classes", "height", "width")) {
      Class<?> declaring = LoadedGenerator.class.getMethod(method).getDeclaringClass();
      assertThat(Modifier.isPublic(declaring.getModifiers())).as(method).isTrue();
    }
  }

  private static byte[] draw(LoadedGenerator generator, long... seeds) {
    float[] z = LatentDraws.normal(generator.latent(), 0.5, seeds);
    return generator.images(z, LongStream.of(seeds).map(seed -> seed % 3).toArray());
  }

  @Test
  void drawsWithoutLabels() {
    Path model = foreign((tf, z) -> grey(tf, z));
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      assertThat(generator.conditional()).isFalse();
      assertThat(generator.images(new float[] {0, 1, -1}, new long[0]))
          .containsExactly(bytes(128, 128, 128, 255, 255, 255, 0, 0, 0));
    }
  }

  @Test
  void refusesAGraphThatReadsFiles() {
    Path model =
        foreign(
            (tf, z) -> {
              Operand<TFloat32> stolen =
                  tf.io.decodeRaw(tf.io.readFile(tf.constant("/etc/passwd")), TFloat32.class);
              return tf.math.add(grey(tf, z), stolen);
            });
    assertThatThrownBy(() -> LoadedGenerator.open(model))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ReadFile (node ")
        .hasMessageContaining(model.toString());
  }

  @Test
  void refusesWhatIsNoGenerator() throws IOException {
    refuses(folder.resolve("none"), "saved_model.pb");
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("saved_model.pb"), "not a graph");
    refuses(broken, "cannot be loaded");
    Path other =
        write(
            (tf, weights) -> {
              Operand<TFloat32> z = ExportedGenerator.latent(tf, 1);
              return new ModelSignature(Map.of("x", z), Map.of("y", scaled(tf, weights, z)));
            });
    refuses(other, "takes [x] and gives [y]");
  }

  @Test
  void refusesDamagedWeights() throws IOException {
    Path model = foreign((tf, z) -> grey(tf, z));
    Files.delete(model.resolve("variables/variables.data-00000-of-00001"));
    refuses(model, model.toString());
  }

  private interface Drawing {
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> z);
  }

  /** One grey pixel as bright as z [N, 1] says. */
  private static Operand<TFloat32> grey(Ops tf, Operand<TFloat32> z) {
    return tf.reshape(
        tf.concat(List.of(z, z, z), tf.constant(1)), tf.constant(new int[] {-1, 1, 1, 3}));
  }

  private Path foreign(Drawing drawing) {
    return write(
        (tf, weights) -> {
          Operand<TFloat32> z = ExportedGenerator.latent(tf, 1);
          return ExportedGenerator.signature(
              tf, z, null, drawing.apply(tf, scaled(tf, weights, z)));
        });
  }

  private static Operand<TFloat32> scaled(Ops tf, Weights weights, Operand<TFloat32> z) {
    return tf.math.mul(z, weights.trained(tf, "scale", Shape.scalar(), Initializer.ones()));
  }

  private Path write(ExportedNetwork network) {
    Path model = folder.resolve("foreign");
    new SavedModelWriter(
            network,
            Map.of("scale", new float[] {1}),
            ModelMetadata.of("other", 1, 1, List.of(), new Nothing(0)),
            "",
            Precision.FLOAT)
        .write(model);
    return model;
  }

  private record Nothing(int zero) {}

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void refuses(Path directory, String word) {
    assertThatThrownBy(() -> LoadedGenerator.open(directory))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(word)
        .hasMessageNotContaining("\n");
  }
}
