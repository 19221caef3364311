package tsugiki.single;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weights;
import tsugiki.single.PyramidSizes.Size;
import tsugiki.train.StepInputs;

/**
 * The graph of a stage in the making: what its images are built of.
 *
 * @param tf the graph
 * @param stage its number from 0
 * @param sizes of the images up to this stage
 * @param weights generator, discriminator and noise
 * @param inputs of every step
 * @param real the image that is learned [1, h, w, 3]
 * @param fake the random image that the discriminator sees [1, h, w, 3]
 * @param first what the first stage takes where that is fed in every step
 */
record StageScope(
    Ops tf,
    int stage,
    List<Size> sizes,
    Weights weights,
    StepInputs inputs,
    Variable<TFloat32> real,
    Variable<TFloat32> fake,
    Optional<Placeholder<TFloat32>> first) {
  /** The generator's weights. */
  Weights generator() {
    return weights.in(StageGraph.GENERATOR);
  }

  /** A variable that no step trains and that begins with zeros. */
  Variable<TFloat32> kept(Ops tf, String name, Shape shape) {
    return weights.in(StageGraph.NOISE).untrained(tf, name, shape, Initializer.zeros());
  }

  /** The factor on the noise of a stage, a scalar: 1 for the first. */
  Operand<TFloat32> amplitude(Ops tf, int below) {
    return weights
        .in(StageGraph.NOISE)
        .untrained(
            tf, "amplitude_" + below, Shape.scalar(), Initializer.constant(below == 0 ? 1 : 0));
  }

  /** The shape of a stage's noise [1, h + 2m, w + 2m, channels]. */
  Shape noise(StageMethod method, int below) {
    int margin = 2 * method.margin(below);
    return Shape.of(
        1,
        sizes.get(below).height() + margin,
        sizes.get(below).width() + margin,
        method.noiseChannels(below));
  }
}
