package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.Vgg16;
import tsugiki.model.Vgg16.Depth;
import tsugiki.model.Vgg16.Layer;

/**
 * VGG16 or VGG19 with the weights of a file. VGG16's maps are the ten of Noguchi and Harada 2019,
 * at the images' own size, and VGG19's the twelve up to the same pool; features are taken at 224
 * pixels.
 */
record Vgg16Network(Vgg16Weights file) implements FrozenNetwork {
  /** What VGG16 is called on the command line. */
  static final String NAME = "vgg16";

  /** What VGG19 is called. */
  static final String NAME_19 = "vgg19";

  /** The factor l_per of the reference's configuration. */
  private static final double REFERENCE_FACTOR = 0.001;

  /**
   * With a file's weights.
   *
   * @param file the file, or nothing for what {@code fetch} has put in the cache
   * @param depth which of the two
   */
  static Vgg16Network open(String argument, String file, Depth depth) {
    PublishedFile published = depth == Depth.VGG16 ? PublishedFile.VGG16 : PublishedFile.VGG19;
    Path path =
        file.isEmpty()
            ? WeightCache.ofUser().require(argument + " " + word(depth), published)
            : Path.of(file);
    return new Vgg16Network(Vgg16Weights.open(argument, path, depth));
  }

  /** What a network is called on the command line. */
  static String word(Depth depth) {
    return depth == Depth.VGG16 ? NAME : NAME_19;
  }

  private boolean deep() {
    return file.depth() == Depth.VGG19;
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    return List.copyOf(
        network(weights).maps(tf, images, deep() ? Layer.CONV4_4 : Layer.CONV4_3).values());
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> resized = Resample.bilinear(tf, pixels, Vgg16.SIDE, Vgg16.SIDE);
    Operand<TFloat32> images = unit(tf, resized);
    Layer deepest = deep() ? Layer.CONV5_4 : Layer.CONV5_3;
    Operand<TFloat32> last = network(weights).maps(tf, images, deepest).get(deepest);
    return file.hasDense()
        ? network(weights).denseFeatures(tf, last)
        : Vgg16.pooledFeatures(tf, last);
  }

  /** 0 … 255 to [−1, 1]. */
  static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> pixels) {
    return tf.math.sub(tf.math.mul(pixels, tf.constant(1 / 127.5f)), tf.constant(1f));
  }

  private Vgg16 network(Weights weights) {
    return new Vgg16(weights, file.input(), file.depth());
  }

  @Override
  public void fill(Session session, Weights weights) {
    file.fill(session, weights);
    weights.derive(session);
  }

  @Override
  public String name() {
    return word(file.depth());
  }

  @Override
  public Optional<String> weightsDigest() {
    return WeightOrigin.of(file.file()).digest();
  }

  @Override
  public boolean published() {
    return WeightOrigin.of(file.file()).published();
  }

  @Override
  public Optional<String> labelsSeen() {
    return Optional.of("ImageNet");
  }

  @Override
  public String protocol() {
    String whose = file.input() == Vgg16.Input.CAFFE ? "Caffe's weights" : "torchvision's weights";
    String what =
        file.hasDense()
            ? "second dense layer, 4096 numbers"
            : "mean over the last pool, 512 channels";
    return "%s with %s, each image resized by itself to %d pixels, %s"
        .formatted(file.depth(), whose, Vgg16.SIDE, what);
  }

  @Override
  public OptionalDouble perceptualFactor() {
    return file.input() == Vgg16.Input.CAFFE && !deep()
        ? OptionalDouble.of(REFERENCE_FACTOR)
        : OptionalDouble.empty();
  }
}
