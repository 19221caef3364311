package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.LoggedLines;
import tsugiki.data.TestImages;
import tsugiki.data.UsableImages;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

class AugmentCommandTest {
  @TempDir static Path shared;
  private static Path images;
  private static Path model;

  @TempDir Path folder;
  private Path out;

  /** Seven images of the generator's classes, two of which differ in their extension alone. */
  @BeforeAll
  static void write() throws IOException {
    images = shared.resolve("images");
    model = shared.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    image("rose/a.png", "png", 0x102030);
    image("rose/a.jpg", "jpg", 0xA02030);
    image("tulip/a.png", "png", 0x1020C0);
    image("tulip/b.png", "png", 0x10F030);
    image("lily/a.png", "png", 0xFFFFFF);
    image("lily/a-hflip.png", "png", 0x000000);
    image("lily/c.png", "png", 0x808080);
  }

  private static void image(String name, String format, int rgb) throws IOException {
    Path file = images.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, TestImages.encode(TestImages.plain(12, 9, rgb), format));
  }

  @BeforeEach
  void nameOut() {
    out = folder.resolve("out");
  }

  @Test
  void keepsTheImagesAndPutsCopiesBesideThem() throws IOException {
    augment("--policy", "hflip", "--out", out).succeeds();
    assertThat(files(out).keySet())
        .containsExactlyInAnyOrder(
            "manifest.csv",
            "options.json",
            "rose/a.png",
            "rose/a.jpg",
            "rose/a-hflip.png",
            "rose/a-hflip-2.png",
            "tulip/a.png",
            "tulip/a-hflip.png",
            "tulip/b.png",
            "tulip/b-hflip.png",
            "lily/a.png",
            "lily/a-hflip.png",
            "lily/a-hflip-2.png",
            "lily/a-hflip-hflip.png",
            "lily/c.png",
            "lily/c-hflip.png");
    files(images).forEach((name, bytes) -> assertThat(read(out.resolve(name))).isEqualTo(bytes));
    assertThat(Files.readAllLines(out.resolve("manifest.csv")))
        .hasSize(15)
        .startsWith("file,class,image,policy,detail")
        .contains("tulip/b.png,tulip,tulip/b.png,,")
        .contains("tulip/b-hflip.png,tulip,tulip/b.png,hflip,");
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Path again = folder.resolve("again");
    Path other = folder.resolve("other");
    List<Object> flags = List.of("--policy", "contrast,invert", "--count", 20, "--seed", 3);
    augment(flags, "--out", out).succeeds();
    augment(flags, "--out", again).succeeds();
    augment("--policy", "contrast,invert", "--count", 20, "--seed", 4, "--out", other).succeeds();
    assertThat(files(again)).isEqualTo(files(out)).hasSize(29);
    assertThat(read(other.resolve("manifest.csv"))).isNotEqualTo(read(out.resolve("manifest.csv")));
  }

  @Test
  void aGeneratorDrawsTheClassesOfTheImages() throws IOException {
    augment(
            "--policy",
            "generated,vflip",
            "--generator",
            model,
            "--seed",
            5,
            "--device",
            "cpu",
            "--out",
            out)
        .succeeds();
    List<String> drawn = files(out).keySet().stream().filter(f -> f.contains("generated")).toList();
    assertThat(drawn).hasSize(4);
    for (String file : drawn) {
      String className = file.substring(0, file.indexOf('/'));
      String seed = file.replaceAll(".*-0*|\\.png", "");
      Path alone = folder.resolve("alone-" + seed);
      Program.run(
              "generate",
              "--model",
              model,
              "--class",
              className,
              "--truncation",
              "none",
              "--seeds",
              seed,
              "--out",
              alone)
          .succeeds();
      assertThat(Pixels.of(out.resolve(file))).isEqualTo(Pixels.of(alone.resolve("000000.png")));
    }
  }

  @Test
  void refusesWhatCannotBeDone() throws IOException {
    augment("--policy", "generated", "--out", out)
        .refuses(out, "--policy generated needs the model that draws; name it with --generator");
    augment("--policy", "hflip", "--generator", model, "--out", out)
        .refuses(out, "--generator is for --policy generated");
    augment("--policy", "hflip", "--device", "cpu", "--out", out)
        .refuses(out, "--device needs --policy generated");
    augment("--policy", "hflip,hflip", "--out", out).refuses(out, "each once");
    augment("--policy", "mirror", "--out", out)
        .refuses(out, "choose one of contrast, invert, hflip");
    augment("--policy", "hflip", "--count", -1, "--out", out).refuses(out, "--count is -1");
    Path damaged = folder.resolve("damaged");
    Files.createDirectories(damaged);
    Files.writeString(damaged.resolve("x.png"), "no image");
    Program.run("augment", "--images", damaged, "--policy", "hflip", "--out", out)
        .refuses(out, "x.png");
    assertThat(entries(folder)).containsExactly("damaged");
  }

  @Test
  void whatCannotBeReadIsLeftOutWhereThatIsWanted() throws IOException {
    Path data = folder.resolve("data");
    for (String name : List.of("rose/a.png", "rose/c.png")) {
      Files.createDirectories(data.resolve(name).getParent());
      Files.copy(images.resolve("rose/a.png"), data.resolve(name));
    }
    Path bad = Files.writeString(data.resolve("rose/b.png"), "no image");
    Object[] words = {"augment", "--images", data, "--policy", "hflip", "--out", out};
    Program.run(words).refuses(out, bad.toString());
    try (LoggedLines log = new LoggedLines(UsableImages.class)) {
      assertThat(Program.run(with(words, "--on-bad-image", "skip")).succeeds().out())
          .contains("2 images and 2 copies in ");
      assertThat(log.lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("left out: '" + bad + "' is not a"))
          .contains("1 of 3 images cannot be used and are left out");
    }
    assertThat(files(out).keySet())
        .containsExactlyInAnyOrder(
            "manifest.csv",
            "options.json",
            "rose/a.png",
            "rose/a-hflip.png",
            "rose/c.png",
            "rose/c-hflip.png");

    Files.delete(data.resolve("rose/a.png"));
    Files.delete(data.resolve("rose/c.png"));
    words[6] = folder.resolve("none");
    Program.run(with(words, "--on-bad-image", "skip"))
        .refuses(folder.resolve("none"), "holds no image that can be used; the first of 1:");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray();
  }

  @Test
  void refusesAModelWithoutTheClassesOfTheImages() throws IOException {
    Path others = folder.resolve("others");
    for (String name : List.of("rose/a.png", "oak/a.png")) {
      Files.createDirectories(others.resolve(name).getParent());
      Files.copy(images.resolve("rose/a.png"), others.resolve(name));
    }
    Program.run(
            "augment",
            "--images",
            others,
            "--policy",
            "generated",
            "--generator",
            model,
            "--out",
            out)
        .refuses(out, "oak is no class of", "0 rose, 1 tulip, 2 lily");
    assertThat(entries(folder)).containsExactly("others");
  }

  @Test
  void refusesAFolderThatIsInUse() throws IOException {
    Files.createDirectories(out);
    Files.writeString(out.resolve("mine.txt"), "mine");
    Program run = augment("--policy", "hflip", "--out", out);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is not empty; name a new folder");
    assertThat(files(out)).containsOnlyKeys("mine.txt");
  }

  private static Program augment(Object... flags) {
    List<Object> words = new ArrayList<>(List.of("augment", "--images", images));
    for (Object flag : flags) {
      words.addAll(flag instanceof List<?> list ? list : List.of(flag));
    }
    return Program.run(words.toArray());
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** What every file holds, by its path. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), read(file));
      }
    }
    return files;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
