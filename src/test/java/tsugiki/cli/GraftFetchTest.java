package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tsugiki.data.TestImages;
import tsugiki.pretrained.FileServer;
import tsugiki.pretrained.PublishedFile;
import tsugiki.pretrained.PublishedGenerators;
import tsugiki.pretrained.WeightCache;

/** A published generator that graft fetches from a server and imports. */
@Tag("slow")
class GraftFetchTest {
  private static final Path MODULE =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-tfhub/variables");

  private static final Path S3GAN =
      Path.of("src/test/resources/tsugiki/pretrained/s3gan-tfhub/variables");

  private static final Path DEEP =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-deep-tfhub/module.tar.gz");

  /** Takes one object and nothing after it. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir private Path folder;
  private Path cache;

  @BeforeEach
  void makeImages() {
    cache = folder.resolve("cache");
    TestImages.write(folder.resolve("images"), "a.png", TestImages.png(32, 32, 0xC04020));
  }

  private static byte[] archive(String... names) throws IOException {
    return archive(MODULE, names);
  }

  private static byte[] archive(Path variables, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : names) {
        byte[] content = Files.readAllBytes(variables.resolve(name));
        TarArchiveEntry entry = new TarArchiveEntry("./variables/" + name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Program graft(FileServer server, String name, Object... more) {
    PublishedFile module =
        new PublishedFile(name, "", server.at("/file"), name + ".tar.gz", 0, "", "", "");
    CommandLine line = Tsugiki.commandLine();
    line.getCommandSpec().removeSubcommand("graft");
    line.addSubcommand(
        "graft",
        new GraftCommand(new PublishedGenerators(new WeightCache(cache), List.of(module))));
    List<Object> words = new ArrayList<>(List.of("graft", "--generator", name));
    words.addAll(List.of("--images", folder.resolve("images"), "--group-size", 4, "--batch", 1));
    words.addAll(List.of("--out", folder.resolve("run"), "--dry-run"));
    words.addAll(Arrays.asList(more));
    return Program.run(Tsugiki.configure(line), words.toArray());
  }

  @Test
  void theFirstUseFetchesAndImportsAndBothStay() throws IOException {
    byte[] module = archive("variables.index", "variables.data-00000-of-00001");
    try (FileServer server = new FileServer(module)) {
      Program first = graft(server, "biggan-32", "--json", "-");
      assertThat(first.exitCode()).as(first.err()).isZero();
      JsonNode result = JSON.readTree(first.out());
      assertThat(result.at("/options/generator").asText()).endsWith("biggan-32");
      assertThat(first.err())
          .contains(
              "biggan-32 is not imported yet; its archive comes from the cache, or from "
                  + server.at("/file"))
          .contains("(%.1f MB, SHA-256 ".formatted(module.length / 1e6))
          .contains("the model is in " + cache.resolve("biggan-32"));
      assertThat(cache.resolve("biggan-32/saved_model.pb")).isRegularFile();
      assertThat(cache.resolve("biggan-32.tar.gz.sha256")).isRegularFile();
      assertThat(graft(server, "biggan-32").succeeds().out()).doesNotContain("not imported yet");
      assertThat(server.ranges()).hasSize(1);
    }
    assertThat(
            Program.run(
                    "import",
                    "--weights",
                    cache.resolve("biggan-32.tar.gz"),
                    "--out",
                    folder.resolve("model"))
                .succeeds()
                .out())
        .contains("biggan-tfhub: 32 pixels");
  }

  @Test
  void aDeepOneIsFetchedWithTheStatisticsInItsGraph() throws IOException {
    byte[] module = Files.readAllBytes(DEEP);
    try (FileServer server = new FileServer(module)) {
      assertThat(graft(server, "biggan-deep-16").succeeds().out())
          .contains(
              "biggan-deep-16 is not imported yet; its archive comes from the cache, or from "
                  + server.at("/file"))
          .contains("the model is in " + cache.resolve("biggan-deep-16"));
    }
    Path model = cache.resolve("biggan-deep-16");
    Path out = folder.resolve("drawn");
    Program.run("generate", "--model", model, "--truncation", 0.3, "--count", 2, "--out", out)
        .succeeds();
    assertThat(out.resolve("000001.png")).isRegularFile();
    Path more = folder.resolve("more");
    Program.run("generate", "--model", model, "--truncation", 1.5, "--count", 2, "--out", more)
        .refuses(
            more, "--truncation is 1.5; this generator has statistics for truncations up to 1");
    assertThat(Program.run("inspect", "--model", model).succeeds().out())
        .contains("biggan-deep", "truncation");
    try (FileServer server = new FileServer(module)) {
      graft(server, "biggan-16").refuses(folder.resolve("run"), "biggan-deep-16 and not biggan-16");
    }
  }

  @Test
  void oneOfS3GanIsNamedByItsShareOfLabels() throws IOException {
    byte[] module = archive(S3GAN, "variables.index", "variables.data-00000-of-00001");
    try (FileServer server = new FileServer(module)) {
      assertThat(graft(server, "s3gan-2.5-32").succeeds().out())
          .contains("the model is in " + cache.resolve("s3gan-2.5-32"));
      graft(server, "s3gan-10-64")
          .refuses(folder.resolve("run"), "of the shape of s3gan-32 and not s3gan-64");
      graft(server, "biggan-32")
          .refuses(folder.resolve("run"), "of the shape of s3gan-32 and not biggan-32");
    }
  }

  @Test
  void whatIsNoSuchGeneratorIsRefusedAndForgotten() throws IOException {
    Path run = folder.resolve("run");
    try (FileServer server =
        new FileServer(archive("variables.index", "variables.data-00000-of-00001"))) {
      graft(server, "biggan-64")
          .refuses(run, "of the shape of biggan-32 and not biggan-64; fetch it again");
      assertThat(cache.resolve("biggan-64.tar.gz")).doesNotExist();
    }
    try (FileServer server = new FileServer(archive("variables.index"))) {
      graft(server, "biggan-32").refuses(run, "holds no variables/variables.index with its data");
    }
    try (FileServer server = new FileServer("<html>moved</html>".getBytes())) {
      graft(server, "biggan-32").refuses(run, "is a web page");
    }
    assertThat(cache.resolve("biggan-32")).doesNotExist();
  }
}
