package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.graph.Weight;
import tsugiki.model.Vgg16.Layer;
import tsugiki.pretrained.FormulaVgg16;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.WeightValues;

/** A graft that learns by VGG16 from a file, as the reference does. */
class GraftWithVgg16Test {
  private static final int MAPS = 10;

  @TempDir private Path folder;

  @Test
  void twoStepsByVgg16WithTheReferencesWeight() {
    Path file = folder.resolve("vgg16.npz");
    FormulaVgg16.upTo(Layer.CONV4_3).writeOwn(file);
    try (GraftTraining graft =
        new GraftTraining(
            TinyRootstock.options(GraftMethod.POINT_WISE, 4),
            TinyRootstock.make(),
            TinyRootstock.images(3),
            FrozenNetworks.open("perceptual", "vgg16:" + file))) {
      Weight factors = graft.training().termWeights();
      assertThat(WeightValues.get(graft.session(), factors)).hasSize(MAPS).containsOnly(0.001f);
      float[] before = graft.latents();

      Map<String, Double> first = graft.step(0);
      graft.step(1);

      assertThat(first.get("perceptual")).as("ten means of maps of order 1").isBetween(1e-4, 1.0);
      assertThat(first.get("loss"))
          .isCloseTo(
              first.get("l1")
                  + first.get("perceptual")
                  + 0.1 * first.get("prior")
                  + 0.02 * first.get("embedding"),
              Offset.offset(1e-4));
      assertThat(graft.latents()).isNotEqualTo(before);
      assertThat(graft.training().trained())
          .extracting(Weight::name)
          .noneMatch(name -> name.contains("conv4_3"));
    }
  }
}
