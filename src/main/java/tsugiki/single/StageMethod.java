package tsugiki.single;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Bicubic.Grid;
import tsugiki.graph.Weights;
import tsugiki.model.PyramidNetwork;

/** How the stages of a pyramid are built, how they grow, and which of them are trained. */
interface StageMethod {
  /** Under the root of a variance, as in PyTorch. */
  float EPSILON = 1e-5f;

  /** The trained generator, its weights at that place. */
  PyramidNetwork network(Weights weights);

  /** The channels of a stage's noise. */
  int noiseChannels(int stage);

  /** The channels of what a stage hands on. */
  int mapChannels();

  /** How much larger a stage's noise is than its image, on each side. */
  int margin(int stage);

  /** How many pixels the convolutions of a stage take off each side. */
  int reach();

  /** How many pixels beyond a part of a map its image depends on, on each side. */
  int tail();

  /** Where the pixels of an enlarged map lie. */
  Grid grid();

  /** Whether a part of an image does not depend on what is far from it. */
  boolean drawsInTiles();

  /** Whether the reconstruction has noise of its own at a stage. */
  boolean reconstructsWithNoise(int stage);

  /** Builds what a stage draws while it learns. */
  StageImages images(StageScope scope);

  /** Whether each of a step's updates of the generator has a gradient of its own. */
  boolean renewsGradients();

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

  /**
   * Whether a stage has more channels than the one before, so that its discriminator begins anew.
   *
   * @param stage the new stage, from 1
   */
  boolean widens(int stage);
}
