package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tsugiki.train.TrainingLoop.Plan;

class DryRunTest {
  private static final Plan PLAN = new Plan(40, 16, 1, 1);

  @Test
  void aStepThatTheMachineHoldsIsTried() {
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      DryRun dry = new DryRun(task);
      assertThat(dry.memory().toString()).startsWith("at least ").contains(" MiB of memory (");
      DryRun.Time whole = dry.time(0);
      assertThat(whole.words())
          .startsWith("40 steps: about ")
          .contains("; a step takes ", ", as tried now (the first time ")
          .doesNotContain("more");
      assertThat(whole.steps()).isEqualTo(40);
      assertThat(whole.seconds()).isGreaterThan(whole.stepSeconds());
      assertThat(whole.secondsBeside()).isZero();
      DryRun.Time rest = dry.time(30);
      assertThat(rest.words()).startsWith("10 steps left: about ");
      assertThat(rest.steps()).isEqualTo(10);
      assertThat(dry.time(40).words()).isEqualTo("its steps are done");
    }
  }

  @Test
  void ofOneThatTheMachineMayNotHoldTheLineSaysWhyThereIsNoTime() {
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      DryRun.Time untried = new DryRun(task, 1 << 10).time(0);
      assertThat(untried.seconds()).isNull();
      assertThat(untried.words())
          .startsWith("40 steps; no time, since only a step can tell, and one may take 3 times")
          .contains("this machine has 0.0 MiB; a run says after its first how long it is");
    }
  }

  @Test
  void whatIsComputedBesideTheStepsHasATimeOfItsOwn() {
    try (TinyTask task = new TinyTask(PLAN, 1).withBeside("the maps of 9 views", 7200)) {
      DryRun.Time time = new DryRun(task).time(0);
      assertThat(time.words()).endsWith("; the maps of 9 views: about 2 h 0 min more");
      assertThat(time.secondsBeside()).isEqualTo(7200);
    }
  }

  /** The last steps of a graft with a finish move the latent vectors alone. */
  @Test
  void theLongestStepIsTriedAndNotTheLast() {
    double[] work = {1, 1, 3, 3.0000001, 3, 1};
    Course course =
        new Course() {
          @Override
          public String place(long done, long steps) {
            return "";
          }

          @Override
          public double work(long done) {
            return Arrays.stream(work, 0, (int) done).sum();
          }
        };
    assertThat(course.longest(work.length)).isEqualTo(4);
    assertThat(course.longest(2)).isEqualTo(1);
    assertThat(Course.EVEN.longest(40)).isEqualTo(39);
  }
}
