package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import tsugiki.data.RgbImage;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;
import tsugiki.single.PyramidSizes.Size;

/** The SavedModel's signatures, on images of another size than the one that was learned. */
@Tag("slow")
class PyramidSignaturesTest {
  private static final Size SIZE = new Size(23, 31);

  @TempDir private Path folder;

  private record Numbers(Shape shape, float[] values) {}

  @ParameterizedTest
  @EnumSource(
      value = SingleMode.class,
      names = {"GENERATE", "RETARGET", "PAINT"})
  void theStagesOneAfterAnotherDrawWhatTheWholeDraws(SingleMode mode) {
    SingleOptions options =
        mode == SingleMode.PAINT ? TinySingle.sinGan() : TinySingle.options(mode);
    TrainedPyramid pyramid = trained(options);
    PyramidExport.write(pyramid, "# A card\n", folder.resolve("model"));
    PyramidArchitecture architecture = pyramid.architecture();
    List<Numbers> noise = noise(architecture);
    try (SavedModelBundle model = SavedModelBundle.load(folder.resolve("model").toString());
        PyramidSampler sampler = new PyramidSampler(pyramid, Sessions.Settings.cpu(), 1_000)) {
      Map<String, Numbers> inputs = new LinkedHashMap<>();
      for (int stage = 0; stage < noise.size(); stage++) {
        inputs.put("noise_" + stage, noise.get(stage));
      }
      float[] whole = call(model, "serving_default", inputs).get("images_float").values();
      Map<String, Numbers> alone = Map.of();
      List<Size> sizes = architecture.sizesFor(SIZE);
      for (int stage = 0; stage < noise.size(); stage++) {
        Map<String, Numbers> given = new LinkedHashMap<>();
        if (stage > 0) {
          given.put("features", alone.get("features"));
        }
        given.put("noise", noise.get(stage));
        alone = call(model, "stage_" + stage, given);
        Size size = sizes.get(stage);
        assertThat(alone.get("images_float").shape())
            .isEqualTo(Shape.of(1, size.height(), size.width(), 3));
      }
      assertThat(alone.get("images_float").values()).containsExactly(whole, within(1e-5f));
      RgbImage drawn = sampler.draw(PyramidNoise.random(5), SIZE);
      PyramidSamplerTest.alike(drawn, PyramidSamplerTest.image(whole, SIZE));
    }
  }

  private static TrainedPyramid trained(SingleOptions options) {
    try (PyramidTraining training = TinySingle.training(options)) {
      for (long step = 0; step < TinySingle.steps(options); step++) {
        training.step(step);
      }
      return training.trained();
    }
  }

  /** The noise of the seed 5. */
  private static List<Numbers> noise(PyramidArchitecture architecture) {
    StageMethod method = architecture.build();
    List<Size> sizes = architecture.sizesFor(SIZE);
    return IntStream.range(0, sizes.size())
        .mapToObj(
            stage -> {
              int margin = stage == 0 ? 0 : 2 * method.margin(stage);
              int height = sizes.get(stage).height() + margin;
              int width = sizes.get(stage).width() + margin;
              int channels = method.noiseChannels(stage);
              return new Numbers(
                  Shape.of(1, height, width, channels),
                  PyramidNoise.random(5).part(stage, channels, 0, 0, height, width));
            })
        .toList();
  }

  private static Map<String, Numbers> call(
      SavedModelBundle model, String signature, Map<String, Numbers> inputs) {
    Map<String, Tensor> tensors = new HashMap<>();
    inputs.forEach((name, map) -> tensors.put(name, Tensors.floats(map.shape(), map.values())));
    Map<String, Numbers> outputs = new HashMap<>();
    try (Result result = model.function(signature).call(tensors)) {
      for (String name : List.of("features", "images_float")) {
        result
            .get(name)
            .ifPresent(
                tensor ->
                    outputs.put(
                        name, new Numbers(tensor.shape(), Tensors.toFloats((TFloat32) tensor))));
      }
    } finally {
      tensors.values().forEach(Tensor::close);
    }
    return outputs;
  }
}
