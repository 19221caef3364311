package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

  private static final int WRITERS = 8;

  private static String text(int writer) {
    return String.valueOf(writer).repeat(100_000);
  }

  @Test
  void allWhoWriteOneFileAtOnceSucceedAndItIsWhole() throws Exception {
    Path file = place.resolve("options.json");
    for (int round = 0; round < 5; round++) {
      List<Future<Boolean>> written =
          AtOnce.run(
              WRITERS,
              writer ->
                  () -> {
                    DurableFolder.write(file, text(writer));
                    return true;
                  });
      for (Future<Boolean> writer : written) {
        assertThat(writer.get()).isTrue();
      }
      assertThat(Files.readString(file))
          .isIn(IntStream.range(0, WRITERS).mapToObj(DurableFolderTest::text).toList());
      assertThat(place.toFile().list()).containsExactly("options.json");
    }
  }

  @Test
  void oneOfThoseWhoMakeAFileAtOnceMakesIt() throws Exception {
    Path file = place.resolve("inputs.json");
    List<Future<Boolean>> made =
        AtOnce.run(WRITERS, writer -> () -> DurableFolder.writeNew(file, text(writer)));
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      if (made.get(i).get()) {
        winners.add(i);
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(Files.readString(file)).isEqualTo(text(winners.get(0)));
    assertThat(DurableFolder.writeNew(file, "later")).isFalse();
    assertThat(place.toFile().list()).containsExactly("inputs.json");
  }

  @Test
  void aFolderThatIsNotThereHasNoDrafts() {
    Path none = place.resolve("none");
    DurableFolder.removeDrafts(none);
    assertThat(none).doesNotExist();
  }
}
