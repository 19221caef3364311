package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.base.ChildJvm;
import tsugiki.data.TestImages;
import tsugiki.pretrained.FileServer;
import tsugiki.pretrained.PublishedFile;
import tsugiki.pretrained.PublishedGenerators;
import tsugiki.pretrained.WeightCache;

/**
 * A study, an import and a fetch where files cannot grow: what a user reads, and what is left. One
 * process does them all, since a process's limit is the least that behaves as a full disk.
 */
@Tag("slow")
class FullDiskVerbsTest {
  private static final int LIMIT_KIB = 40;
  private static final String GRAPH = "classify_image_graph_def.pb";
  private static final Path PUBLISHED =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch/G_ema.pth");
  private static final String STUDY =
      "study activation --recipe dcgan-book --size 28 --grey --channels 2 --latent 5 --batch 4"
          + " --steps 2 --standing-batches 1 --score-images 8 --repeats 1 --activations lrelu:0.01"
          + " --classifier none --judge starter --device cpu";

  @TempDir private static Path folder;
  private static List<String> said;

  /** Runs the verbs, each with its exit code in front of what it says. */
  static final class Verbs {
    private Verbs() {}

    public static void main(String[] args) {
      Path in = Path.of(args[0]);
      say(Program.run(words(in)));
      Path json = in.resolve("import.json");
      Path model = in.resolve("model");
      say(Program.run("import", "--weights", PUBLISHED, "--out", model, "--json", json));
      say(fetch(in));
      say(unpack(in));
      say(bring(in));
      System.exit(0);
    }

    private static void say(Program program) {
      System.out.printf("%nVERB %d%n%s", program.exitCode(), program.err());
    }
  }

  private static Object[] words(Path in) {
    List<String> words = new ArrayList<>(List.of(STUDY.split(" ")));
    words.addAll(List.of("--data", in.resolve("images").toString()));
    words.addAll(List.of("--out", in.resolve("study").toString()));
    words.addAll(List.of("--json", in.resolve("study.json").toString()));
    return words.toArray();
  }

  private static Program fetch(Path in) {
    try (FileServer server = new FileServer(new byte[3 * LIMIT_KIB << 10])) {
      PublishedFile large =
          new PublishedFile("large", "zeros", server.at("/file"), "large.bin", 0, "", "", "");
      Path json = in.resolve("fetch.json");
      return Program.fetch(large, in.resolve("cache"), "large", "--json", json);
    }
  }

  /** An archive that is small until it is unpacked. */
  private static byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : List.of(GRAPH, "variables/variables.index")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(3 * LIMIT_KIB << 10);
        tar.putArchiveEntry(entry);
        tar.write(new byte[3 * LIMIT_KIB << 10]);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Program unpack(Path in) {
    try (FileServer server = new FileServer(archive())) {
      PublishedFile packed =
          new PublishedFile(
              "packed", "", server.at("/file"), "packed.tgz", 0, "", "", "packed/" + GRAPH);
      return Program.fetch(packed, in.resolve("cache"), "packed");
    }
  }

  private static Program bring(Path in) {
    try (FileServer server = new FileServer(archive())) {
      PublishedFile module =
          new PublishedFile("module", "", server.at("/file"), "module.tar.gz", 0, "", "", "");
      WeightCache cache = new WeightCache(in.resolve("cache"));
      new PublishedGenerators(cache, List.of(module)).bring(module, (done, total) -> {});
      return new Program(0, "", "");
    } catch (BadInputException e) {
      return new Program(1, "", e.getMessage());
    }
  }

  @BeforeAll
  static void run() throws IOException {
    for (int i = 0; i < 8; i++) {
      byte[] image = TestImages.encode(TestImages.noise(28, 28 + i), "png");
      TestImages.write(folder.resolve("images"), i + ".png", image);
    }
    List<String> command =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f " + LIMIT_KIB + "; \"$@\"", "limited"));
    command.addAll(ChildJvm.of(List.of("-XX:-UsePerfData"), Verbs.class, folder).command());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    said = Stream.of(out.split("VERB ")).skip(1).toList();
    assertThat(said).as(out).hasSize(5);
  }

  @Test
  void aStudyEndsInASentenceAndGoesOnWhereThereIsRoom() {
    Path study = folder.resolve("study");
    assertThat(said.get(0))
        .startsWith("1\ntsugiki: Cannot write " + study.resolve("lrelu-0.01-0/events.out."))
        .contains("; make room on the disk, then go on with --resume " + study + "\n");
    assertThat(folder.resolve("study.json")).doesNotExist();
    assertThat(study.resolve("study.md")).doesNotExist();
    assertThat(study.resolve("lrelu-0.01-0/figures.json")).doesNotExist();
    Program.run("study", "activation", "--resume", study).succeeds();
    assertThat(study.resolve("study.md")).isNotEmptyFile();
  }

  @Test
  void anImportLeavesNothing() {
    assertThat(said.get(1))
        .startsWith("1\ntsugiki: the model could not be written to " + folder.resolve("model"))
        .contains(": File too large; make room on the disk, then try again\n");
    assertThat(folder.toFile().list())
        .doesNotContain("import.json")
        .noneMatch(n -> n.contains("model"));
  }

  @Test
  void aFetchLeavesAPartThatTheNextGoesOnWith() {
    Path cache = folder.resolve("cache");
    assertThat(said.get(2))
        .startsWith("1\ntsugiki: " + cache.resolve("large.bin") + " cannot be written")
        .contains("(File too large); make room, or set TSUGIKI_CACHE to another folder\n");
    assertThat(folder.resolve("fetch.json")).doesNotExist();
    assertThat(cache.toFile().list())
        .filteredOn(name -> name.contains("large"))
        .allMatch(name -> name.startsWith("large.bin.part") || name.equals(".large.bin.lock"));
    assertThat(fetch(folder).succeeds().out()).contains("large.bin");
    assertThat(cache.resolve("large.bin")).hasSize(3 * LIMIT_KIB << 10);
  }

  /** They are whole, and large ones take long to come again. */
  @Test
  void archivesThatCannotBeUnpackedStay() {
    assertThat(said.get(3)).startsWith("1\n").contains("packed.tgz cannot be unpacked to ");
    assertThat(said.get(4)).contains("module.tar.gz cannot be unpacked (File too large)");
    for (String name : List.of("packed.tgz", "module.tar.gz")) {
      assertThat(folder.resolve("cache").resolve(name)).isRegularFile();
      assertThat(folder.resolve("cache").resolve(name + ".sha256")).isRegularFile();
    }
  }
}
