package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.pretrained.FileServer;
import tsugiki.pretrained.PublishedFile;

class FetchCommandTest {
  @TempDir private Path folder;
  private final FileServer server = new FileServer("weights".getBytes(StandardCharsets.US_ASCII));

  @AfterEach
  void stop() {
    server.close();
  }

  private Program fetch(String path, Object... words) {
    PublishedFile tiny =
        new PublishedFile("tiny", "seven bytes", server.at(path), "tiny.bin", 7, "", "", "");
    return Program.fetch(tiny, folder, words);
  }

  @Test
  void fetchesOnceAndTellsIt() throws IOException {
    Path json = folder.resolve("result.json");
    assertThat(fetch("/file", "tiny", "--json", json).succeeds().out())
        .contains("tiny.bin", "this first download was trusted", "SHA-256 ");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.required("name").asText()).isEqualTo("tiny");
    assertThat(result.required("file").asText()).endsWith("tiny.bin");
    assertThat(result.required("download").required("bytes").asLong()).isEqualTo(7);
    assertThat(result.required("download").required("sha256").asText()).hasSize(64);
    assertThat(result.required("download").required("trusted").asBoolean()).isTrue();
    assertThat(fetch("/file", "tiny").succeeds().out()).contains("is there already");
    assertThat(fetch("/file", "tiny", "--force").succeeds().out()).contains("checked: SHA-256");
  }

  @Test
  void aChecksumThatTheUserKnowsIsChecked() {
    String sum = Hashing.sha256().hashString("weights", StandardCharsets.US_ASCII).toString();
    String other = sum.replace(sum.charAt(0), sum.charAt(0) == '0' ? '1' : '0');
    Path file = folder.resolve("tiny.bin");
    fetch("/file", "tiny", "--sha256", other)
        .refuses(file, "has the SHA-256 " + sum + " where " + other + " is expected");
    fetch("/file", "tiny", "--sha256", "abc")
        .refuses(file, "--sha256 is abc; give all 64 hexadecimal digits");
    assertThat(fetch("/file", "tiny", "--sha256", sum).succeeds().out())
        .contains("checked: SHA-256 " + sum)
        .doesNotContain("trusted");
    Program published = Program.run("fetch", "vgg16-torch", "--sha256", sum);
    assertThat(published.err()).contains("the publisher of vgg16-torch gives 397923af");
    assertThat(published.exitCode()).isEqualTo(2);
  }

  @Test
  void withoutANameItTellsWhatThereIs() {
    assertThat(fetch("/file").succeeds().out()).contains("tiny", "seven bytes");
    assertThat(fetch("/file", "--json", "-").out()).startsWith("{").contains("\"name\" : \"tiny\"");
    assertThat(Program.run("fetch").succeeds().out())
        .contains("inception ", "inception-torch ", "inception-torchvision ", "vgg16 ", "lpips ");
  }

  @Test
  void flagsOfADownloadNeedItsName() {
    Path none = folder.resolve("tiny.bin");
    fetch("/file", "--force").refuses(none, "--force needs the NAME of what is fetched");
    fetch("/file", "--sha256", "abc").refuses(none, "--sha256 needs the NAME");
  }

  @Test
  void whatCannotBeFetchedIsOneSentence() {
    fetch("/file", "vgg19")
        .refuses(folder.resolve("vgg19"), "does not know vgg19; give one of tiny");
    fetch("/none", "tiny").refuses(folder.resolve("tiny.bin"), "answers with HTTP 404");
  }
}
