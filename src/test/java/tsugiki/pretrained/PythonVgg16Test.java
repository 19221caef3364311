package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.base.NumpyFile;
import tsugiki.model.FrozenNetwork;
import tsugiki.savedmodel.Python;

/** Keras' own VGG16, its preprocessing and its files, against ours: channels, means and layers. */
class PythonVgg16Test {
  private static final String SCRIPT =
      """
      import sys, numpy as np, keras
      folder = sys.argv[1]
      keras.utils.set_random_seed(1)
      deep = sys.argv[2] == "vgg19"
      build = keras.applications.VGG19 if deep else keras.applications.VGG16
      network = build(weights=None, include_top=False, input_shape=(32, 32, 3))
      network.save(folder + "/model.h5")
      network.save_weights(folder + "/weights.weights.h5")
      image = np.load(folder + "/pixels.npy")
      ready = keras.applications.vgg16.preprocess_input(image.copy())
      map = keras.Model(network.input, network.get_layer("block4_conv4" if deep else "block4_conv3").output)
      np.save(folder + "/map.npy", map(ready).numpy())
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vgg16", "vgg19"})
  void theLastMapIsKeras(String which) throws IOException, InterruptedException {
    float[] pixels = FormulaVgg16.numbers(2 * 32 * 32 * 3, 300, 255, 127.5);
    NumpyFile.write(folder.resolve("pixels.npy"), pixels, 2, 32, 32, 3);

    Python.run(Path.of("."), folder, SCRIPT, folder, Path.of(which));

    float[] keras = NumpyFile.read(folder.resolve("map.npy")).floats();
    float largest = 0;
    for (float value : keras) {
      largest = Math.max(largest, value);
    }
    assertThat(largest).isPositive();
    for (String name : new String[] {"model.h5", "weights.weights.h5"}) {
      assertThat(lastMap(which, folder.resolve(name), pixels))
          .as(name)
          .containsExactly(keras, Offset.offset(1e-4f * largest));
    }
  }

  private static float[] lastMap(String which, Path file, float[] pixels) {
    FrozenNetwork network = FrozenNetworks.open("perceptual", which + ":" + file);
    return NetworkRun.run(
        network,
        Shape.of(2, 32, 32, 3),
        pixels,
        (tf, weights, input) -> {
          Operand<TFloat32> images = Vgg16Network.unit(tf, input);
          List<Operand<TFloat32>> maps = network.maps(tf, weights, images);
          return maps.get(maps.size() - 1);
        });
  }
}
