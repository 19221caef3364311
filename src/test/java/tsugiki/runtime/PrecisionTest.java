package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import tsugiki.graph.GraphScope;
import tsugiki.graph.Tensors;

class PrecisionTest {
  @TempDir private Path folder;

  @Test
  void linuxListsAmx() throws IOException {
    Path processor = folder.resolve("cpuinfo");
    Files.writeString(processor, "model name : amx_bf16\nflags : fpu avx2 avx512f\n");
    assertThat(Precision.listsAmx(processor)).as("a name is no flag").isFalse();
    Files.writeString(processor, "model name : any\nflags : fpu avx512_bf16 avx512f\n");
    assertThat(Precision.listsAmx(processor)).as("AVX-512 alone").isFalse();
    Files.writeString(processor, "flags : fpu avx512_bf16 amx_bf16\n");
    assertThat(Precision.listsAmx(processor)).isTrue();
    Thread.currentThread().interrupt();
    try {
      assertThat(Precision.listsAmx(processor)).as("in an interrupted thread").isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(Precision.listsAmx(folder.resolve("missing"))).isFalse();
    assertThat(Precision.FLOAT32.available()).isTrue();
  }

  /** The sum of 64 products of 1 + 2⁻⁹, which bfloat16 rounds to 1. */
  @Test
  void productsOfATrainingAreRounded() {
    float fine = 1 + 1f / 512;
    assertThat(sum(fine, Precision.FLOAT32)).isEqualTo(64 * fine);
    assumeThat(Precision.BFLOAT16.available()).as("a processor with bfloat16").isTrue();
    assertThat(sum(fine, Precision.BFLOAT16)).isEqualTo(64);
  }

  private static float sum(float value, Precision precision) {
    float[] image = new float[64 * 64];
    Arrays.fill(image, value);
    float[] ones = new float[64];
    Arrays.fill(ones, 1);
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph, new Sessions.Settings(1, 1, false).with(precision));
        TFloat32 feed = Tensors.floats(Shape.of(1, 8, 8, 64), image)) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
      Operand<TFloat32> kernel =
          tf.reshape(tf.math.neg(tf.constant(ones)), tf.constant(new int[] {1, 1, 64, 1}));
      Operand<TFloat32> sum =
          tf.math.neg(tf.nn.conv2d(tf.nn.relu(x), kernel, Arrays.asList(1L, 1L, 1L, 1L), "SAME"));
      try (Result result = session.runner().feed(x, feed).fetch(sum).run()) {
        return ((TFloat32) result.get(0)).getFloat(0, 0, 0, 0);
      }
    }
  }
}
