package tsugiki.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class InceptionArchiveTest {
  private static final String GRAPH = "classify_image_graph_def.pb";
  private static final String[] WHOLE = {
    GRAPH, "imagenet_synset_to_human_label_map.txt", "imagenet_2012_challenge_label_map_proto.pbtxt"
  };

  @TempDir private Path folder;

  @Test
  void takesTheFilesThatAreWantedAndNoOther() throws IOException {
    Path archive = write(archive("LICENSE", WHOLE[0], "cropped_panda.jpg", WHOLE[1], WHOLE[2]));
    Path to = folder.resolve("inception");
    InceptionArchive.unpack(archive, to);
    assertThat(to.resolve(GRAPH)).hasContent("content of " + GRAPH);
    assertThat(to.toFile().list()).hasSize(4).doesNotContain("cropped_panda.jpg");
  }

  @Test
  void nothingLeavesTheFolder() throws IOException {
    Path archive =
        write(archive("../../" + GRAPH, "/tmp/" + WHOLE[1], WHOLE[2], "../evil", "./a/../../b"));
    InceptionArchive.unpack(archive, folder.resolve("in/inception"));
    assertThat(folder.resolve("in/inception").toFile().list()).hasSize(3);
    assertThat(folder.resolve("in").toFile().list()).containsExactly("inception");
    assertThat(folder.resolve(GRAPH)).doesNotExist();
  }

  @Test
  void aLinkIsNoFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry link = new TarArchiveEntry(GRAPH, TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    refuses(bytes.toByteArray(), "lacks " + GRAPH);
  }

  @Test
  void damageAndOtherFilesAreOneSentence() throws IOException {
    byte[] whole = archive(WHOLE);
    refuses(Arrays.copyOf(whole, whole.length / 2), "cannot be unpacked");
    refuses(new byte[100], "cannot be unpacked");
    refuses(archive("readme.txt"), "lacks classify_image_graph_def.pb, imagenet_2012");
  }

  private void refuses(byte[] bytes, String words) throws IOException {
    Path archive = write(bytes);
    Path to = folder.resolve("inception");
    assertThatThrownBy(() -> InceptionArchive.unpack(archive, to))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(archive.toString(), words, "fetch it again");
    assertThat(folder.toFile().list()).as("no draft is left").containsExactly("a.tgz");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.tgz"), bytes);
  }

  /** A packed archive of files that say what they are. */
  static byte[] archive(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : names) {
        byte[] content = ("content of " + name.substring(name.lastIndexOf('/') + 1)).getBytes();
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
