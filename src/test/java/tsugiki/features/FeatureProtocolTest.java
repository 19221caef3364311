package tsugiki.features;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tsugiki.features.FeatureProtocol.Origin;

class FeatureProtocolTest {
  private static final int POOL_3 = 2048;

  @Test
  void besideAFileTheOfficialFeaturesAreNotKnownToBeComparedWithTheirLike() {
    FeatureProtocol official = new FeatureProtocol("pool_3", Origin.OFFICIAL);
    assertThat(official.limits(POOL_3)).isEmpty();
    FeatureProtocol beside = official.besideFile();
    assertThat(beside.words()).isEqualTo("pool_3");
    assertThat(beside.limits(POOL_3)).get().asString().contains("which a file does not say");
  }

  @Test
  void whatIsNotComparableAnywayKeepsItsReason() {
    for (Origin origin : new Origin[] {Origin.UNPUBLISHED_WEIGHTS, Origin.OTHER_NETWORK}) {
      FeatureProtocol network = new FeatureProtocol("words", origin);
      assertThat(network.besideFile()).isEqualTo(network);
    }
  }
}
