package tsugiki.graft;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a graft trains inside the generator, beside the latent vectors, the class embedding and the
 * first map.
 */
public enum GraftMethod {
  /**
   * Adaptive grouped point-wise layers after every normalisation (Takeda and Yanai); the generator
   * is frozen whole.
   */
  POINT_WISE(name -> false),
  /** The generator's own class-conditional gains and biases (Noguchi and Harada 2019). */
  SCALE_SHIFT(GraftMethod::gainOrBias),
  /**
   * The same under spectral normalisation, as the reference trains them: every kernel keeps the
   * norm that the rootstock's has. The reference also trains the first layer, its bias at the full
   * rate (0.0005) and its kernel at 10⁻⁷; here that layer is frozen.
   */
  SCALE_SHIFT_SPECTRAL(GraftMethod::gainOrBias);

  private final Predicate<String> ownWeights;

  GraftMethod(Predicate<String> ownWeights) {
    this.ownWeights = ownWeights;
  }

  /**
   * Which weights train: all that the graft adds, and those of the generator that the method takes.
   */
  Predicate<String> trained() {
    return ownWeights.or(name -> name.startsWith("graft/"));
  }

  private static boolean gainOrBias(String weight) {
    return weight.matches("generator/block_\\d+/norm_\\d/(gain|bias)/kernel");
  }

  /** Whether the norm of this weight stays as it is while the weight trains. */
  boolean normalises(String weight) {
    return this == SCALE_SHIFT_SPECTRAL && gainOrBias(weight);
  }

  /** The method of the network that is exported, where the kernels are as they came out. */
  GraftMethod exported() {
    return this == SCALE_SHIFT_SPECTRAL ? SCALE_SHIFT : this;
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
