package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.SavedModelWriter.Precision;

class StoredGeneratorTest {
  private static TinyGenerator tiny;

  @TempDir Path folder;
  private Path model;
  private Path json;

  @BeforeAll
  static void make() {
    tiny = TinyGenerator.make();
  }

  @BeforeEach
  void write() {
    model = folder.resolve("model");
    json = model.resolve("assets.extra/tsugiki.json");
    tiny.writer(Precision.HALF).write(model);
  }

  @Test
  void givesArchitectureNamesAndWeights() {
    StoredGenerator opened = StoredGenerator.open(model);
    assertThat(opened.architecture()).isEqualTo(tiny.architecture());
    Map<String, float[]> weights = opened.weights();
    assertThat(weights).containsOnlyKeys(tiny.values().keySet());
    weights.forEach(
        (name, values) ->
            assertThat(values)
                .as(name)
                .containsExactly(tiny.values().get(name), Offset.offset(1e-3f)));
    String statistics = "generator/block_0/norm_1/variance";
    assertThat(weights.get(statistics)).containsExactly(tiny.values().get(statistics));
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path none = folder.resolve("none");
    refuses(none, "no such folder");
    Files.createDirectory(none);
    refuses(none, "assets.extra/tsugiki.json");
  }

  @Test
  void refusesADraftThatACrashLeft() throws IOException {
    Files.delete(model.resolve("saved_model.pb"));
    refuses(model, "saved_model.pb");
  }

  @Test
  void refusesBrokenJson() throws IOException {
    edit(text -> text.substring(0, text.length() / 2));
    refuses(model, "tsugiki.json");
    Files.writeString(json, "");
    refuses(model, "tsugiki.json");
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    edit(text -> text.replace("\"format\" : 1", "\"format\" : 2"));
    refuses(model, "format version 2");
  }

  @Test
  void refusesAnotherKind() throws IOException {
    edit(text -> text.replace("\"biggan\"", "\"pyramid\""));
    refuses(model, "pyramid");
  }

  @Test
  void refusesAnArchitectureThatDoesNotFit() throws IOException {
    edit(text -> text.replace("\"size\" : 32", "\"size\" : 48"));
    refuses(model, "48");
    tiny.writer(Precision.HALF).write(model);
    edit(text -> text.replace("\"chunk\" : 20,", ""));
    refuses(model, "chunk");
    tiny.writer(Precision.HALF).write(model);
    edit(text -> text.replace("\"tulip\",", ""));
    refuses(model, "2 class names");
  }

  @Test
  void refusesMissingWeights() throws IOException {
    edit(text -> text.replace("generator/linear/kernel", "generator/linear/other"));
    refuses(model, "generator/linear/other");
    Files.delete(model.resolve("variables/variables.index"));
    refuses(model, "variables.index");
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    String text = Files.readString(json);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(json, changed);
  }

  private static void refuses(Path directory, String word) {
    assertThatThrownBy(() -> StoredGenerator.open(directory))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(word)
        .hasMessageNotContaining("\n");
  }
}
