package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFolderTest {
  @TempDir Path place;

  @Test
  void aPlaceThatAnotherTookIsNotTakenAgain() throws IOException {
    Path taken = Files.createDirectory(place.resolve("1"));
    Files.writeString(taken.resolve("a.txt"), "another's");
    try (DurableFolder folder = DurableFolder.create(taken)) {
      Files.writeString(folder.draft().resolve("a.txt"), "ours");
      assertThat(folder.publishNew(taken)).isFalse();
      assertThat(folder.publishNew(place.resolve("2"))).isTrue();
    }
    assertThat(taken.resolve("a.txt")).hasContent("another's");
    assertThat(place.resolve("2/a.txt")).hasContent("ours");
    assertThat(place.toFile().list()).containsExactlyInAnyOrder("1", "2");
  }
}
