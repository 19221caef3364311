package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.graph.Replicated;
import tsugiki.runtime.Cluster;
import tsugiki.runtime.Device;
import tsugiki.runtime.Precision;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Execution;

/** Grafts whose batch of four images is shared by one, two and four replicas. */
@Tag("slow")
class GraftReplicasTest {
  private static final int BATCH = 4;
  private static final int STEPS = 10;

  private static GraftTraining graft(GraftOptions options, int replicas) {
    return new GraftTraining(
        options
            // The rate of a real graft: at higher ones Adam enlarges what is rounded otherwise.
            .withLearning(
                options
                    .learning()
                    .withBatch(BATCH)
                    .withLayerRate(LearningOptions.defaults().layerRate()))
            .withExecution(
                new Execution(Device.CPU, 2, 2, "", Precision.FLOAT32, replicas, Cluster.NONE)),
        TinyRootstock.make(),
        TinyRootstock.images(BATCH),
        new TinyNetwork(),
        options.finish().finish() == FinishKind.NONE
            ? Optional.empty()
            : Optional.of(new TinyNetwork()));
  }

  private static List<Map<String, Double>> losses(
      GraftTraining graft, long steps, Map<String, float[]> first) {
    List<Map<String, Double>> losses = new ArrayList<>();
    graft.begin();
    for (long step = 0; step < steps; step++) {
      losses.add(graft.step(step));
      if (step == 0) {
        first.putAll(WeightValues.get(graft.session(), graft.state()));
      }
    }
    return losses;
  }

  private static void assertAlike(GraftOptions options, long steps, int replicas) {
    Map<String, float[]> ofOne = new LinkedHashMap<>();
    Map<String, float[]> ofSeveral = new LinkedHashMap<>();
    List<Map<String, Double>> expected;
    List<Map<String, Double>> found;
    try (GraftTraining one = graft(options, 1)) {
      expected = losses(one, steps, ofOne);
    }
    try (GraftTraining several = graft(options, replicas)) {
      found = losses(several, steps, ofSeveral);
    }
    Replicated.assertClose(ofSeveral, ofOne, name -> name.contains("adam/m/"), 0.1, 1e-5);
    Replicated.assertMeasured(found, expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void gradientsAndLossesAreThoseOfOneReplica(int replicas) {
    assertAlike(TinyRootstock.options(GraftMethod.POINT_WISE, 4), STEPS, replicas);
  }

  @Test
  void soAreThoseOfAFinish() {
    assertAlike(TinyRootstock.finished(FinishKind.GRAFT, 2), 5, 2);
  }

  /** Which sites mix is found by one image at a time, before replicas share a batch. */
  @Test
  void soAreThoseOfAGraftThatMixesAtSomeSites() {
    assertAlike(TinyRootstock.options(GraftMethod.POINT_WISE, 4).withMixedSites(2), 2, 2);
  }

  @Test
  void replicasThatDoNotDivideTheBatchAreRefused() {
    assertThatThrownBy(() -> graft(TinyRootstock.options(GraftMethod.POINT_WISE, 4), 3))
        .isInstanceOf(BadInputException.class)
        .hasMessage("batch 4 cannot be shared evenly by replicas 3; give a multiple of 3");
  }
}
