package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** The lines of Python in README.md, run as they stand there. */
class PythonServingTest {
  private static final Pattern LINES =
      Pattern.compile("\n## From Python\n.*?```python\n(.*?)```", Pattern.DOTALL);

  private static final int LATENT = 6;
  private static final int SIDE = 8;

  private record Nothing(int zero) {}

  @TempDir Path folder;

  @Test
  void theReadmesLinesAreFive() throws IOException {
    assertThat(readme().lines().toList()).hasSize(5);
  }

  @Test
  void theReadmesLinesPaintAPicture() throws IOException, InterruptedException {
    writeModel(folder.resolve("runs/flowers/model"));

    Python.run(folder, folder, readme());

    BufferedImage image = ImageIO.read(folder.resolve("flower.png").toFile());
    assertThat(List.of(image.getHeight(), image.getWidth())).containsExactly(SIDE, SIDE);
    assertThat(image.getRGB(0, 0) & 0xffffff).isNotZero();
  }

  private static String readme() throws IOException {
    Matcher lines = LINES.matcher(Files.readString(Path.of("README.md")));
    assertThat(lines.find()).as("README.md has lines of Python under 'From Python'").isTrue();
    return lines.group(1);
  }

  /** A generator as a graft writes it: z alone, no classes. */
  private static void writeModel(Path directory) {
    int size = SIDE * SIDE * 3;
    ServingNetwork network =
        (tf, weights) -> {
          Operand<TFloat32> z = GeneratorServing.latent(tf, LATENT);
          Operand<TFloat32> kernel =
              weights.trained(tf, "kernel", Shape.of(LATENT, size), Initializer.zeros());
          Operand<TFloat32> images =
              tf.reshape(
                  tf.math.tanh(tf.linalg.matMul(z, kernel)),
                  tf.constant(new long[] {-1, SIDE, SIDE, 3}));
          return GeneratorServing.signature(tf, z, null, images);
        };
    new SavedModelWriter(
            network,
            Map.of("kernel", new float[LATENT * size]),
            ModelDescription.of("test", LATENT, SIDE, List.of(), new Nothing(0)),
            "# For tests\n",
            Precision.FLOAT)
        .write(directory);
  }
}
