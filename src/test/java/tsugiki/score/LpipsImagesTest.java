package tsugiki.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.data.ImageSource;
import tsugiki.data.TestImages;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;

class LpipsImagesTest {
  private static final int SIDE = 16;

  /** Its vectors are the pixels: a distance of plain images is that of their colours. */
  private static final class Pixels implements FrozenNetwork {
    @Override
    public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
      return List.of(images);
    }

    @Override
    public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
      return tf.reshape(pixels, tf.constant(new int[] {1, -1}));
    }

    @Override
    public void fill(Session session, Weights weights) {
      // It has none.
    }

    @Override
    public String name() {
      return "pixels";
    }

    @Override
    public String protocol() {
      return "pixels";
    }
  }

  private static final int[] BLUES = {0, 1, 2, 10, 12, 40};

  @TempDir private Path folder;
  private ImageSource generated;
  private ImageSource training;

  @BeforeEach
  void write() {
    for (int i = 0; i < BLUES.length; i++) {
      TestImages.write(folder.resolve("fake"), i + ".png", TestImages.png(SIDE, SIDE, BLUES[i]));
    }
    TestImages.write(folder.resolve("real"), "a.png", TestImages.png(2 * SIDE, SIDE, 1));
    TestImages.write(folder.resolve("real"), "b.png", TestImages.png(SIDE, SIDE, 11));
    generated = ImageSource.open(folder.resolve("fake"));
    training = ImageSource.open(folder.resolve("real"));
  }

  private static double distance(int i, int j) {
    return (double) (BLUES[i] - BLUES[j]) * (BLUES[i] - BLUES[j]) * SIDE * SIDE;
  }

  private LpipsImages.Result measure(int most, long seed, long heldBytes) {
    try (LpipsImages images =
        new LpipsImages(new Pixels(), most, seed, Sessions.Settings.cpu(), heldBytes)) {
      long[] told = {0};
      LpipsImages.Result result =
          images.of(generated, Optional.of(training), more -> told[0] += more);
      assertThat(told[0]).isEqualTo(images.distances(generated, Optional.of(training)));
      return result;
    }
  }

  @Test
  void allPairsAndClusters() {
    LpipsImages.Result result = measure(10, 0, 1 << 20);
    double sum = 0;
    for (int i = 0; i < BLUES.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += distance(i, j);
      }
    }
    assertThat(result.all().pairs()).isEqualTo(15);
    assertThat(result.all().mean()).isCloseTo(sum / 15, within(1e-9 * sum));
    LpipsDiversity.Within clusters = result.within().orElseThrow();
    assertThat(clusters.sizes()).containsExactly(3, 3);
    double first = (distance(0, 1) + distance(0, 2) + distance(1, 2)) / 3;
    double second = (distance(3, 4) + distance(3, 5) + distance(4, 5)) / 3;
    assertThat(clusters.mean()).isCloseTo((first + second) / 2, within(1e-9 * sum));
    assertThat(result.resized()).isEqualTo(1);
  }

  @Test
  void littleMemoryGivesTheSame() {
    int vector = SIDE * SIDE * 3 * Float.BYTES;
    assertThat(measure(10, 0, 2 * vector)).isEqualTo(measure(10, 0, 100 * vector));
    assertThat(measure(10, 0, 1)).isEqualTo(measure(10, 0, 100 * vector));
  }

  @Test
  void ofManyImagesASeedChoosesSome() {
    LpipsImages.Result some = measure(3, 4, 1 << 20);
    assertThat(some.images()).isEqualTo(3);
    assertThat(some.generated()).isEqualTo(6);
    assertThat(some).isEqualTo(measure(3, 4, 1 << 20));
    assertThat(LongStream.range(0, 8).mapToObj(seed -> measure(3, seed, 1 << 20).all()).distinct())
        .as("other seeds choose others")
        .hasSizeGreaterThan(1);
    TestImages.write(folder.resolve("real"), "c.png", TestImages.png(SIDE, SIDE, 90));
    TestImages.write(folder.resolve("real"), "d.png", TestImages.png(SIDE, SIDE, 91));
    training = ImageSource.open(folder.resolve("real"));
    assertThat(measure(3, 4, 1 << 20).within()).as("four training images are too many").isEmpty();
  }
}
