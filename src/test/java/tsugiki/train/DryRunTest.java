package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tsugiki.train.TrainingLoop.Plan;

class DryRunTest {
  private static final Plan PLAN = new Plan(40, 16, 1, 1);

  @Test
  void aStepThatTheMachineHoldsIsTried() {
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      DryRun dry = new DryRun(task);
      assertThat(dry.memory()).startsWith("at least ").contains(" MiB of memory (");
      assertThat(dry.time(0))
          .startsWith("40 steps: about ")
          .contains("; a step takes ", ", as tried now (the first time ")
          .doesNotContain("more");
      assertThat(dry.time(30)).startsWith("10 steps left: about ");
      assertThat(dry.time(40)).isEqualTo("its steps are done");
    }
  }

  @Test
  void ofOneThatTheMachineMayNotHoldTheLineSaysWhyThereIsNoTime() {
    try (TinyTask task = new TinyTask(PLAN, 1)) {
      assertThat(new DryRun(task, 1 << 10).time(0))
          .startsWith("40 steps; no time, since only a step can tell, and one may take 3 times")
          .contains("this machine has 0.0 MiB; a run says after its first how long it is");
    }
  }

  @Test
  void whatIsComputedBesideTheStepsHasATimeOfItsOwn() {
    try (TinyTask task = new TinyTask(PLAN, 1).withBeside("the maps of 9 views", 7200)) {
      assertThat(new DryRun(task).time(0)).endsWith("; the maps of 9 views: about 2 h 0 min more");
    }
  }
}
