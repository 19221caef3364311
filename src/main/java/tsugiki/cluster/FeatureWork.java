package tsugiki.cluster;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.features.PartFeatures;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Computes features of images by a frozen network.
 *
 * @param network which
 */
record FeatureWork(Network network) implements PartWork<ImagesPart, FeatureWork.Rows> {
  private static final KeptOpen<Network, PartFeatures> OPEN = new KeptOpen<>(Network::open);

  /**
   * A network on every machine.
   *
   * @param name as the command line has it, with its path absolute
   * @param taps its layers whose features are wanted
   * @param digest of its weights; null where it is not known
   * @param batch images per run
   * @param session of the network
   */
  record Network(String name, List<String> taps, String digest, int batch, BulkSession session)
      implements Serializable {
    private PartFeatures open() {
      List<FrozenNetwork> networks =
          taps.stream().map(tap -> FrozenNetworks.open("⟨network⟩", name, tap)).toList();
      Optional<String> own = networks.get(0).weightsDigest();
      if (digest != null && !own.equals(Optional.of(digest))) {
        throw new BadInputException(
            "⟨network⟩ %s has other weights here; bring the same ones to all machines"
                .formatted(name));
      }
      FeaturePipeline.Settings settings =
          FeaturePipeline.Settings.defaults().withBatch(batch).withRuns(1);
      return new PartFeatures(networks, settings.withSession(session.settings()));
    }
  }

  /**
   * The features of a part.
   *
   * @param images how many
   * @param values [images, D] of each tap
   */
  record Rows(int images, List<float[]> values) implements Serializable {}

  @Override
  public Rows of(ImagesPart part) {
    try (KeptOpen<Network, PartFeatures>.Lease open = OPEN.lease(network)) {
      List<Features> features = part.with(open.value()::of);
      return new Rows(features.get(0).count(), features.stream().map(Features::toArray).toList());
    }
  }
}
