package tsugiki.single;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;

/** How the stages of a pyramid are built, how they grow, and which of them are trained. */
interface StageMethod {
  /** The channels of a stage's noise. */
  int noiseChannels(int stage);

  /** How much larger a stage's noise is than its image, on each side. */
  int margin(int stage);

  /** Whether the reconstruction has noise of its own at a stage. */
  boolean reconstructsWithNoise(int stage);

  /**
   * The generator with as many stages as there is noise for.
   *
   * @param noise of every stage [N, h + 2·margin, w + 2·margin, channels]
   * @param amplitudes the factor on the noise of every stage, scalars
   * @return the image of the last stage [N, h, w, 3] in [−1, 1]
   */
  Operand<TFloat32> generator(
      Ops tf, Weights weights, List<Operand<TFloat32>> noise, List<Operand<TFloat32>> amplitudes);

  /**
   * The discriminator of a stage.
   *
   * @param images [N, h, w, 3] in [−1, 1]
   * @return a score per patch, N first
   */
  Operand<TFloat32> discriminator(Ops tf, Weights weights, int stage, Operand<TFloat32> images);

  /**
   * The factor on the learning rate of one of the generator's weights.
   *
   * @param stage the newest stage
   * @param weight its name in the generator
   * @return 0 where it is frozen
   */
  float rateFactor(int stage, String weight);

  /**
   * Whose value of the stage before a weight begins with.
   *
   * @param stage the new stage, from 1
   * @param weight its name in the generator
   * @return a name in the generator of the stage before, which that may not have
   */
  String origin(int stage, String weight);
}
