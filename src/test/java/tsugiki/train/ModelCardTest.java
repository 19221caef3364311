package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelCardTest {
  private static final String GIVEN = "## Licence\n\nOf the training images: CC0\n\n## Training\n";

  private static ModelCard card() {
    return new ModelCard("A model", "{ }").paragraph("It draws.");
  }

  @Test
  void aLicenceThatNobodyGaveIsNotKnown() {
    assertThat(card().markdown())
        .isEqualTo(card().licence("").markdown())
        .contains("\n## Licence\n\nThe licence of the training images is not known");
  }

  @Test
  void aLicenceReplacesTheFormerOneAndNothingElse() {
    String given = card().licence("CC0").markdown();
    assertThat(given).contains("It draws.\n\n" + GIVEN);
    assertThat(ModelCard.licensed(card().markdown(), " CC0 ")).isEqualTo(given);
    assertThat(ModelCard.licensed(card().licence("CC BY $1").markdown(), "CC0")).isEqualTo(given);
  }

  @Test
  void aCardOfOthersGetsASection() {
    assertThat(ModelCard.licensed("# Another\n\nLicence: see there.\n\n", "CC0"))
        .isEqualTo(
            "# Another\n\nLicence: see there.\n\n## Licence\n\nOf the training images: CC0\n");
  }
}
