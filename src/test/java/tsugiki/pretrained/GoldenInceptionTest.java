package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.base.ChildJvm;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graph.Tensors;
import tsugiki.model.InceptionOutput;

/** The network of 2015 with its real weights, as far as they are here, on eight real images. */
@Tag("slow")
class GoldenInceptionTest {
  private static final int IMAGES = 8;
  private static final int SIDE = 128;
  private static final List<InceptionOutput> TAPS =
      List.of(
          InceptionOutput.MEAN_64,
          InceptionOutput.MEAN_192,
          InceptionOutput.MEAN_768,
          InceptionOutput.MEAN_1280);

  @TempDir Path folder;

  /** Writes the features to a folder: {@code DATA OUT}, in an environment of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      for (Map.Entry<InceptionOutput, float[]> rows : features(Path.of(args[0])).entrySet()) {
        NumpyFile.write(
            Path.of(args[1], rows.getKey() + ".npy"),
            rows.getValue(),
            IMAGES,
            rows.getValue().length / IMAGES);
      }
    }
  }

  @Test
  void featuresAreThoseOfTheFrozenGraphOnOneDnn() {
    Map<InceptionOutput, float[]> features = features(data());
    for (InceptionOutput tap : TAPS) {
      assertGolden(tap, features.get(tap));
    }
  }

  /** TensorFlow reads the switch when its library is loaded, once a process. */
  @Test
  void featuresAreThoseOfTheFrozenGraphWithoutOneDnn() throws Exception {
    Path data = data();
    Path log = folder.resolve("log.txt");
    ProcessBuilder builder =
        ChildJvm.of(List.of("-Xmx1g"), Main.class, data, folder).redirectOutput(log.toFile());
    builder.environment().put("TF_ENABLE_ONEDNN_OPTS", "0");
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    for (InceptionOutput tap : TAPS) {
      assertGolden(tap, numbers(folder.resolve(tap + ".npy")));
    }
  }

  private static Map<InceptionOutput, float[]> features(Path data) {
    Stream<InceptionNetwork> networks =
        TAPS.stream()
            .map(tap -> InceptionNetworks.folded(data.resolve("inception-2015-folded"), tap));
    try (InceptionRun run = new InceptionRun(networks.toList());
        TFloat32 images =
            Tensors.floats(
                Shape.of(IMAGES, SIDE, SIDE, 3), flowers(data.resolve("passion-flower")))) {
      return run.of(images);
    }
  }

  private static void assertGolden(InceptionOutput tap, float[] got) {
    float[] want = numbers(data().resolve("golden/inception_features_" + tap.word() + ".npy"));
    InceptionRun.assertSame(got, want, tap.toString());
  }

  private static float[] flowers(Path images) {
    float[] pixels = new float[IMAGES * SIDE * SIDE * 3];
    int next = 0;
    try (ImageSource source = ImageSource.open(images).limit(IMAGES)) {
      for (RgbImage image : source) {
        for (byte sample : image.rgb()) {
          pixels[next++] = Byte.toUnsignedInt(sample);
        }
      }
    }
    assertThat(next).isEqualTo(pixels.length);
    return pixels;
  }

  private static float[] numbers(Path file) {
    return NumpyFile.read(file).floats();
  }

  private static Path data() {
    Path path = Path.of(System.getProperty("tsugiki.data", "no-data"));
    assumeTrue(
        Files.exists(path.resolve("inception-2015-folded")),
        () -> path + " is not here: set -Dtsugiki.data to run this");
    return path;
  }
}
