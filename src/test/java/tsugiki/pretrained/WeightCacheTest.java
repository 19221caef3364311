package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.AtOnce;
import tsugiki.base.BadInputException;

/** The check of cached weights when they are used, and of files wherever they lie. */
class WeightCacheTest {
  @TempDir private Path folder;
  private WeightCache cache;
  private Path graph;

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @BeforeEach
  void fill() throws IOException, GeneralSecurityException {
    cache = new WeightCache(folder);
    graph = cache.file(PublishedFile.INCEPTION);
    Files.createDirectories(graph.getParent());
    Files.writeString(graph, "a graph");
    cache.record(graph, sha256("a graph"));
  }

  @Test
  void aFileThatHasChangedSinceItsDownloadIsRefused() throws Exception {
    assertThat(cache.find(PublishedFile.INCEPTION)).contains(graph);
    Files.writeString(graph, "another graph");
    assertThatThrownBy(() -> cache.find(PublishedFile.INCEPTION))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            graph.toString(), sha256("another graph"), sha256("a graph"), "fetch inception");
  }

  /** Nothing is recorded of a file that was put there by hand. */
  @Test
  void aFileWithAnMd5AloneIsCheckedByItWhereNothingIsRecorded() throws Exception {
    String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(new byte[3]));
    PublishedFile published =
        new PublishedFile("vgg", "", URI.create("https://a/b"), "vgg.h5", 0, "", md5, "");
    Path file = Files.write(folder.resolve("vgg.h5"), new byte[3]);
    assertThat(cache.find(published)).contains(file);
    Files.writeString(file, "another network");
    assertThatThrownBy(() -> cache.find(published))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            file + " has the MD5 ", "where its publisher has " + md5, "fetch vgg");
    cache.record(file, sha256("another network"));
    assertThat(cache.find(published)).as("fetch has checked it").contains(file);
  }

  @Test
  void aFileIsPublishedByItsBytesWhereverItLies() throws IOException {
    Path copy = Files.writeString(folder.resolve("copy.pb"), "a graph");
    Path other = Files.writeString(folder.resolve("other.pb"), "b graph");
    assertThat(cache.isPublished(copy)).isTrue();
    assertThat(cache.isPublished(other)).isFalse();
  }

  @Test
  void theDigestOfSeveralFilesIsThatOfTheirChecksumLines() throws Exception {
    Path a = Files.writeString(folder.resolve("a"), "1");
    Path b = Files.writeString(folder.resolve("b"), "2");
    String lines = sha256("1") + "  a\n" + sha256("2") + "  b\n";
    assertThat(new WeightOrigin(List.of(a, b)).digest()).contains(sha256(lines));
    assertThat(WeightOrigin.of(b).digest()).contains(sha256("2"));
    assertThat(new WeightOrigin(List.of()).digest()).isEmpty();
    assertThat(new WeightOrigin(List.of()).published()).isFalse();
  }

  @Test
  void allWhoRecordOneFileAtOnceSucceed() throws Exception {
    String sha256 = sha256("a graph");
    for (int round = 0; round < 10; round++) {
      List<Future<Boolean>> recorded =
          AtOnce.run(
              8,
              i ->
                  () -> {
                    cache.record(graph, sha256);
                    return true;
                  });
      for (Future<Boolean> each : recorded) {
        assertThat(each.get()).isTrue();
      }
      assertThat(cache.recorded(graph)).contains(sha256);
    }
    String name = graph.getFileName().toString();
    assertThat(graph.getParent().toFile().list()).containsExactlyInAnyOrder(name, name + ".sha256");
  }
}
