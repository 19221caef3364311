package tsugiki.model;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import tsugiki.graph.Activation;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Bicubic;
import tsugiki.graph.Bicubic.Grid;
import tsugiki.graph.Weights;

/**
 * The generator of ConSinGAN (Hinz et al. 2021, section 3.2), which grows by a stage at a time: a
 * head makes features of noise, each stage enlarges the features of the one before, adds noise and
 * passes them through a few convolutions, and a tail makes the image of the last stage's features.
 *
 * <p>Weights: {@code head}, {@code body_0}, {@code body_1}, … and {@code tail}. The stages are one
 * network, so that several of them can be trained at once.
 */
public final class PyramidGenerator implements PyramidNetwork {
  /** What surrounds the maps before a stage's convolutions, which take a pixel off each side. */
  public enum Borders {
    /** Noise, so that images vary at their borders too: for images of one's own. */
    NOISE,
    /** Zeros, so that noise and image have one size: for changes of a given image. */
    ZEROS
  }

  /**
   * The shape of the network.
   *
   * @param channels of all features; the paper's 64
   * @param layers convolutions per stage; the paper's 3
   * @param borders what surrounds the maps
   */
  public record Architecture(int channels, int layers, Borders borders) {
    /** 64 channels, 3 layers. */
    public static Architecture standard(Borders borders) {
      return new Architecture(64, 3, borders);
    }

    /** How much larger the noise of a stage is than its image, on each side, after the first. */
    public int margin() {
      return borders == Borders.NOISE ? layers : 0;
    }
  }

  private final Architecture architecture;
  private final Weights weights;
  private final Activation activation;
  private final Optional<BatchNorm.Settings> norm;

  /**
   * Describes the network; {@link #apply} builds it.
   *
   * @param activation after every convolution but the last; the paper's is a leaky ReLU
   * @param norm batch normalisation after every convolution but the last; the paper has none for
   *     generation, and has it for harmonization and editing
   */
  public PyramidGenerator(
      Architecture architecture,
      Weights weights,
      Activation activation,
      Optional<BatchNorm.Settings> norm) {
    this.architecture = architecture;
    this.weights = weights;
    this.activation = activation;
    this.norm = norm;
  }

  /**
   * Builds it, with as many stages as there is noise for.
   *
   * @param noise of the first stage [N, h₀, w₀, 3], of the others [N, hᵢ + 2m, wᵢ + 2m, C] with the
   *     {@link Architecture#margin} m, where (hᵢ, wᵢ) is the size of the stage's image; heights and
   *     widths may be unknown until a run
   * @param amplitudes the factor on the noise of each stage, scalars; the first is not used
   * @return the image of the last stage [N, h, w, 3] in [−1, 1]
   */
  public Operand<TFloat32> apply(
      Ops tf, List<Operand<TFloat32>> noise, List<Operand<TFloat32>> amplitudes) {
    Operand<TFloat32> features = first(tf, noise.get(0));
    for (int stage = 1; stage < noise.size(); stage++) {
      features = next(tf, stage, features, noise.get(stage), amplitudes.get(stage));
    }
    return image(tf, features);
  }

  /** {@inheritDoc} Its noise has three channels. */
  @Override
  public Operand<TFloat32> first(Ops tf, Operand<TFloat32> noise) {
    return head(tf.withSubScope("Head"), noise);
  }

  @Override
  public Operand<TFloat32> next(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude) {
    Ops scope = tf.withSubScope("Stage" + stage);
    Operand<TFloat32> scaled = scope.math.mul(noise, amplitude);
    return PyramidMaps.isKnown(noise)
        ? grown(scope, stage, before, scaled)
        : grownAsRun(scope, stage, before, scaled);
  }

  @Override
  public Operand<TFloat32> image(Ops tf, Operand<TFloat32> features) {
    Ops tail = tf.withSubScope("Tail");
    return tail.math.tanh(PyramidConv.same(tail, weights.in("tail"), features, IMAGE_CHANNELS));
  }

  /** {@inheritDoc} The tail reads a pixel. */
  @Override
  public Operand<TFloat32> imagePart(Ops tf, Operand<TFloat32> features, Operand<TInt32> zeros) {
    Ops tail = tf.withSubScope("TailPart");
    Operand<TFloat32> padded = channelsOf(tail, tail.pad(features, zeros, tail.constant(0f)));
    return tail.math.tanh(PyramidConv.valid(tail, weights.in("tail"), padded, IMAGE_CHANNELS));
  }

  @Override
  public Operand<TFloat32> part(
      Ops tf,
      int stage,
      Operand<TFloat32> before,
      Operand<TFloat32> noise,
      Operand<TFloat32> amplitude,
      Part part) {
    Ops scope = tf.withSubScope("Part" + stage);
    Operand<TFloat32> input =
        scope.math.add(
            Bicubic.sample(scope, Grid.CORNERS, before, part.inputRows(), part.inputColumns()),
            scope.math.mul(noise, amplitude));
    Operand<TFloat32> padded = scope.pad(input, part.zeros(), scope.constant(0f));
    return scope.math.add(
        body(scope.withSubScope("Body"), stage, channelsOf(scope, padded)),
        Bicubic.sample(scope, Grid.CORNERS, before, part.rows(), part.columns()));
  }

  private Operand<TFloat32> head(Ops tf, Operand<TFloat32> noise) {
    Weights place = weights.in("head");
    Operand<TFloat32> features =
        PyramidConv.activated(
            tf,
            place,
            norm,
            activation,
            PyramidConv.same(tf, place, noise, architecture.channels()));
    int padding = architecture.layers();
    if (architecture.borders() == Borders.NOISE) {
      // The reference enlarges by a pixel on each side and pads the others.
      features = PyramidMaps.wider(tf, features);
      padding--;
    }
    return body(
        tf.withSubScope("Body"), 0, channelsOf(tf, PyramidMaps.padded(tf, features, padding)));
  }

  /** bodyᵢ(up(x) + noise) + up(x), both enlargements of the same features. */
  private Operand<TFloat32> grown(
      Ops tf, int stage, Operand<TFloat32> before, Operand<TFloat32> noise) {
    int margin = architecture.margin();
    int height = PyramidMaps.side(noise, 1) - 2 * margin;
    int width = PyramidMaps.side(noise, 2) - 2 * margin;
    Operand<TFloat32> enlarged = Bicubic.resize(tf, Grid.CORNERS, before, height, width);
    Operand<TFloat32> input =
        margin == 0
            ? PyramidMaps.padded(tf, tf.math.add(enlarged, noise), architecture.layers())
            : tf.math.add(
                Bicubic.resize(tf, Grid.CORNERS, before, height + 2 * margin, width + 2 * margin),
                noise);
    return tf.math.add(body(tf.withSubScope("Body"), stage, input), enlarged);
  }

  /** The same where the sizes are known in a run alone. */
  private Operand<TFloat32> grownAsRun(
      Ops tf, int stage, Operand<TFloat32> before, Operand<TFloat32> noise) {
    Operand<TInt32> outer = tf.constant(2 * architecture.margin());
    Operand<TInt32> noiseHeight = PyramidMaps.sideAsRun(tf, noise, 1);
    Operand<TInt32> noiseWidth = PyramidMaps.sideAsRun(tf, noise, 2);
    Operand<TFloat32> enlarged =
        Bicubic.resize(
            tf,
            Grid.CORNERS,
            before,
            tf.math.sub(noiseHeight, outer),
            tf.math.sub(noiseWidth, outer));
    Operand<TFloat32> input =
        architecture.margin() == 0
            ? PyramidMaps.padded(tf, tf.math.add(enlarged, noise), architecture.layers())
            : tf.math.add(Bicubic.resize(tf, Grid.CORNERS, before, noiseHeight, noiseWidth), noise);
    return tf.math.add(body(tf.withSubScope("Body"), stage, channelsOf(tf, input)), enlarged);
  }

  private Operand<TFloat32> body(Ops tf, int stage, Operand<TFloat32> x) {
    Operand<TFloat32> features = x;
    for (int layer = 0; layer < architecture.layers(); layer++) {
      Ops scope = tf.withSubScope("Conv" + layer);
      Weights place = weights.in("body_" + stage).in("conv_" + layer);
      features =
          PyramidConv.layer(scope, place, norm, activation, features, architecture.channels());
    }
    return features;
  }

  private Operand<TFloat32> channelsOf(Ops tf, Operand<TFloat32> x) {
    return PyramidMaps.withChannels(tf, x, architecture.channels());
  }
}
