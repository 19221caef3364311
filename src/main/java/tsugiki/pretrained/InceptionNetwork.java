package tsugiki.pretrained;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionOutput;
import tsugiki.model.InceptionV3;
import tsugiki.model.InceptionV3.Tap;
import tsugiki.model.InceptionVariant;
import tsugiki.model.SpatialNetwork;

/**
 * Inception v3 with published weights.
 *
 * @param name what the command line calls it, without its weights
 * @param weights its weights
 * @param variant whose training they are
 * @param output what its features are
 * @param labels the names of the classes, where they are known
 */
record InceptionNetwork(
    String name,
    InceptionWeights weights,
    InceptionVariant variant,
    InceptionOutput output,
    List<String> labels)
    implements SpatialNetwork {
  private static final Set<InceptionOutput> OF_CLASSES =
      Set.of(InceptionOutput.LOGITS, InceptionOutput.PROBABILITIES);

  /**
   * The least side in pixels at which the map of 768 channels has 3×3 pixels. It has 1×1 from 43
   * pixels on and 2×2 from 59 on, too few to compare places in an image by.
   */
  private static final long LEAST_SIDE_OF_768 = 75;

  /**
   * Every block's map at the images' own size: up to that of 768 channels where it has 3×3 pixels
   * or more, otherwise up to that of 288.
   */
  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights place, Operand<TFloat32> images) {
    Tap last = images.shape().get(1) >= LEAST_SIDE_OF_768 ? Tap.MIXED_768 : Tap.MIXED_288;
    Map<Tap, Operand<TFloat32>> maps =
        new InceptionV3(place, variant).maps(scope(tf), variant.fromUnit(tf, images), last);
    // Its maximum stands for it.
    maps.remove(Tap.CONV_192);
    return List.copyOf(maps.values());
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights place, Operand<TFloat32> pixels) {
    return output.of(scope(tf), new InceptionV3(place, variant), variant.resized(tf, pixels));
  }

  @Override
  public InceptionNetwork withTap(String tap) {
    InceptionOutput other = InceptionOutput.of(tap);
    weights.check(other);
    return new InceptionNetwork(name, weights, variant, other, labels);
  }

  @Override
  public boolean sharesPassWith(FrozenNetwork other) {
    return other instanceof InceptionNetwork that
        && variant == that.variant
        && weights.equals(that.weights);
  }

  @Override
  public List<Operand<TFloat32>> features(
      Ops tf, Weights place, Operand<TFloat32> pixels, List<FrozenNetwork> networks) {
    return InceptionOutput.of(
        scope(tf),
        new InceptionV3(place, variant),
        variant.resized(tf, pixels),
        networks.stream().map(network -> ((InceptionNetwork) network).output()).toList());
  }

  @Override
  public Operand<TFloat32> spatialMap(Ops tf, Weights place, Operand<TFloat32> pixels) {
    return new InceptionV3(place, variant)
        .maps(scope(tf), variant.scaled(tf, pixels), Tap.CONV_192)
        .get(Tap.CONV_192);
  }

  /** A scope of its own, so that several outputs on the same weights fit into one graph. */
  private static Ops scope(Ops tf) {
    return tf.withSubScope("Inception");
  }

  @Override
  public void fill(Session session, Weights place) {
    weights.fill(session, place);
  }

  @Override
  public Optional<String> weightsDigest() {
    return weights.origin().digest();
  }

  @Override
  public boolean published() {
    return weights.origin().published();
  }

  @Override
  public Optional<String> labelsSeen() {
    return Optional.of("ImageNet");
  }

  @Override
  public String protocol() {
    return "%s, each image resized by itself to %d pixels %s, %s"
        .formatted(
            training(),
            InceptionV3.SIDE,
            variant == InceptionVariant.FROZEN_2015
                ? "by TensorFlow 1's bilinear rule"
                : "bilinearly with half-pixel centres",
            output.description(variant));
  }

  @Override
  public String spatialProtocol() {
    return training()
        + ", images at their own size, 192 channels before the second maximum pool, each pixel a"
        + " sample";
  }

  private String training() {
    return switch (variant) {
      case FROZEN_2015 -> "Inception v3 (2015-12-05)";
      case KERAS -> "Inception v3 (Keras' training)";
      case TORCHVISION -> "Inception v3 (torchvision's training)";
    };
  }

  @Override
  public String spatialScore() {
    return switch (variant) {
      case FROZEN_2015 -> "sifid_inception_2015";
      case KERAS -> "sifid_inception_keras";
      case TORCHVISION -> "sifid";
    };
  }

  @Override
  public String classScore() {
    return variant == InceptionVariant.FROZEN_2015 ? "is" : SpatialNetwork.super.classScore();
  }

  @Override
  public List<String> classNames() {
    return OF_CLASSES.contains(output) ? labels : List.of();
  }

  @Override
  public int classes() {
    return OF_CLASSES.contains(output) ? variant.classes() : 0;
  }
}
