package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.SavedModelWriter.Precision;

class ModelFolderTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void write() {
    model = folder.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
  }

  @Test
  void aCopyWithinTheModelIsRefused() throws IOException {
    String[] before = model.toFile().list();
    Path link = Files.createSymbolicLink(folder.resolve("link"), model);
    for (Path within : new Path[] {model.resolve("a/copy"), link.resolve("copy")}) {
      refuses(() -> ModelFolder.copy(model, within, Optional.empty()), within);
      refuses(() -> ModelFolder.copy(link, within, Optional.empty()), within);
      refuses(() -> ModelFolder.serve(model, within, Optional.empty()), within.resolve("1"));
    }
    refuses(() -> ModelFolder.serve(model, model, Optional.empty()), model.resolve("1"));
    assertThat(model.toFile().list()).containsExactlyInAnyOrder(before);
  }

  private static void refuses(ThrowingCallable copy, Path target) {
    assertThatThrownBy(copy)
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(target + " lies in the model's own folder ");
  }

  @Test
  void aModelMayBeReplacedByItsCopyWithAnotherCard() {
    ModelFolder.copy(model, model, Optional.of(card -> "changed"));
    assertThat(model.resolve("card.md")).hasContent("changed");
    assertThat(model.resolve("saved_model.pb")).isRegularFile();
  }

  @Test
  void aLinkToAModelIsCopiedAsTheModel() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("best"), model);
    Path copy = folder.resolve("copy");
    ModelFolder.copy(link, copy, Optional.empty());
    assertThat(copy).isDirectory();
    assertThat(Files.isSymbolicLink(copy)).isFalse();
    assertThat(copy.resolve("saved_model.pb"))
        .hasSameBinaryContentAs(model.resolve("saved_model.pb"));
  }

  /** The second is served while the first has chosen its number and has not copied yet. */
  @Test
  void ofTwoAtOnceEachGetsAVersion() {
    Path base = folder.resolve("served");
    Path[] second = new Path[1];
    Path first =
        ModelFolder.serve(
            model,
            base,
            Optional.of(
                card -> {
                  second[0] = ModelFolder.serve(model, base, Optional.empty());
                  return "the first";
                }));
    assertThat(second[0]).isEqualTo(base.resolve("1"));
    assertThat(first).isEqualTo(base.resolve("2"));
    assertThat(base.toFile().list()).containsExactlyInAnyOrder("1", "2");
    assertThat(first.resolve("card.md")).hasContent("the first");
    assertThat(second[0].resolve("card.md")).hasSameBinaryContentAs(model.resolve("card.md"));
  }
}
