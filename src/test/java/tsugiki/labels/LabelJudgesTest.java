package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;

class LabelJudgesTest {
  @TempDir private Path folder;

  @Test
  void oneJudgeHasThePlainNames() {
    assertThat(LabelJudges.open(List.of("starter"), List.of()).scores())
        .containsExactly("fid", "kid", "starter_class_score", "diversity", "spacing");
  }

  @Test
  void everyJudgeHasItsOwnColumnsAndThoseOfTheTapsThatItKnows() {
    String blind = judge("blind/model", List.of("all"));
    LabelJudges judges =
        LabelJudges.open(List.of("starter", "digits", blind), List.of("features", "probabilities"));
    assertThat(judges.scores())
        .containsExactly(
            "fid_starter_features",
            "kid_starter_features",
            "fid_starter_probabilities",
            "kid_starter_probabilities",
            "starter_class_score",
            "diversity_starter",
            "spacing_starter",
            "fid_digits_features",
            "kid_digits_features",
            "fid_digits_probabilities",
            "kid_digits_probabilities",
            "digits_class_score",
            "diversity_digits",
            "spacing_digits",
            "fid_starter_blind_features",
            "kid_starter_blind_features",
            "fid_starter_blind_probabilities",
            "kid_starter_blind_probabilities",
            "starter_blind_class_score",
            "diversity_starter_blind",
            "spacing_starter_blind");
    assertThat(judges.byWord().get("starter").classes()).isPresent();
    assertThat(judges.byWord().get("starter_blind").classes())
        .as("one class tells nothing apart")
        .isEmpty();
  }

  @Test
  void judgesOfOneNameAreCounted() {
    List<String> names =
        List.of(judge("a/model", List.of("x", "y")), judge("b/a/model", List.of("x", "y")));
    assertThat(LabelJudges.open(names, List.of()).byWord())
        .containsOnlyKeys("starter_a", "starter_a_2");
  }

  /** Its columns are not to be taken for those of the network that ships. */
  @Test
  void aStarterOfAnotherRunHasThatRunsName() {
    List<String> names = List.of("digits", judge("blind/model", List.of("all")));
    assertThat(LabelJudges.open(names, List.of()).byWord())
        .containsOnlyKeys("digits", "starter_blind");
  }

  @Test
  void aTapThatNoJudgeHasIsNamed() {
    assertThatThrownBy(
            () -> LabelJudges.open(List.of("starter", "digits"), List.of("features", "768")))
        .isInstanceOf(BadInputException.class)
        .hasMessage("taps has 768, which none of the networks of judge has; leave it out");
  }

  private String judge(String below, List<String> classes) {
    ImageSet images = PaintedShapes.images(1, 16);
    Path model = folder.resolve(below);
    UntrainedFeatureNetwork.write(model, images, classes);
    return "starter:" + model;
  }
}
