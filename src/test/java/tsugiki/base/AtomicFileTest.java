package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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

    assertThat(failure(file, new IOException("disk full")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("disk full");
    isAsItWas(file);
  }

  @Test
  void whereAFileCouldBeWrittenIsToldWithoutWriting() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(AtomicFile.isWritable(file)).isTrue();
    assertThat(AtomicFile.isWritable(link)).isTrue();
    assertThat(AtomicFile.isWritable(folder.resolve("new/deeper/b.txt"))).isTrue();
    assertThat(AtomicFile.isWritable(Path.of("/dev/null"))).isTrue();
    assertThat(AtomicFile.isWritable(folder)).isFalse();
    assertThat(AtomicFile.isWritable(file.resolve("below"))).isFalse();
    assertThat(folder).isDirectoryContaining(link::equals).isDirectoryNotContaining("glob:**new");
    assertThat(file).hasContent("old");
  }

  /** The disk that refuses is then another one, and so is what to do. */
  @Test
  void aFailureOfAnotherFileIsNotCalledOneOfThisFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    UncheckedIOException other =
        new UncheckedIOException(new NoSuchFileException(folder.resolve("image.png").toString()));

    assertThat(failure(file, other)).isSameAs(other);
    isAsItWas(file);
  }

  /** What is thrown where the body fails after the first byte. */
  private static Throwable failure(Path file, Exception failure) {
    return catchThrowable(
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write('n');
                  Throwables.throwIfInstanceOf(failure, IOException.class);
                  Throwables.throwIfUnchecked(failure);
                }));
  }

  private void isAsItWas(Path file) throws IOException {
    assertThat(file).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aLinkToAFileStaysOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), file);

    AtomicFile.write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("new");
    assertThat(elsewhere.toFile().list()).containsExactly("link");
  }

  /** As root, the devices of the machine could be replaced. */
  @Test
  void aPipeIsWrittenIntoAndNotReplaced() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    // Opened both ways, neither side waits for the other.
    try (FileChannel reader =
        FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      AtomicFile.write(pipe, "new");

      assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
      ByteBuffer read = ByteBuffer.allocate(9);
      assertThat(reader.read(read)).isEqualTo(3);
      assertThat(new String(read.array(), 0, 3, StandardCharsets.UTF_8)).isEqualTo("new");
    }
    assertThat(folder.toFile().list()).containsExactly("pipe");
  }

  @Test
  void sentenceForAFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    assertThatThrownBy(() -> AtomicFile.write(file.resolve("b.txt"), out -> out.write(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("Cannot make the folder");
  }
}
