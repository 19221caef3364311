package tsugiki.train;

import java.util.Map;

/** Is told of every finished step of a training; see {@link RunDirectory#listening}. */
@FunctionalInterface
public interface StepListener {
  /**
   * Is called after a step by the thread that trains, which goes on when this returns. What is
   * thrown here ends the training as any error does: it goes on from its newest checkpoint. To stop
   * it with this step saved, interrupt the thread; see {@link TrainingRun#train}.
   *
   * @param step the number of finished steps, from 1
   * @param steps how many the training has; it may end before
   * @param scalars what {@code metrics.jsonl} has of a step, by the same names: the losses and
   *     {@code seconds}, and after some steps what was measured; cannot be changed
   */
  void after(long step, long steps, Map<String, Double> scalars);
}
