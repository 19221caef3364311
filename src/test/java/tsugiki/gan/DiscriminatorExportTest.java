package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.data.ClassShares;
import tsugiki.data.ImageSet;
import tsugiki.graph.Tensors;
import tsugiki.loss.SelfSupervision;
import tsugiki.runtime.Device;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.train.Execution;
import tsugiki.train.Step;

/**
 * The discriminator that is left beside a generator: its outputs are those of the one in training.
 */
class DiscriminatorExportTest {
  @TempDir private Path folder;

  @Test
  void itsHeadsGiveWhatTheyGiveInTheTraining() {
    SupervisionOptions supervision =
        SupervisionOptions.defaults()
            .withUnlabelled(Unlabelled.CO_TRAINING)
            .withSelfSupervision(SelfSupervision.ROTATION)
            .withRotatedShare(1f);
    GanOptions options = TinyGan.options(supervision);
    Map<String, float[]> served;
    try (GanTraining training =
        TinyGan.smallTraining(options, TrainingLabels.of(TinyGan.images()))) {
      training.step(0);
      GanExport.discriminator(training, run(options).withHalf(false), folder);
      served = served(true);
      Map<String, float[]> live = live(training);

      assertClose(served.get("score"), live.get("real"));
      assertClose(served.get("class_logits"), live.get("real_classes"));
      // The batch's last image stands upright at the head of those that are rotated.
      assertClose(last(served.get("turn_logits"), 4), first(live.get("real_rotations"), 4));
      assertThat(TensorBundle.read(folder.resolve("weights")).keySet())
          .contains(
              "discriminator/class_head/kernel",
              "discriminator/class_head/kernel_u",
              "discriminator/turn_head/bias");
    }
    ModelMetadata description = ModelMetadata.read(folder);
    assertThat(description.kind()).isEqualTo(ModelMetadata.DISCRIMINATOR);
    assertThat(description.classNames()).isEqualTo(TinyGan.CLASSES);
    assertThat(served.get("features")).hasSize(4 * 8);
  }

  @Test
  void withoutHeadsAndClassesThereIsAScore() {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels one =
        TrainingLabels.hard(new int[TinyGan.images().count()], List.of("everything"));
    try (GanTraining training = TinyGan.smallTraining(options, one)) {
      assertThat(training.state()).noneMatch(weight -> weight.name().contains("/head/embedding"));
      GanExport.discriminator(training, run(options).withLicence("CC0"), folder);
    }
    assertThat(served(false)).containsOnlyKeys("score", "features");
    assertThat(folder.resolve("card.md"))
        .content()
        .contains("## Licence\n\nOf the training images: CC0\n", "## Training", "\"batch\" : 4");
  }

  @Test
  void theGeneratorBesideItSaysHowOftenEachClassWasDrawn() {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults());
    TrainingLabels even = TrainingLabels.of(TinyGan.smallImages());
    TrainingLabels uneven = even.withFakes(ClassShares.of(0.5, 0.3, 0.2));
    assertThat(served(options, even, "even").classShares()).isEmpty();
    assertThat(served(options, uneven, "uneven").classShares()).containsExactly(0.5, 0.3, 0.2);
  }

  private ModelMetadata served(GanOptions options, TrainingLabels labels, String name) {
    try (GanTraining training = TinyGan.smallTraining(options, labels)) {
      GanExport.generator(training, false, "# A card\n", folder.resolve(name));
    }
    return ModelMetadata.read(folder.resolve(name));
  }

  private static GanRunOptions run(GanOptions options) {
    return GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
        .withTraining(options);
  }

  private static byte[] pixels() {
    ImageSet images = TinyGan.smallImages();
    return images.select(IntStream.range(0, 4).toArray()).pixels();
  }

  private Map<String, float[]> served(boolean labelled) {
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
        TUint8 images = Tensors.bytes(Shape.of(4, 8, 8, 3), pixels());
        TInt64 label = Tensors.longs(0, 1, 2, 0);
        Result result =
            bundle
                .function("serving_default")
                .call(
                    labelled
                        ? Map.<String, Tensor>of("images", images, "label", label)
                        : Map.<String, Tensor>of("images", images))) {
      Map<String, float[]> values = new TreeMap<>();
      result.forEach(
          entry -> values.put(entry.getKey(), Tensors.toFloats((TFloat32) entry.getValue())));
      return values;
    }
  }

  /** The outputs of the discriminator in training for the same images. */
  private static Map<String, float[]> live(GanTraining training) {
    GanGraph gan = training.steps();
    try (Step.Batch feeds = gan.reals().feeds(pixels(), new int[] {0, 1, 2, 3}, new long[4])) {
      return gan.discriminatorStep()
          .trace(training.session(), 0, feeds.tensors(), "real", "real_classes", "real_rotations");
    }
  }

  private static float[] first(float[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  private static float[] last(float[] values, int count) {
    return Arrays.copyOfRange(values, values.length - count, values.length);
  }

  private static void assertClose(float[] got, float[] expected) {
    assertThat(got).containsExactly(expected, Offset.offset(1e-4f));
  }
}
