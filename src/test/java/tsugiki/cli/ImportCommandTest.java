package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import tsugiki.base.TestZips;

/** The verb on the tiny files that {@code tools/published} wrote. */
class ImportCommandTest {
  private static final Path PUBLISHED = Path.of("src/test/resources/tsugiki/pretrained");
  private static final Path TORCH = PUBLISHED.resolve("biggan-pytorch/G_ema.pth");

  @TempDir private Path folder;

  @Test
  void theModelPaintsAndShowsItsClasses() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "ant\nbee\ncat\ndog\neel\n");
    Path model = folder.resolve("model");
    Path json = folder.resolve("result.json");
    assertThat(
            Program.run(
                    "import",
                    "--weights",
                    TORCH,
                    "--format",
                    "biggan-pytorch",
                    "--class-names",
                    names,
                    "--out",
                    model,
                    "--json",
                    json)
                .succeeds()
                .out())
        .contains("A generator of biggan-pytorch: 32 pixels, 5 classes,");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.required("sha256").asText()).hasSize(64);
    assertThat(Files.readString(model.resolve("card.md"))).contains("- 4: eel", "biggan-pytorch");
    Path out = folder.resolve("images");
    Program.run("generate", "--model", model, "--class", "dog", "--count", 2, "--out", out)
        .succeeds();
    assertThat(out.resolve("000001.png")).exists();
    assertThat(Program.run("inspect", "--model", model).succeeds().out()).contains("eel");
  }

  @Test
  void half() {
    Path whole = folder.resolve("whole");
    Path half = folder.resolve("half");
    Path hub = PUBLISHED.resolve("biggan-tfhub");
    Program.run("import", "--weights", hub, "--out", whole).succeeds();
    Program.run("import", "--weights", hub, "--half", "--out", half).succeeds();
    String data = "variables/variables.data-00000-of-00001";
    assertThat(half.resolve(data).toFile().length())
        .isLessThan(whole.resolve(data).toFile().length() * 6 / 10);
  }

  @Test
  void aPickleThatCallsIsRefusedAndDoesNotRun() throws IOException {
    Path file = folder.resolve("G_ema.pth");
    Path touched = folder.resolve("touched");
    String program = "cos\nsystem\n(S'touch " + touched + "'\ntR.";
    byte[] pickle = program.getBytes(StandardCharsets.US_ASCII);
    Files.write(file, TestZips.of("archive/data.pkl", pickle));
    Path model = folder.resolve("model");
    Program.run("import", "--weights", file, "--out", model).refuses(model, "calls os.system");
    assertThat(touched).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WriteFile", "ReadFile", "PyFunc"})
  void aModuleThatDoesMoreThanComputeIsRefused(String op) throws IOException {
    Path module = folder.resolve("module");
    FileUtils.copyDirectory(PUBLISHED.resolve("biggan-tfhub").toFile(), module.toFile());
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(NodeDef.newBuilder().setName("out").setOp("Tanh").addInput("evil"))
            .addNode(NodeDef.newBuilder().setName("evil").setOp(op))
            .build();
    SignatureDef signature =
        SignatureDef.newBuilder()
            .putOutputs("default", TensorInfo.newBuilder().setName("out:0").build())
            .build();
    SavedModel saved =
        SavedModel.newBuilder()
            .addMetaGraphs(
                MetaGraphDef.newBuilder().setGraphDef(graph).putSignatureDef("default", signature))
            .build();
    Files.write(module.resolve("saved_model.pb"), saved.toByteArray());
    Path model = folder.resolve("model");
    Program.run("import", "--weights", module, "--out", model)
        .refuses(model, op + " (node evil)", "not loaded");
  }

  @Test
  void badInputIsOneSentence() throws IOException {
    Path model = folder.resolve("model");
    Program.run("import", "--weights", TORCH, "--format", "biggan", "--out", model)
        .refuses(
            model,
            "--format is biggan; give one of biggan-pytorch, biggan-tfhub, biggan-deep-tfhub,"
                + " s3gan-tfhub");
    Program.run("import", "--weights", TORCH, "--format", "biggan-tfhub", "--out", model)
        .refuses(model, "has the names of biggan-pytorch, and --format is biggan-tfhub");
    Program.run("import", "--weights", folder, "--out", model)
        .refuses(model, "holds no checkpoint");
    Program.run("import", "--weights", folder.resolve("none"), "--out", model)
        .refuses(model, "--weights names the file", "which does not exist");
    Path text = Files.writeString(folder.resolve("notes.txt"), "no weights at all");
    Program.run("import", "--weights", text, "--out", model)
        .refuses(model, "give a G_ema.pth or D.pth of BigGAN-PyTorch, or a module");
    Program.run("import", "--weights", TORCH, "--rootstock", TORCH, "--out", model)
        .refuses(model, "--rootstock is for a graft --slim, and --weights is none; leave it out");
    Program.run("import", "--weights", TORCH, "--discriminator", "--out", model)
        .refuses(model, "--discriminator asks for a discriminator", "holds a generator alone");
    Path names = Files.writeString(folder.resolve("names"), "one\ntwo\n");
    Program.run("import", "--weights", TORCH, "--class-names", names, "--out", model)
        .refuses(model, "--class-names has 2 names where", "has 5 classes");
    Files.createDirectories(folder.resolve("full/of"));
    Program.run("import", "--weights", TORCH, "--out", folder.resolve("full"))
        .refuses(folder.resolve("full/card.md"), "is not empty and holds no saved_model.pb");
  }
}
