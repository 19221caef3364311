package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.savedmodel.Python;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** The verb {@code export}: the layout of a server, and the models of checkpoints. */
@Tag("slow")
class ExportCommandTest {
  @TempDir private static Path models;
  @TempDir private Path folder;
  private static Path generator;
  private static String network;

  @BeforeAll
  static void writeModels() {
    generator = models.resolve("tiny");
    TinyGenerator.make().writer(Precision.FLOAT).write(generator);
    ImageSet shapes = PaintedShapes.images(1, 32);
    Path features = models.resolve("network");
    UntrainedFeatureNetwork.write(features, shapes, shapes.classNames());
    network = "starter:" + features;
  }

  @Test
  void aServerFindsTheVersionsOfAModelAndItsSignature() throws IOException {
    Path base = folder.resolve("served");
    export("--model", generator, "--serving", base).succeeds();
    Program second = export("--model", generator, "--serving", base).succeeds();
    assertThat(second.out()).contains("The model is in " + base.resolve("2"));
    assertThat(base.toFile().list()).containsExactlyInAnyOrder("1", "2");
    for (String file : List.of("saved_model.pb", "variables/variables.index", "card.md")) {
      assertThat(base.resolve("1").resolve(file)).hasSameBinaryContentAs(generator.resolve(file));
    }
    MetaGraphDef graph =
        SavedModel.parseFrom(Files.readAllBytes(base.resolve("2/saved_model.pb"))).getMetaGraphs(0);
    assertThat(graph.getMetaInfoDef().getTagsList()).containsExactly("serve");
    SignatureDef signature = graph.getSignatureDefOrThrow("serving_default");
    assertThat(signature.getMethodName()).isEqualTo("tensorflow/serving/predict");
    assertThat(signature.getInputsMap().keySet()).containsExactlyInAnyOrder("z", "label");
    assertThat(signature.getInputsOrThrow("z").getTensorShape().getDim(0).getSize())
        .as("a batch of any size")
        .isEqualTo(-1);
  }

  @Test
  void theLicenceThatIsGivenStandsInTheCardOfTheCopyAlone() throws IOException {
    Path out = folder.resolve("out");
    Path base = folder.resolve("served");
    export("--model", generator, "--out", out, "--licence", "CC BY 4.0").succeeds();
    export("--model", out, "--serving", base, "--licence", "CC0").succeeds();
    String card = Files.readString(generator.resolve("card.md"));
    assertThat(card).doesNotContain("Of the training images");
    assertThat(out.resolve("card.md"))
        .hasContent(card.strip() + "\n\n## Licence\n\nOf the training images: CC BY 4.0\n");
    assertThat(base.resolve("1/card.md"))
        .hasContent(card.strip() + "\n\n## Licence\n\nOf the training images: CC0\n");
    Files.delete(out.resolve("card.md"));
    Path bare = folder.resolve("bare");
    export("--model", out, "--out", bare, "--licence", "CC0").succeeds();
    assertThat(bare.resolve("card.md"))
        .hasContent("# out\n\n## Licence\n\nOf the training images: CC0\n");
  }

  /** A copy has the permissions of what it was copied from. */
  @Test
  void aCardThatMayNotBeWrittenToGetsItsLicenceInTheCopy() throws IOException {
    Path model = folder.resolve("model");
    export("--model", generator, "--out", model).succeeds();
    Path card = model.resolve("card.md");
    Files.setPosixFilePermissions(card, PosixFilePermissions.fromString("r--r--r--"));
    Path out = folder.resolve("out");
    export("--model", model, "--out", out, "--licence", "CC0").succeeds();
    assertThat(out.resolve("card.md")).content().endsWith("Of the training images: CC0\n");
    assertThat(Files.getPosixFilePermissions(out.resolve("card.md")))
        .as("the administrator may write to any file, but this is a new one")
        .contains(PosixFilePermission.OWNER_WRITE);
    assertThat(card).content().doesNotContain("CC0");
  }

  @Test
  void aCardThatIsNotUtf8IsCopiedAsItIsAndNotChanged() throws IOException {
    Path model = folder.resolve("model");
    export("--model", generator, "--out", model).succeeds();
    Path card = Files.write(model.resolve("card.md"), new byte[] {'#', ' ', (byte) 0xE9, '\n'});
    Path out = folder.resolve("out");
    export("--model", model, "--out", out, "--licence", "CC0")
        .refuses(out, card + " is not UTF-8 text", "or leave --licence out");
    Path base = folder.resolve("served");
    export("--model", model, "--serving", base, "--licence", "CC0").refuses(base, "UTF-8");
    export("--model", model, "--out", out).succeeds();
    assertThat(out.resolve("card.md")).hasSameBinaryContentAs(card);
  }

  /** What a user of TensorFlow Serving looks a model up with. */
  @Test
  void savedModelCliShowsTheSignatureAndItsNames() throws IOException, InterruptedException {
    Path base = folder.resolve("served");
    export("--model", generator, "--serving", base).succeeds();
    Python.show(folder, base.resolve("1"));
    assertThat(folder.resolve("log"))
        .content()
        .containsSubsequence(
            "MetaGraphDef with tag-set: 'serve'",
            "signature_def['serving_default']:",
            "inputs['label'] tensor_info:",
            "dtype: DT_INT64\n        shape: (-1)\n        name: label:0",
            "inputs['z'] tensor_info:",
            "dtype: DT_FLOAT\n        shape: (-1, ",
            "name: z:0",
            "outputs['images'] tensor_info:",
            "dtype: DT_UINT8\n        shape: (-1, 32, 32, 3)\n        name: Images/",
            "outputs['images_float'] tensor_info:",
            "dtype: DT_FLOAT\n        shape: (-1, 32, 32, 3)\n        name: Images/",
            "Method name is: tensorflow/serving/predict")
        .doesNotContain("signature_def['saver", "PartitionedCall");
  }

  @Test
  void whatCannotBeExportedIsRefused() {
    Path out = folder.resolve("out");
    export("--model", generator, "--out", out, "--serving", out).refuses(out, "mutually exclusive");
    export("--model", generator, "--out", out, "--checkpoint", "best")
        .refuses(out, "--model " + generator + " is no run, so it has no --checkpoint best");
    export("--model", generator, "--out", out, "--device", "cpu")
        .refuses(out, "--device needs --checkpoint");
    Path images = TestImages.write(folder, "a.png", TestImages.png(40, 32, 0));
    assertThat(export("--model", generator, "--serving", images).err())
        .contains("--serving " + images + " is a file");
    assertThat(export("--model", generator, "--out", folder).err()).contains("is not empty");
  }

  @Test
  void theModelOfACheckpointIsThatOfItsMoment() throws IOException {
    Path image =
        TestImages.write(folder, "a.png", TestImages.encode(TestImages.noise(32, 32), "png"));
    Path run = folder.resolve("run");
    Program.run(
            "graft",
            "--images",
            image,
            "--generator",
            generator,
            "--perceptual",
            network,
            "--network",
            network,
            "--score-images",
            50,
            "--out",
            run,
            "--steps",
            3,
            "--checkpoint-every",
            1,
            "--keep",
            3,
            "--licence",
            "CC BY 4.0",
            "--device",
            "cpu")
        .succeeds();
    Path first = folder.resolve("first");
    export("--model", run, "--checkpoint", 1, "--out", first).succeeds();
    assertThat(first.resolve("card.md"))
        .content()
        .contains("after step 1 of the run " + run, "Of the training images: CC BY 4.0\n");
    List<byte[]> drawn = new ArrayList<>();
    drawn.add(drawn("end", run));
    drawn.add(drawn("latest", run, "--checkpoint", "latest"));
    drawn.add(drawn("one", run, "--checkpoint", 1));
    drawn.add(drawn("copy", first));
    assertThat(drawn.get(1)).isEqualTo(drawn.get(0)).isNotEqualTo(drawn.get(2));
    assertThat(drawn.get(3)).isEqualTo(drawn.get(2));
    assertThat(run.resolve("model/card.md"))
        .content()
        .startsWith("# A grafted generator")
        .contains("Of the training images: CC BY 4.0\n");

    Path none = folder.resolve("none");
    export("--model", run, "--checkpoint", "best", "--out", none)
        .refuses(none, "--checkpoint best is not in", "no score");
    Files.delete(image);
    export("--model", run, "--checkpoint", 2, "--out", none)
        .refuses(none, image.toString(), "does not exist");
  }

  private byte[] drawn(String name, Path model, Object... flags) throws IOException {
    Path out = folder.resolve(name);
    List<Object> words =
        new ArrayList<>(
            List.of("generate", "--model", model, "--count", 1, "--out", out, "--device", "cpu"));
    words.addAll(Arrays.asList(flags));
    Program.run(words.toArray()).succeeds();
    return Files.readAllBytes(out.resolve("000000.png"));
  }

  private static Program export(Object... flags) {
    List<Object> words = new ArrayList<>(List.of("export"));
    words.addAll(Arrays.asList(flags));
    return Program.run(words.toArray());
  }
}
