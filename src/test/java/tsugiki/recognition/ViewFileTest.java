package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.InUseException;

class ViewFileTest {
  @TempDir private Path folder;

  /** A step is finished although its training is interrupted. */
  @Test
  void rowsAreWrittenAndReadInAThreadThatIsInterrupted() {
    try (ViewFile file = new ViewFile(folder.resolve("views.bin"), 3)) {
      Thread.currentThread().interrupt();
      try {
        file.add(new byte[] {1}, new byte[] {2, 3});
        file.add(new byte[] {4, 5, 6});
        assertThat(file.row(0).array()).containsExactly(1, 2, 3);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(file.row(1).array()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void aFileThatIsOpenCanBeOpenedLater() {
    Path path = folder.resolve("views.bin");
    try (ViewFile file = new ViewFile(path, 3)) {
      file.add(new byte[3]);
      assertThatThrownBy(() -> new ViewFile(path, 3))
          .isInstanceOf(InUseException.class)
          .hasMessageContaining("is open in another process");
    }
    try (ViewFile file = new ViewFile(path, 3)) {
      assertThat(file.count()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatCouldNotBeOpenedIsNotInUse() throws IOException {
    Path path = Files.createDirectory(folder.resolve("views.bin"));
    assertThatThrownBy(() -> new ViewFile(path, 3)).isInstanceOf(UncheckedIOException.class);
    Files.delete(path);
    try (ViewFile file = new ViewFile(path, 3)) {
      assertThat(file.count()).isZero();
    }
  }

  @Test
  void whatABrokenProcessLeftOfARowIsWrittenAgain() throws IOException {
    Path path = Files.write(folder.resolve("views.bin"), new byte[] {1, 2, 3, 9});
    try (ViewFile file = new ViewFile(path, 3)) {
      assertThat(file.count()).isEqualTo(1);
      file.add(new byte[] {4, 5, 6});
      assertThat(file.count()).isEqualTo(2);
      assertThat(file.row(1).array()).containsExactly(4, 5, 6);
      Files.write(path, new byte[] {1}, StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(() -> file.row(1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("end in row 1");
    }
  }
}
