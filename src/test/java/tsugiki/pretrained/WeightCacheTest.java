package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
