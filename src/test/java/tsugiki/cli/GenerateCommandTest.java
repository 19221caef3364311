package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.SystemProperty;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

class GenerateCommandTest {
  @TempDir static Path models;
  private static Path run;
  private static Path model;

  @TempDir Path folder;
  private Path out;

  @BeforeAll
  static void write() {
    run = models.resolve("run");
    model = run.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
  }

  @BeforeEach
  void nameOut() {
    out = folder.resolve("out");
  }

  @Test
  void theResultAloneIsOnStandardOutputWhereItIsWanted() throws IOException {
    Program program = generate("--count", 2, "--out", out, "--json", "-");
    assertThat(program.exitCode()).as(program.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(program.out());
    assertThat(result.path("files")).hasSize(2);
    assertThat(program.out()).startsWith("{").endsWith("}\n");
  }

  @Test
  void writesNumberedImagesAGridAndTheResult() throws IOException {
    Path json = folder.resolve("result.json");
    generate("--count", 5, "--seed", 4, "--out", out, "--json", json).succeeds();
    List<String> files =
        List.of("000000.png", "000001.png", "000002.png", "000003.png", "000004.png");
    assertThat(names(out)).containsExactlyElementsOf(plus(files, "grid.png"));
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("model").asText()).isEqualTo(model.toString());
    assertThat(result.path("files")).extracting(JsonNode::asText).isEqualTo(files);
    assertThat(result.path("seeds")).extracting(JsonNode::asInt).containsExactly(4, 5, 6, 7, 8);
    assertThat(result.path("labels")).extracting(JsonNode::asInt).containsExactly(1, 2, 0, 1, 2);
    assertThat(result.path("truncation").asDouble()).isEqualTo(0.4);
    assertThat(Pixels.of(out.resolve("000000.png"))).hasSize(32 * 32);
    BufferedImage grid = ImageIO.read(out.resolve("grid.png").toFile());
    int side = 32 * Pictures.readableScale(32, 32);
    assertThat(grid.getWidth()).isEqualTo(3 * side + 4 * 2);
    assertThat(grid.getHeight()).isEqualTo(2 * side + 3 * 2);
  }

  @Test
  void aSeedIsTheSameImageAloneAndAmongOthers() throws IOException {
    generate("--count", 70, "--seed", 0, "--out", out).succeeds();
    Path alone = folder.resolve("alone");
    generate("--seeds", "69", "--out", alone).succeeds();
    Path listed = folder.resolve("listed");
    generate("--seeds", "3,68-69", "--out", listed).succeeds();
    int[] image = Pixels.of(out.resolve("000069.png"));
    assertThat(Pixels.of(alone.resolve("000000.png"))).isEqualTo(image);
    assertThat(Pixels.of(listed.resolve("000002.png"))).isEqualTo(image);
    assertThat(Pixels.of(listed.resolve("000000.png")))
        .isEqualTo(Pixels.of(out.resolve("000003.png")));
    assertThat(Pixels.distance(image, Pixels.of(out.resolve("000003.png")))).isGreaterThan(8);
  }

  @Test
  void aClassHasANameAndANumber() throws IOException {
    generate("--seeds", "0", "--class", "TULIP", "--out", folder.resolve("name")).succeeds();
    generate("--seeds", "0", "--class", "1", "--out", folder.resolve("number")).succeeds();
    generate("--seeds", "0", "--out", folder.resolve("rose")).succeeds();
    int[] tulip = Pixels.of(folder.resolve("name/000000.png"));
    assertThat(Pixels.of(folder.resolve("number/000000.png"))).isEqualTo(tulip);
    assertThat(Pixels.distance(Pixels.of(folder.resolve("rose/000000.png")), tulip)).isPositive();
  }

  @Test
  void truncationChangesTheImage() throws IOException {
    generate("--seeds", "0", "--truncation", "none", "--out", folder.resolve("none")).succeeds();
    generate("--seeds", "0", "--truncation", "0.1", "--out", folder.resolve("low")).succeeds();
    assertThat(
            Pixels.distance(
                Pixels.of(folder.resolve("none/000000.png")),
                Pixels.of(folder.resolve("low/000000.png"))))
        .isPositive();
  }

  @Test
  void upscalingMakesThePictureThatMuchLarger() throws IOException {
    generate("--seeds", "3", "--out", folder.resolve("plain")).succeeds();
    generate("--seeds", "3", "--upscale", 2, "--out", out).succeeds();
    BufferedImage large = ImageIO.read(out.resolve("000000.png").toFile());
    assertThat(List.of(large.getWidth(), large.getHeight())).containsExactly(64, 64);
    // The same image: halved by the means of 2×2 pixels it is near the plain one.
    int[] halved = new int[32 * 32];
    for (int i = 0; i < halved.length; i++) {
      int[] four = large.getRGB(i % 32 * 2, i / 32 * 2, 2, 2, null, 0, 2);
      for (int shift = 0; shift < 24; shift += 8) {
        int channel = shift;
        int sum = Arrays.stream(four).map(rgb -> rgb >> channel & 0xFF).sum();
        halved[i] |= Math.round(sum / 4f) << channel;
      }
    }
    int[] plain = Pixels.of(folder.resolve("plain/000000.png"));
    assertThat(Pixels.distance(halved, plain)).isLessThan(4);
  }

  @Test
  void takesARunAndARepeatedEmptyFolder() throws IOException {
    Files.createDirectory(out);
    Program.run("generate", "--model", run, "--count", 1, "--out", out).succeeds();
    Program.run("generate", "--model", run, "--count", 1, "--out", out)
        .refuses(out.resolve("000001.png"), "--out " + out + " is not empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--master local | --master needs the build with Apache Spark | TSUGIKI_SPARK=1",
        "--threads 2 | --threads needs --master | leave",
        "--task-images 16 | --task-images needs --master | leave",
        "--spark-conf spark.a=b | --spark-conf needs --master | leave",
        "--master local --spark-conf memory=4g | --spark-conf 'memory=4g' | spark.KEY=VALUE",
        "--class oak | --class oak is no class of | 0 rose, 1 tulip, 2 lily",
        "--class 3 | --class 3 is no class | 2 lily",
        "--class -1 | --class -1 is no class | 2 lily",
        "--truncation 0 | '0' is no truncation | none",
        "--truncation NaN | 'NaN' is no truncation | none",
        "--seeds 3-1 | '3-1' is no list of seeds | 0,3-9",
        "--seeds 1,,2 | '1,,2' is no list of seeds | 0,3-9",
        "--seeds 99999999999999999999 | is no list of seeds | 0,3-9",
        "--seeds 0-1000000 | --seeds has 1000001 images | 1 to 1000000",
        "--count 0 | --count is 0 | 1 to 1000000",
        "--count -3 | --count is -3 | 1 to 1000000",
        "--count x | --count | 'x'",
        "--upscale 0 | --upscale is 0 | from 1 to 8",
        "--upscale 9 | --upscale is 9 | from 1 to 8",
        "--seeds 1 --count 2 | --seeds | leave out",
        "--seed 9223372036854775807 | --seed 9223372036854775807 | smaller",
      })
  void wrongFlagsAreOneSentence(String flags, String first, String second) {
    Program.run(
            Stream.concat(
                    Stream.of("generate", "--model", model, "--out", out),
                    Stream.of(flags.split(" ")))
                .toArray())
        .refuses(out, first, second);
  }

  @Test
  void aWrongModelIsOneSentence() throws IOException {
    Path none = folder.resolve("none");
    refusesModel(none, none + " does not exist", "name the folder of a SavedModel");
    refusesModel(Files.createDirectory(none), "holds no saved_model.pb");
    Files.writeString(none.resolve("options.json"), "{}");
    refusesModel(none, "is a run that has written no model");
    refusesModel(none.resolve("options.json"), "is a file");
  }

  @Test
  void aModelWithoutItsWeightsIsNamedAndLeavesNoFolder() throws IOException {
    Path cut = folder.resolve("cut");
    FileUtils.copyDirectory(Path.of("savedmodels/starter-64").toFile(), cut.toFile());
    FileUtils.deleteDirectory(cut.resolve("variables").toFile());
    Files.write(cut.resolve("card.md"), new byte[] {'a', (byte) 0xff, '\n'});
    Path out = folder.resolve("none");
    String sentence =
        "its weights are missing: there is no " + cut.resolve("variables/variables.index");
    Program.run("generate", "--model", cut, "--out", out).refuses(out, sentence);
    Program.run(
            "interpolate", "--model", cut, "--from", 0, "--to", 1, "--out", folder.resolve("a.png"))
        .refuses(folder.resolve("a.png"), sentence);
    assertThat(Program.run("inspect", "--model", cut).succeeds().out()).contains("a\uFFFD");
  }

  /** The JSON has no truncation where nothing is cut, and models of before did not say. */
  @Test
  void aModelIsDrawnAsItsOwnSamplesAre() throws IOException {
    Path description = folder.resolve("model/assets.extra/tsugiki.json");
    TinyGenerator.make().writer(Precision.FLOAT).write(folder.resolve("model"));
    String usual = Files.readString(description);
    assertThat(usual).contains("\"truncation\" : 0.4");
    assertThat(truncationOf("usual")).isEqualTo(0.4);
    Files.writeString(description, usual.replaceFirst(",\\s*\"truncation\" : 0.4", ""));
    assertThat(truncationOf("before")).isEqualTo(0.4);
    Files.writeString(description, usual.replace("\"truncation\" : 0.4", "\"truncation\" : 0.7"));
    assertThat(truncationOf("wider")).isEqualTo(0.7);
    Files.writeString(description, usual.replace("\"truncation\" : 0.4", "\"truncation\" : 0.0"));
    assertThat(truncationOf("uncut")).isNull();
    assertThat(truncationOf("given", "--truncation", "0.2")).isEqualTo(0.2);
    Files.writeString(description, usual.replace("\"truncation\" : 0.4", "\"truncation\" : -1"));
    Program.run("generate", "--model", folder.resolve("model"), "--count", 1, "--out", out)
        .refuses(out, "tsugiki.json has the truncation -1.0; get the model again");
    assertThat(Pixels.of(folder.resolve("uncut/000000.png")))
        .isNotEqualTo(Pixels.of(folder.resolve("usual/000000.png")));
  }

  private Double truncationOf(String name, String... more) throws IOException {
    Path json = folder.resolve(name + ".json");
    List<Object> words =
        new ArrayList<>(List.of("generate", "--model", folder.resolve("model"), "--count", 1));
    words.addAll(List.of("--out", folder.resolve(name), "--json", json));
    words.addAll(List.of(more));
    Program.run(words.toArray()).succeeds();
    JsonNode truncation = new ObjectMapper().readTree(json.toFile()).path("truncation");
    return truncation.isNull() ? null : Double.valueOf(truncation.asDouble());
  }

  @Test
  void theModelsThatShipAreFoundByName() throws IOException {
    Path shipped = folder.resolve("savedmodels/tiny");
    TinyGenerator.make().writer(Precision.HALF).write(shipped);
    try (var home = new SystemProperty("tsugiki.home", folder.toString())) {
      Program.run("generate", "--model", "tiny", "--count", 1, "--out", out).succeeds();
      refusesModel(Path.of("tinny"), "does not exist", "a model that ships: tiny");
    }
  }

  private void refusesModel(Path named, String... words) {
    Path unwritten = folder.resolve("unwritten");
    Program.run("generate", "--model", named, "--out", unwritten).refuses(unwritten, words);
  }

  private static Program generate(Object... words) {
    return Program.run(
        Stream.concat(Stream.of("generate", "--model", model), Stream.of(words)).toArray());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<String> plus(List<String> names, String name) {
    return Stream.concat(names.stream(), Stream.of(name)).toList();
  }
}
