package tsugiki.single;

import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Weight;

/** What the generators draw while a stage learns: a random image and the reconstruction. */
interface StageImages {
  /** Both, for the generator's step [2, h, w, 3]. */
  Operand<TFloat32> both();

  /** The random noise of the stages that learn, as a step's key gives it. */
  List<Operand<TFloat32>> noise();

  /** What the generator's step moves beside its weights. */
  PendingUpdates statistics();

  /** What belongs to the state beside the weights and amplitudes. */
  List<Weight> state();

  /**
   * Begins a step: takes its noise.
   *
   * @param step of the stage, from 0
   * @param feeds the first stage's input, where it is fed
   */
  void begin(Session session, long step, Map<? extends Operand<?>, ? extends Tensor> feeds);

  /**
   * Gets the random image ready for a step of the discriminator.
   *
   * @param number of that step over the stage, from 0
   */
  void ready(Session session, long number);

  /**
   * Gets ready for the first step, after the stage has taken over what the one before has learned.
   *
   * @return the squared error of the reconstruction that the stages below leave
   */
  float settle(
      Session session, StageSteps steps, Map<? extends Operand<?>, ? extends Tensor> feeds);
}
