package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.graph.Initializer;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** Models as others may write them. */
class ServedReferenceTest {
  @TempDir private Path folder;

  private record Nothing(int zero) {}

  @Test
  void labelsMayHave32Bits() {
    write(model(TInt32.class, Shape.of(-1), (tf, x) -> tf.dtypes.cast(x, TFloat32.class)));
    NumpyFile labels = NumpyFile.read(folder.resolve("reference/outputs/y.npy"));
    // Of two classes, times the factor.
    assertThat(labels.floats()).containsExactly(0, 3, 0, 3);
  }

  @Test
  void anInputThatLeavesMoreOpenThanImagesIsOneSentence() {
    for (Shape shape : List.of(Shape.of(-1, -1, -1, -1), Shape.unknown())) {
      Path model = model(TFloat32.class, shape, (tf, x) -> x);
      assertThatThrownBy(() -> write(model))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(model + " leaves more of its input x open");
    }
  }

  /** TensorFlow calls it an invalid argument, which is no TensorFlowException. */
  @Test
  void anInputThatTheGraphRefusesIsOneSentence() {
    Path model =
        model(
            TFloat32.class,
            Shape.of(-1, -1, -1, 3),
            (tf, x) -> tf.math.add(x, tf.constant(new float[1][32][32][3])));
    assertThatThrownBy(() -> write(model))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the SavedModel " + model + " cannot be loaded (");
  }

  private void write(Path model) {
    ServedReference.write(model, folder.resolve("reference"), Map.of(), Sessions.Settings.cpu());
  }

  /** Takes x, and gives y: what is made of x, times a factor. */
  private <T extends TType> Path model(
      Class<T> type, Shape shape, BiFunction<Ops, Operand<T>, Operand<TFloat32>> made) {
    Path model = folder.resolve("model");
    new SavedModelWriter(
            (tf, weights) -> {
              Placeholder<T> x = tf.withName("x").placeholder(type, Placeholder.shape(shape));
              Operand<TFloat32> factor =
                  weights.trained(tf, "factor", Shape.of(1), Initializer.ones());
              return new ModelSignature(
                  Map.of("x", x), Map.of("y", tf.math.mul(made.apply(tf, x), factor)));
            },
            Map.of("factor", new float[] {3}),
            ModelMetadata.of("other", 1, 1, List.of("rose", "lily"), new Nothing(0)),
            "",
            Precision.FLOAT)
        .write(model);
    return model;
  }
}
