package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.model.WeightsFile;

class PublishedWeightsTest {
  /** Of "abc", the first example of FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void otherFilesHaveTheirSumAndAreNotPublished() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "abc");
    Path ab = Files.writeString(folder.resolve("ab"), "ab");
    Path c = Files.writeString(folder.resolve("c"), "c");
    WeightCache cache = new WeightCache(folder);
    assertThat(PublishedWeights.identify(List.of(one), cache))
        .isEqualTo(new WeightsFile(ABC, false));
    assertThat(PublishedWeights.identify(List.of(ab, c), cache))
        .isEqualTo(new WeightsFile(ABC, false));
  }

  @Test
  void theFileOfAFetchedArchiveIsPublished() throws IOException {
    WeightCache cache = new WeightCache(folder);
    Path graph = cache.file(Publication.INCEPTION);
    Files.createDirectories(graph.getParent());
    Files.writeString(graph, "abc");
    assertThat(PublishedWeights.identify(List.of(graph), cache).published()).isFalse();
    cache.record(folder.resolve(Publication.INCEPTION.file()), ABC);
    assertThat(PublishedWeights.identify(List.of(graph), cache).published()).isTrue();
  }
}
