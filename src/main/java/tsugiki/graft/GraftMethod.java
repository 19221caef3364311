package tsugiki.graft;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a graft trains inside the generator, beside the latent vectors, the class embedding and the
 * first map.
 */
public enum GraftMethod {
  /**
   * Adaptive grouped point-wise layers after every normalisation (Takeda and Yanai); the generator
   * is frozen whole.
   */
  POINT_WISE("a^"),
  /** The generator's own class-conditional gains and biases (Noguchi and Harada 2019). */
  SCALE_SHIFT("generator/block_\\d+/norm_\\d/(gain|bias)/kernel");

  private final Pattern ownWeights;

  GraftMethod(String ownWeights) {
    this.ownWeights = Pattern.compile(ownWeights);
  }

  /**
   * Which weights train: all that the graft adds, and those of the generator that the method takes.
   */
  Predicate<String> trained() {
    return name -> name.startsWith("graft/") || ownWeights.matcher(name).matches();
  }

  /** The name as it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
