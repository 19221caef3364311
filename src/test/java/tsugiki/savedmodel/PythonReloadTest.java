package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** What a Python user does; needs an interpreter that has TensorFlow. */
class PythonReloadTest {
  /** Loads two models with the same names of variables, and calls the first. */
  private static final String SCRIPT =
      """
      import numpy, sys, tensorflow as tf
      folder, other, z, label, out = sys.argv[1:]
      model = tf.saved_model.load(folder)
      rest = tf.saved_model.load(other)
      names = [name for name, shape in tf.train.list_variables(folder + "/variables/variables")]
      assert "generator/block_1/conv_1/kernel" in names, names
      z = tf.constant(numpy.fromfile(z, "<f4").reshape(4, -1))
      label = tf.constant(numpy.fromfile(label, "<i8"))
      result = model.signatures["serving_default"](z=z, label=label)
      assert result["images"].dtype == tf.uint8 and result["images"].shape == (4, 32, 32, 3)
      result["images_float"].numpy().tofile(out)
      """;

  @TempDir Path folder;

  @Test
  void pythonDrawsTheSameImages() throws IOException, InterruptedException {
    TinyGenerator tiny = TinyGenerator.make();
    Path model = folder.resolve("model");
    Path other = folder.resolve("other");
    tiny.writer(Precision.FLOAT).write(model);
    tiny.writer(Precision.HALF).write(other);
    Path z = folder.resolve("z");
    Path label = folder.resolve("label");
    Path out = folder.resolve("out");
    ByteBuffer numbers = buffer(4 * tiny.z().length);
    numbers.asFloatBuffer().put(tiny.z());
    Files.write(z, numbers.array());
    ByteBuffer labels = buffer(8 * TinyGenerator.LABELS.length);
    labels.asLongBuffer().put(TinyGenerator.LABELS);
    Files.write(label, labels.array());

    Python.run(Path.of("."), folder, SCRIPT, model, other, z, label, out);

    float[] drawn = new float[tiny.drawn().length];
    ByteBuffer.wrap(Files.readAllBytes(out))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(drawn);
    assertThat(drawn).containsExactly(tiny.drawn(), Offset.offset(1e-5f));
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
