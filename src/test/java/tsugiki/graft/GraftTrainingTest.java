package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.NodeDef;
import tsugiki.graft.GraftTraining.Rootstock;
import tsugiki.graph.LatentDraws;
import tsugiki.graph.Weight;
import tsugiki.graph.WeightValues;

class GraftTrainingTest {
  private static final Rootstock ROOTSTOCK = TinyRootstock.make();

  private static GraftTraining train(GraftMethod method, int groupSize, int images) {
    return new GraftTraining(
        TinyRootstock.options(method, groupSize),
        ROOTSTOCK,
        TinyRootstock.images(images),
        new TinyNetwork());
  }

  @ParameterizedTest
  @CsvSource({"POINT_WISE,1", "POINT_WISE,2", "POINT_WISE,8", "POINT_WISE,0", "SCALE_SHIFT,1"})
  void beforeTheFirstStepTheImagesAreTheRootstocks(GraftMethod method, int groupSize) {
    float[] z = LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 2, 1, 2, 3);
    float[] rootstock = TinyRootstock.draw(ROOTSTOCK, z, new float[] {1 / 3f, 1 / 3f, 1 / 3f});
    try (GraftTraining graft = train(method, groupSize, 5)) {
      float[] grafted = graft.drawFloats(z);
      assertThat(grafted).containsExactly(rootstock, Offset.offset(1e-5f));
      assertThat(spread(rootstock)).as("the rootstock draws something").isGreaterThan(0.05);
    }
  }

  @ParameterizedTest
  @CsvSource({"POINT_WISE,4", "SCALE_SHIFT,1"})
  void aStepChangesWhatIsTrainedAndNothingElse(GraftMethod method, int groupSize) {
    try (GraftTraining graft = train(method, groupSize, 5)) {
      List<Weight> all = graft.generator().weights().all();
      Map<String, float[]> before = WeightValues.get(graft.session(), all);
      for (int step = 0; step < 3; step++) {
        graft.step(step);
      }
      Map<String, float[]> after = WeightValues.get(graft.session(), all);
      for (Weight weight : all) {
        boolean same = Arrays.equals(before.get(weight.name()), after.get(weight.name()));
        assertThat(same).as(weight.name()).isEqualTo(!weight.trained());
      }
    }
  }

  @Test
  void noGradientOfAFrozenWeightIsBuilt() {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4, 5)) {
      List<String> trained =
          graft.generator().weights().trained().stream().map(Weight::name).toList();
      assertThat(trained).allMatch(name -> name.startsWith("graft/")).hasSize(4 + 7 * 2);
      Map<String, Integer> ops = new HashMap<>();
      List<NodeDef> nodes = graft.graph().toGraphDef().getNodeList();
      nodes.forEach(node -> ops.merge(node.getOp(), 1, Integer::sum));
      assertThat(ops).doesNotContainKey("Conv2DBackpropFilter");
      assertThat(ops.get("ApplyAdam")).isEqualTo(trained.size());
    }
  }

  @Test
  void trainsTheGainAndBiasLayersOfThePaperAndNoOthers() {
    try (GraftTraining graft = train(GraftMethod.SCALE_SHIFT, 1, 5)) {
      List<String> own =
          graft.generator().rootstock().trained().stream().map(Weight::name).toList();
      assertThat(own)
          .hasSize(3 * 2 * 2)
          .allMatch(name -> name.matches("generator/block_./norm_./(gain|bias)/kernel"));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void theLayersLearnToDependOnTheLatentVector(int groupSize) {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, groupSize, 5)) {
      assertThat(graft.spread())
          .hasSize(2 * 7)
          .allSatisfy((name, value) -> assertThat(value).isZero());
      for (int step = 0; step < 20; step++) {
        graft.step(step);
      }
      assertThat(graft.spread())
          .allSatisfy((name, value) -> assertThat(value).as(name).isGreaterThan(1e-4));
    }
  }

  @Test
  void perceptualTermsWeighTheSameAtTheStart() {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4, 3)) {
      assertThat(graft.step(0).get("perceptual")).isBetween(0.8, 1.2);
    }
  }

  @Test
  void theLossFalls() {
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4, 5)) {
      double first = graft.step(0).get("l1");
      double last = 0;
      for (int step = 1; step < 40; step++) {
        last = graft.step(step).get("l1");
      }
      assertThat(last).isLessThan(0.8 * first);
    }
  }

  @Test
  void aResumedGraftIsTheUnbrokenOneBitForBit() {
    List<float[]> whole = new ArrayList<>();
    Map<String, float[]> halfway;
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4, 5)) {
      for (int step = 0; step < 3; step++) {
        graft.step(step);
      }
      halfway = WeightValues.get(graft.session(), graft.state());
      for (int step = 3; step < 6; step++) {
        graft.step(step);
      }
      WeightValues.get(graft.session(), graft.state()).values().forEach(whole::add);
    }
    try (GraftTraining graft = train(GraftMethod.POINT_WISE, 4, 5)) {
      graft.state().forEach(w -> WeightValues.set(graft.session(), w, halfway.get(w.name())));
      for (int step = 3; step < 6; step++) {
        graft.step(step);
      }
      List<float[]> resumed =
          new ArrayList<>(WeightValues.get(graft.session(), graft.state()).values());
      for (int i = 0; i < whole.size(); i++) {
        assertThat(resumed.get(i)).containsExactly(whole.get(i));
      }
    }
  }

  private static double spread(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
