package tsugiki.features;

import java.util.Optional;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.WeightsFile;

/**
 * Describes the features that a comparison rests on, and whether scores on them compare with
 * published ones.
 *
 * @param words the network, its tap and how images come to its size; or that files gave them
 * @param origin where they come from
 */
public record FeatureProtocol(String words, Origin origin) {
  /** The length of {@code pool_3}, of which published scores are made. */
  private static final int POOL_3 = 2048;

  /** Where features come from. */
  public enum Origin {
    /** The Inception network of 2015-12-05 with its published weights. */
    OFFICIAL,
    /** The same network with weights that are not known to be the published ones. */
    UNPUBLISHED_WEIGHTS,
    /** Another network. */
    OTHER_NETWORK,
    /** A file, whatever made it. */
    FILE
  }

  /** Features that files gave. */
  public static FeatureProtocol ofFiles() {
    return new FeatureProtocol("as the files give them", Origin.FILE);
  }

  /** Features that a network computes, with weights as identified, if they are. */
  public static FeatureProtocol of(FrozenNetwork network, Optional<WeightsFile> weights) {
    if (!network.classScore().equals("is")) {
      return new FeatureProtocol(network.protocol(), Origin.OTHER_NETWORK);
    }
    boolean published = weights.isPresent() && weights.get().published();
    return new FeatureProtocol(
        network.protocol(), published ? Origin.OFFICIAL : Origin.UNPUBLISHED_WEIGHTS);
  }

  /**
   * The same where a file, which does not say whose features it holds, gives one of the two sides:
   * the official features are then not known to be compared with their like.
   */
  public FeatureProtocol besideFile() {
    return origin == Origin.OFFICIAL ? new FeatureProtocol(words, Origin.FILE) : this;
  }

  /**
   * What keeps FID and KID from comparison with published ones, in a sentence; empty where nothing
   * does.
   *
   * @param dimensions D
   */
  public Optional<String> limits(int dimensions) {
    if (dimensions != POOL_3 || origin == Origin.OTHER_NETWORK) {
      return Optional.of(
          "fid, kid: %d numbers per image, and not the 2,048 of pool_3 of the 2015 Inception network: not comparable with published FID and KID."
              .formatted(dimensions));
    }
    return switch (origin) {
      case FILE ->
          Optional.of(
              "fid, kid: comparable with published ones only if the %d numbers per image are pool_3 of the 2015 Inception network, which a file does not say."
                  .formatted(dimensions));
      case UNPUBLISHED_WEIGHTS ->
          Optional.of(
              "fid, kid: the weights' SHA-256 is not that of the published 2015 Inception network: not comparable with published FID and KID.");
      default -> Optional.empty();
    };
  }
}
