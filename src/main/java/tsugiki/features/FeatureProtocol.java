package tsugiki.features;

import java.util.Optional;

/**
 * What the features are that a comparison rests on.
 *
 * @param words the network, its tap and how images come to its size; or that files gave them
 * @param inception whether they are of the 2015 Inception network; empty where nobody knows
 */
public record FeatureProtocol(String words, Optional<Boolean> inception) {
  /** The numbers of {@code pool_3}, of which published figures are made. */
  private static final int POOL_3 = 2048;

  /** Features that files gave. */
  public static FeatureProtocol ofFiles() {
    return new FeatureProtocol("as the files give them", Optional.empty());
  }

  /** What keeps FID and KID from comparison with published ones, in a sentence, if anything. */
  public Optional<String> limits(int dimensions) {
    if (dimensions == POOL_3 && inception.orElse(false)) {
      return Optional.empty();
    }
    String whether =
        dimensions == POOL_3 && inception.isEmpty()
            ? "comparable with published figures only if the %d numbers an image are pool_3 of the 2015 Inception network."
            : "%d numbers an image, and not the 2,048 of pool_3 of the 2015 Inception network: not comparable with published FID and KID.";
    return Optional.of("fid, kid: " + whether.formatted(dimensions));
  }
}
