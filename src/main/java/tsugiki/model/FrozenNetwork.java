package tsugiki.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weights;

/**
 * A pre-trained network whose weights stay as they are: perceptual losses, projected discriminators
 * and scores take its maps or features.
 */
public interface FrozenNetwork {
  /**
   * Its maps at the images' own size.
   *
   * @param weights where its variables are: untrained, filled by {@link #fill}
   * @param images [N, S, S, 3] in [−1, 1], S known
   * @return maps [N, H, W, C], fine ones first
   */
  List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images);

  /**
   * The features that scores are made of, by the network's protocol.
   *
   * @param pixels [N, H, W, 3], RGB from 0 to 255; H and W may be unknown while the graph is built
   * @return [N, D]
   */
  Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels);

  /**
   * This network, with the same weights, and the features after another of its layers.
   *
   * @param tap the layer's word, such as {@code 768} or {@code probabilities}
   * @throws BadInputException if it has no such layer, or its weights end before it
   */
  default FrozenNetwork withTap(String tap) {
    throw new BadInputException(
        "⟨tap⟩ is %s, but the network %s has one kind of features; leave it out"
            .formatted(tap, name()));
  }

  /** Whether one pass through this network gives the features of the other, too. */
  default boolean sharesPassWith(FrozenNetwork other) {
    return equals(other);
  }

  /**
   * The features of several networks by one pass through this one.
   *
   * @param networks each of which {@link #sharesPassWith} this one
   * @param pixels as in {@link #features(Ops, Weights, Operand)}
   * @return [N, D] for each network, in order
   */
  default List<Operand<TFloat32>> features(
      Ops tf, Weights weights, Operand<TFloat32> pixels, List<FrozenNetwork> networks) {
    return Collections.nCopies(networks.size(), features(tf, weights, pixels));
  }

  /**
   * Puts its weights into a session and computes what follows from them; call it once, after
   * everything is built.
   */
  void fill(Session session, Weights weights);

  /**
   * What it is called in tables and among metrics: its name on the command line without the
   * weights.
   */
  String name();

  /** What {@link #features} are, in a few words. */
  String protocol();

  /** Its weights' digest, and whether they are the published ones; reads the whole file. */
  default Optional<WeightsFile> weightsFile() {
    return weightsDigest().map(digest -> new WeightsFile(digest, published()));
  }

  /**
   * The SHA-256 of the file that its weights come from. Of several files it is the SHA-256 of the
   * lines that {@code sha256sum} prints for them.
   *
   * @return 64 hexadecimal digits; empty where the weights are in no file
   */
  default Optional<String> weightsDigest() {
    return Optional.empty();
  }

  /** Whether its weights are, byte for byte, those that were published. */
  default boolean published() {
    return false;
  }

  /**
   * Whose labels it was trained with, in a few words: a judge that has seen the labels of the
   * images that it judges is not a blind one. Empty where it saw none, or where that is not known.
   */
  default Optional<String> labelsSeen() {
    return Optional.empty();
  }

  /**
   * The names of the classes in the order of the numbers, where {@link #features} are one number a
   * class and their names are known; else none.
   */
  default List<String> classNames() {
    return List.of();
  }

  /** How many classes there are, where {@link #features} are one number a class; else 0. */
  default int classes() {
    return classNames().size();
  }

  /**
   * What a score made of class probabilities by the Inception Score's formula is called: {@code is}
   * on the weights of that score, another name on others.
   */
  default String classScore() {
    String kind = name().contains(":") ? name().substring(0, name().indexOf(':')) : name();
    return kind.replace('-', '_') + "_class_score";
  }

  /**
   * The factor that every map's term of a perceptual loss has by the reference of the graft
   * (Noguchi and Harada 2019), where it is this network that the factor was chosen for; otherwise
   * empty, and the terms are balanced by their size at the start.
   */
  default OptionalDouble perceptualFactor() {
    return OptionalDouble.empty();
  }
}
