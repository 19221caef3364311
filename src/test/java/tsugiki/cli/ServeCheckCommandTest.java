package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.OnLine;
import tsugiki.base.Phase;
import tsugiki.painting.PaintedShapes;
import tsugiki.savedmodel.Python;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** Every kind of model that this program writes, served by Python as by Java. */
class ServeCheckCommandTest {
  private static final String UNSCORED = " --score-network none";

  private static final Path TORCH =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch/G_ema.pth");

  private static final Path DEEP =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-deep-tfhub/module.tar.gz");

  @TempDir private Path folder;

  @Test
  void pythonServesEveryKindOfModelAsJavaDoes() throws IOException, InterruptedException {
    String python = System.getProperty("tsugiki.python");
    Assumptions.assumeTrue(python != null, "no -Dtsugiki.python");
    List<Path> models = everyKind();
    List<Object> words = new ArrayList<>(List.of("serve-check", "--python", python));
    models.forEach(model -> words.addAll(List.of("--model", model)));
    Path json = folder.resolve("result.json");
    words.addAll(List.of("--json", json));

    Program checked = Program.run(words.toArray()).succeeds();

    assertThat(checked.out().lines())
        .hasSize(models.size())
        .allMatch(line -> line.startsWith("ok ") && line.contains("from Java's by "));
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.get("lines")).hasSize(models.size());
    assertNamesAreSensible(
        models.stream().map(model -> ModelPath.find("--model", model.toString())).toList());
  }

  /** In the eyes of {@code saved_model_cli}. */
  private void assertNamesAreSensible(List<Path> models) throws IOException, InterruptedException {
    Python.show(folder, models.toArray(Path[]::new));
    String[] shown = Files.readString(folder.resolve("log")).split("(?m)^MODEL ");
    assertThat(shown).hasSize(1 + models.size());
    for (int i = 0; i < models.size(); i++) {
      assertThat(shown[1 + i])
          .startsWith(models.get(i) + "\n")
          .contains("signature_def['serving_default']:", "tensorflow/serving/predict")
          .doesNotContain("PartitionedCall", "saver");
    }
  }

  private List<Path> everyKind() {
    Path data = PaintedShapes.in(folder.resolve("data"), 2, 32);
    Path image = data.resolve("arrow");
    train(data, "biggan", "--size 32 --channels 8 --multipliers 2,2,1,1" + UNSCORED);
    train(
        data,
        "dcgan",
        "--recipe dcgan --size 28 --channels 2 --latent 5 --activation psf" + UNSCORED);
    train(data, "features", "--recipe features --size 32 --channels 4");
    Path first = FileUtils.listFiles(image.toFile(), null, false).iterator().next().toPath();
    single(first, "consingan", "");
    single(first, "harmonizer", " --mode harmonize");
    single(first, "singan", " --method singan");
    Path tiny = folder.resolve("rootstock");
    TinyGenerator.make().writer(Precision.FLOAT).write(tiny);
    graft(image, tiny, "graft", "");
    graft(image, folder.resolve("graft"), "graft-onto-graft", "");
    graft(image, tiny, "slim", " --slim");
    run(
        "import --weights %s --out %s",
        folder.resolve("slim"), folder.resolve("slim-put-together"));
    run("import --weights %s --out %s", DEEP, folder.resolve("deep"));
    graft(image, folder.resolve("deep"), "graft-onto-deep", " --group-size 4");
    run("import --weights %s --format biggan-pytorch --out %s", TORCH, folder.resolve("import"));
    // A path may hold what the script parts its arguments by.
    run("export --model %s --serving %s", folder.resolve("graft"), folder.resolve("served=x"));
    graft(image, tiny, "half", " --method scale-shift --half");
    return List.of(
        folder.resolve("graft"),
        folder.resolve("biggan"),
        folder.resolve("biggan/discriminator"),
        folder.resolve("dcgan"),
        folder.resolve("dcgan/discriminator"),
        folder.resolve("features"),
        folder.resolve("consingan"),
        folder.resolve("harmonizer"),
        folder.resolve("singan"),
        folder.resolve("graft-onto-graft"),
        folder.resolve("slim-put-together"),
        folder.resolve("deep"),
        folder.resolve("graft-onto-deep"),
        folder.resolve("import"),
        folder.resolve("served=x/1"),
        folder.resolve("half"),
        Path.of("savedmodels/starter-64"),
        Path.of("savedmodels/starter-features"),
        Path.of("savedmodels/digits"));
  }

  private void train(Path data, String name, String flags) {
    run("train --data %s --out %s --batch 4 --steps 1 " + flags, data, folder.resolve(name));
  }

  private void single(Path image, String name, String flags) {
    String sizes = " --channels 2 --steps 2 --count 2 --max-size 24 --min-size 12 --stages 3";
    run("single --image %s --out %s" + sizes + flags, image, folder.resolve(name));
  }

  private void graft(Path images, Path generator, String name, String flags) {
    run(
        "graft --images %s --generator %s --out %s --steps 1 --batch 2" + flags,
        images,
        generator,
        folder.resolve(name));
  }

  private static void run(String words, Object... values) {
    Program.run((Object[]) words.formatted(values).split(" ")).succeeds();
  }

  @Test
  void aPythonThatCannotCheckIsNamed() throws IOException {
    Path model = Path.of("savedmodels/digits");
    Path none = folder.resolve("none");
    Program.run("serve-check", "--model", model, "--python", none)
        .refuses(none, "--python " + none + " is no program");
    Path broken =
        Files.writeString(folder.resolve("python"), "#!/bin/sh\necho no numpy >&2; exit 3");
    assertThat(broken.toFile().setExecutable(true)).isTrue();
    Program.run("serve-check", "--model", model, "--python", broken)
        .refuses(none, "--python " + broken + " cannot check them: no numpy");
  }

  /** Python that takes long: its answer comes when the log has said what is done. */
  @Test
  void whatTakesLongIsNamedInTheLog() throws IOException {
    Path said = folder.resolve("said");
    String wait = "i=0; while [ ! -e '%s' ] && [ $i -lt 100 ]; do sleep 0.2; i=$((i+1)); done\n";
    String script =
        "#!/bin/sh\n" + wait.formatted(said) + "[ -e '" + said + "' ] && echo \"ok $2\"";
    Path python = Files.writeString(folder.resolve("python"), script);
    assertThat(python.toFile().setExecutable(true)).isTrue();
    try (OnLine written = new OnLine(Phase.class.getName(), "in Python", () -> touch(said))) {
      assertThat(
              Program.run("serve-check", "--model", "savedmodels/digits", "--python", python)
                  .succeeds()
                  .out())
          .startsWith("ok savedmodels/digits=");
      assertThat(written.done()).isTrue();
    }
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Python ends with 1 too where it fails itself. */
  @Test
  void aPythonWithoutTensorFlowIsNoModelThatDiffers() throws IOException {
    Path python =
        Files.writeString(
            folder.resolve("python"), "#!/bin/sh\necho \"No module named tensorflow\" >&2; exit 1");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    Program.run("serve-check", "--model", "savedmodels/digits", "--python", python)
        .refuses(
            folder.resolve("none"),
            "--python " + python + " cannot check them: No module named tensorflow");
  }

  /** What the script says of a model goes to the user, and its exit code decides. */
  @Test
  void aModelThatDiffersFailsTheVerb() throws IOException {
    Path model = Path.of("savedmodels/digits");
    Path python =
        Files.writeString(folder.resolve("python"), "#!/bin/sh\necho \"WRONG ${2%=*}: x\"; exit 1");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    Path json = folder.resolve("result.json");
    Program failed =
        Program.run("serve-check", "--model", model, "--python", python, "--json", json);
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).contains("WRONG savedmodels/digits: x");
    assertThat(failed.err()).contains("Python does not serve all of them as Java does");
    assertThat(json).doesNotExist();
  }
}
