package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.WeightFetcher.FetchedFile;

/** A publication that is an archive, from the server to the file that is wanted of it. */
class WeightFetcherTest {
  private static final String GRAPH = "classify_image_graph_def.pb";

  @TempDir private Path folder;

  private static PublishedFile inception(FileServer server) {
    return new PublishedFile(
        "inception", "", server.at("/file"), "inception.tgz", 0, "", "", "inception/" + GRAPH);
  }

  private static byte[] whole() throws IOException {
    return InceptionArchiveTest.archive(
        GRAPH,
        "imagenet_synset_to_human_label_map.txt",
        "imagenet_2012_challenge_label_map_proto.pbtxt");
  }

  private FetchedFile fetch(FileServer server) {
    return new WeightFetcher(new WeightCache(folder))
        .fetch(inception(server), false, (done, total) -> {});
  }

  @Test
  void theArchiveIsUnpackedOnceAndAgainWhereItIsGone() throws IOException {
    try (FileServer server = new FileServer(whole())) {
      WeightCache cache = new WeightCache(folder);
      assertThat(cache.find(inception(server))).isEmpty();
      assertThatThrownBy(() -> cache.require("network inception", inception(server)))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("run tools/tsugiki fetch inception");

      FetchedFile fetched = fetch(server);

      assertThat(fetched.file()).isEqualTo(folder.resolve("inception/" + GRAPH)).isRegularFile();
      assertThat(cache.require("network inception", inception(server))).isEqualTo(fetched.file());
      Files.delete(fetched.file());
      assertThat(fetch(server).download().downloaded()).isFalse();
      assertThat(fetched.file()).isRegularFile();
      assertThat(server.ranges()).hasSize(1);
    }
  }

  @Test
  void aFirstDownloadThatIsNoArchiveIsNotTrusted() throws IOException {
    try (FileServer server = new FileServer(new byte[50])) {
      assertThatThrownBy(() -> fetch(server))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("inception.tgz cannot be unpacked");
      server.content(whole(), "\"2\"");
      assertThat(fetch(server).file()).isRegularFile();
    }
  }
}
