package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void theFormerFileStaysUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write('n');
          out.flush();
          assertThat(file).hasContent("old");
          out.write('o');
        });

    assertThat(file).hasContent("no");
  }

  @Test
  void aFailureKeepsTheFormerFileAndRemovesTheTemporaryOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("disk full");
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** The disk that refuses is then another one, and so is what to do. */
  @Test
  void aFailureOfAnotherFileIsNotCalledOneOfThisFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    UncheckedIOException other =
        new UncheckedIOException(new NoSuchFileException(folder.resolve("image.png").toString()));

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw other;
                    }))
        .isSameAs(other);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(file).hasContent("old");
  }

  @Test
  void sentenceForAFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    assertThatThrownBy(() -> AtomicFile.write(file.resolve("b.txt"), out -> out.write(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("Cannot make the folder");
  }
}
