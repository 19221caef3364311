package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.train.TrainingLoop.Plan;

class TrainingLoopTest {
  @TempDir private Path folder;

  @Test
  void observersLookWhenTheyAreDueAndAtTheEnd() {
    List<Long> looked = new ArrayList<>();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(7, 1, 3, 100), run(), trainee)
          .every(
              2,
              done -> {
                looked.add(done);
                return Map.of();
              })
          .run(0);
    }
    assertThat(looked).containsExactly(2L, 4L, 6L, 7L);
    assertThat(column("step")).containsExactly(3.0, 6.0, 7.0);
  }

  /** The check of the weights takes them out of the session. */
  @Test
  void theWeightsAreCheckedWhereAnObserverIsDueAlone() {
    List<Long> looked = new ArrayList<>();
    int[] checks = {0};
    try (TinyTrainee trainee =
        new TinyTrainee(4) {
          @Override
          public List<Weight> state() {
            checks[0]++;
            return super.state();
          }
        }) {
      new TrainingLoop(new Plan(7, 1, 3, 100), run(), trainee)
          .when(
              done -> done == 3 || done == 5,
              done -> {
                looked.add(done);
                return Map.of();
              })
          .run(0);
    }
    assertThat(looked).containsExactly(3L, 5L);
    int ofTheCheckpointAtTheEnd = 1;
    assertThat(checks[0]).isEqualTo(2 + ofTheCheckpointAtTheEnd);
  }

  @Test
  void aTrainingThatEndsEarlyLooksAtEverythingAndIsKept() {
    List<Long> looked = new ArrayList<>();
    RunDirectory run = run();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop =
          new TrainingLoop(new Plan(9, 1, 100, 100), run, trainee)
              .every(1, done -> Map.of("score", 1.0))
              .every(
                  4,
                  done -> {
                    looked.add(done);
                    return Map.of();
                  })
              .endingWhen(done -> done >= 6);
      assertThat(loop.run(0)).isEqualTo(6);
      assertThat(looked).containsExactly(4L, 6L);
      assertThat(loop.restore()).isEqualTo(6);
      assertThat(loop.run(6)).as("it has ended").isEqualTo(6);
    }
    assertThat(column("step")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
  }

  @Test
  void theBestCheckpointIsThatOfTheLeastCostAlsoWhenTheRunGoesOn() {
    double[] costs = {0, 5, 3, 4, Double.NaN, 3, 6, 2, 7};
    RunDirectory run = run();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      scored(run, trainee, 6, costs).run(0);
    }
    assertThat(folder.resolve("run/checkpoints").toFile().list())
        .containsExactlyInAnyOrder("best", "latest", "step-000002", "step-000006");
    assertThat(folder.resolve("run/checkpoints/best")).hasContent("step-000002\n");
    RunDirectory resumed = RunDirectory.resume(folder.resolve("run"));
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop = scored(resumed, trainee, 8, costs);
      loop.run(loop.restore());
    }
    assertThat(folder.resolve("run/checkpoints/best")).hasContent("step-000007\n");
  }

  private static TrainingLoop scored(
      RunDirectory run, TinyTrainee trainee, int steps, double... costs) {
    return new TrainingLoop(new Plan(steps, 1, 100, 100, 1), run, trainee)
        .every(1, done -> Map.of("cost", costs[(int) done]))
        .best(measured -> Optional.of(measured.get("cost")));
  }

  @Test
  void whatAnObserverMeasuresIsInTheStepsOneLine() {
    List<Long> recorded = new ArrayList<>();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(6, 1, 3, 100), run(), trainee)
          .every(2, done -> Map.of("score", done / 10.0))
          .recordedBy((done, values) -> recorded.add(done))
          .run(0);
    }
    assertThat(column("step")).containsExactly(2.0, 3.0, 4.0, 6.0);
    assertThat(column("score")).containsExactly(0.2, 0.0, 0.4, 0.6);
    assertThat(column("loss")).allMatch(loss -> loss > 0);
    assertThat(column("seconds")).isSorted().allMatch(seconds -> seconds > 0);
    assertThat(recorded).containsExactly(2L, 3L, 4L, 6L);
  }

  @Test
  void aListenerHearsOfEveryStepWhatItsLineHasOrWouldHave() {
    List<Map<String, Double>> heard = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    RunDirectory run =
        run()
            .listening(
                (step, of, scalars) -> {
                  steps.addAll(List.of(step, of));
                  heard.add(scalars);
                });
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(3, 1, 2, 100), run, trainee)
          .every(2, done -> Map.of("score", done / 10.0))
          .run(0);
    }
    assertThat(steps).containsExactly(1L, 3L, 2L, 3L, 3L, 3L);
    assertThat(heard.get(0)).containsOnlyKeys("seconds", "loss");
    assertThat(heard.get(1)).containsOnlyKeys("seconds", "loss", "score");
    assertThat(column("loss")).containsExactly(heard.get(1).get("loss"), heard.get(2).get("loss"));
    assertThatThrownBy(() -> heard.get(0).put("loss", 0.0))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatAListenerThrowsEndsTheTraining() {
    IllegalArgumentException thrown = new IllegalArgumentException();
    RunDirectory run =
        run()
            .listening(
                (step, of, scalars) -> {
                  if (step == 3) {
                    throw thrown;
                  }
                });
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop = new TrainingLoop(new Plan(4, 1, 1, 2), run, trainee);
      assertThatThrownBy(() -> loop.run(0)).isSameAs(thrown);
      assertThat(loop.restore()).isEqualTo(2);
    }
  }

  @Test
  void filesThatAreNoTextAreUsedAsFarAsTheyGo() throws IOException {
    RunDirectory run = run();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(4, 1, 1, 4), run, trainee).run(0);
    }
    Files.write(
        run.resolve("metrics.jsonl"), new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);
    assertThat(run.metrics()).hasSize(4);
    Files.write(run.resolve("checkpoints/latest"), new byte[] {(byte) 0xff});
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      assertThatThrownBy(new TrainingLoop(new Plan(6, 1, 1, 4), run, trainee)::restore)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("latest names no checkpoint");
    }
  }

  /** A score or a histogram of such weights would end the process without the reason. */
  @Test
  void weightsThatAreNoNumbersAreFoundBeforeAnObserverSeesThem() {
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop =
          new TrainingLoop(new Plan(9, 1, 100, 100), run(), trainee)
              .every(3, done -> fail("it looked after step " + done))
              .afterSteps(done -> spoil(trainee, done));
      assertThatThrownBy(() -> loop.run(0))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the weight network/layer_0/kernel is NaN at step 2");
    }
  }

  private static void spoil(TinyTrainee trainee, long done) {
    if (done == 3) {
      Weight kernel = trainee.state().get(0);
      float[] values = new float[(int) kernel.count()];
      values[5] = Float.NaN;
      WeightValues.set(trainee.session(), kernel, values);
    }
  }

  /**
   * A run that was killed before its first checkpoint has lost nothing, also if it is cut short.
   */
  @Test
  void aRunThatIsToBeShorterThanItsFirstCheckpointBeginsAnew() throws IOException {
    RunDirectory run = run();
    run.addMetrics(90, Map.of("loss", 1));
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      assertThat(new TrainingLoop(new Plan(50, 1, 1, 100), run, trainee).restore()).isZero();
    }
  }

  /** A finish has one at the step that it begins at, before the first of the others. */
  @Test
  void lostCheckpointsAreMissedFromTheStepOfTheFirstOn() throws IOException {
    Plan plan = new Plan(200, 1, 1, 100).turningAt(2);
    RunDirectory run = run();
    run.addMetrics(2, Map.of("loss", 1));
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      assertThat(new TrainingLoop(plan, run, trainee).restore()).isZero();
      run.addMetrics(3, Map.of("loss", 1));
      assertThatThrownBy(new TrainingLoop(plan, run, trainee)::restore)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("has measured 3 steps and has no whole checkpoint");
    }
  }

  @Test
  void aResumedLoopForgetsWhatCameAfterTheCheckpointAndGoesOnCountingSeconds() {
    RunDirectory run = run();
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      new TrainingLoop(new Plan(4, 1, 1, 4), run, trainee).run(0);
    }
    run.addMetrics(5, Map.of("loss", 99, "seconds", 1e6));
    double before = column("seconds").get(3);
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop = new TrainingLoop(new Plan(6, 1, 1, 4), run, trainee);
      assertThat(loop.restore()).isEqualTo(4);
      loop.run(4);
    }
    assertThat(column("step")).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
    assertThat(column("loss")).allMatch(loss -> loss < 99);
    assertThat(column("seconds").get(4)).isGreaterThan(before).isLessThan(1e6);
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    Trainee diverging =
        new Trainee() {
          @Override
          public Map<String, Double> step(long step) {
            return Map.of("loss", step < 3 ? 1 : Double.NaN);
          }

          @Override
          public List<Weight> state() {
            return List.of();
          }

          @Override
          public Session session() {
            return null;
          }

          @Override
          public GraphDef structure() {
            return null;
          }
        };
    assertThatThrownBy(() -> new TrainingLoop(new Plan(9, 1, 1, 100), run(), diverging).run(0))
        .hasMessageContaining("loss is NaN at step 3");
    assertThat(column("step")).containsExactly(1.0, 2.0, 3.0);
  }

  /** The losses of the step before were numbers still. */
  @Test
  void brokenWeightsNeverTakeTheLastCheckpointsPlace() {
    try (TinyTrainee trainee = new TinyTrainee(4)) {
      TrainingLoop loop =
          new TrainingLoop(new Plan(9, 1, 1, 2), run(), trainee)
              .every(
                  4,
                  done -> {
                    Weight weight = trainee.state().get(0);
                    float[] values = WeightValues.get(trainee.session(), weight);
                    values[3] = Float.NaN;
                    WeightValues.set(trainee.session(), weight, values);
                    return Map.of();
                  });
      assertThatThrownBy(() -> loop.run(0))
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("the weight network/layer_0/kernel is NaN at step 3")
          .hasMessageContaining("the last checkpoint is that of step 2");
    }
    assertThat(folder.resolve("run/checkpoints/latest")).hasContent("step-000002");
  }

  private RunDirectory run() {
    return RunDirectory.create(folder.resolve("run"), Map.of("steps", 1));
  }

  /** A value of every line of the metrics, 0 where a line lacks it. */
  private List<Double> column(String name) {
    return RunDirectory.resume(folder.resolve("run")).metrics().stream()
        .map(line -> line.path(name))
        .map(JsonNode::asDouble)
        .toList();
  }
}
