package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.runtime.Sessions;

class PixelsTest {
  @Test
  void everyByteComesBackAndSpansTheRange() {
    int[] bytes = new int[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = i;
    }
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> floats =
          Pixels.toFloats(tf, tf.dtypes.cast(tf.constant(bytes), TUint8.class));
      try (Result result = session.runner().fetch(floats).fetch(Pixels.toBytes(tf, floats)).run()) {
        float[] values = Tensors.toFloats((TFloat32) result.get(0));
        byte[] back = Tensors.toBytes((TUint8) result.get(1));
        for (int i = 0; i < bytes.length; i++) {
          assertThat(values[i]).isCloseTo((float) (2 * i / 255.0 - 1), Offset.offset(1e-6f));
          assertThat(Byte.toUnsignedInt(back[i])).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void roundsToTheNearestAndCutsWhatLiesOutside() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Operand<TFloat32> floats =
          tf.constant(new float[] {-7, -1, -1 + 0.9f / 127.5f, -1 + 1.4f / 127.5f, 1, 7});
      try (Result result = session.runner().fetch(Pixels.toBytes(tf, floats)).run()) {
        assertThat(Tensors.toBytes((TUint8) result.get(0))).containsExactly(0, 0, 1, 1, 255, 255);
      }
    }
  }
}
