package tsugiki.savedmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** A generator without classes that draws images of one colour each, tanh z of three numbers. */
public final class SolidColours {
  private SolidColours() {}

  /** What its description holds beside the size. */
  private record Architecture(int side) {}

  /**
   * Writes its SavedModel.
   *
   * @param side of the images
   * @return the folder
   */
  public static Path write(Path folder, int side) {
    ExportedNetwork network =
        (tf, weights) -> {
          Operand<TFloat32> z = ExportedGenerator.latent(tf, 3);
          // A SavedModel has a variable at least.
          Operand<TFloat32> colours =
              tf.math.tanh(
                  tf.math.mul(z, weights.trained(tf, "scale", Shape.scalar(), Initializer.ones())));
          Operand<TFloat32> pixels =
              tf.tile(
                  tf.reshape(colours, tf.constant(new int[] {-1, 1, 1, 3})),
                  tf.constant(new int[] {1, side, side, 1}));
          return ExportedGenerator.signature(tf, z, null, pixels);
        };
    new SavedModelWriter(
            network,
            Map.of("scale", new float[] {1}),
            ModelMetadata.of("colours", 3, side, List.of(), new Architecture(side)),
            "# A generator for tests\n",
            Precision.FLOAT)
        .write(folder);
    return folder;
  }
}
