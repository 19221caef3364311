package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.data.TestImages;

@Tag("slow")
class SingleCommandTest {
  @TempDir static Path shared;
  private static Path image;
  private static Path harmonizer;

  @TempDir Path folder;

  /** A photograph of 24×20 pixels, and a pyramid that harmonizes after two steps a stage. */
  @BeforeAll
  static void write() throws IOException {
    image = shared.resolve("photograph.png");
    Files.write(image, TestImages.png(24, 20, 0x4080C0));
    harmonizer = shared.resolve("harmonizer");
    train(harmonizer, "--mode", "harmonize").succeeds();
  }

  @Test
  void trainsAndDrawsInAnySize() throws IOException {
    Path run = folder.resolve("run");
    assertThat(train(run, "--dry-run").succeeds().out())
        .contains("the training needs at least ", "; the longest step takes ");
    assertThat(run).doesNotExist();
    assertThat(train(run, "--licence", "My own").succeeds().out())
        .contains("rmse ", "diversity ", "the model is in");
    assertThat(run.resolve("model/card.md")).content().contains("Of the training images: My own\n");
    assertThat(Files.readString(run.resolve("metrics.jsonl")))
        .contains("\"rmse\":", "\"diversity\":");
    for (String file : List.of("reconstruction.png", "samples/grid.png", "report.html")) {
      assertThat(run.resolve(file)).exists();
    }
    Path out = folder.resolve("wide");
    Program.run("single", "--model", run, "--count", 2, "--width", 60, "--height", 20, "--out", out)
        .succeeds();
    BufferedImage drawn = ImageIO.read(out.resolve("000000.png").toFile());
    assertThat(drawn.getWidth()).isEqualTo(60);
    assertThat(drawn.getHeight()).isEqualTo(20);
  }

  @Test
  void anAnimationIsAGifOfAHundredFrames() throws IOException {
    Path run = folder.resolve("run");
    train(run, "--mode", "animate").succeeds();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(run.resolve("animation.gif").toFile())) {
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(100);
      assertThat(List.of(reader.getHeight(0), reader.getWidth(0))).containsExactly(20, 24);
    } finally {
      reader.dispose();
    }
  }

  /**
   * By the verb as they come, with the sizes that the authors give, on an image that is hardly
   * larger than the first stage; few channels, since a dry run tries a step.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "generate  | 6 | 25  | CONSINGAN | 2000 | lrelu:0.05 | false | 10.0",
        "retarget  | 6 | 25  | CONSINGAN | 2000 | lrelu:0.05 | false | 10.0",
        "harmonize | 3 | 120 | GEOMETRIC | 1000 | lrelu:0.3  | true  | 10.0",
        "edit      | 6 | 25  | CONSINGAN | 1000 | lrelu:0.05 | true  | 10.0",
        "animate   | 6 | 20  | CONSINGAN | 2000 | lrelu:0.05 | false | 10.0",
        "paint     | 0 | 25  | GEOMETRIC | 2000 | lrelu:0.2  | true  | 10.0",
        "super-resolve | 0 | 18 | GEOMETRIC | 2000 | lrelu:0.2 | true | 100.0",
      })
  void aModeHasItsDefaults(
      String mode,
      int stages,
      int minSize,
      String spacing,
      int steps,
      String activation,
      boolean batchNorm,
      double weight)
      throws IOException {
    Path large = folder.resolve("large.png");
    Files.write(large, TestImages.png(minSize + 6, minSize + 2, 0x4080C0));
    String out =
        Program.run("single", "--image", large, "--mode", mode, "--channels", 2, "--dry-run")
            .succeeds()
            .out();
    assertThat(out)
        .contains(
            "\"stages\" : %d,".formatted(stages),
            "\"min_size\" : %d,".formatted(minSize),
            "\"spacing\" : \"%s\"".formatted(spacing.toLowerCase(Locale.ROOT)),
            "\"steps\" : %d,".formatted(steps),
            "\"activation\" : \"%s\"".formatted(activation),
            "\"batch_norm\" : %b".formatted(batchNorm),
            "\"reconstruction_weight\" : %s".formatted(weight));
  }

  @ParameterizedTest
  @CsvSource({
    "generate, consingan, lrelu, 0.05",
    "harmonize, consingan, LReLU, 0.3",
    "generate, singan, lrelu, 0.2",
    "harmonize, consingan, lrelu:0.1, 0.1"
  })
  void aLeakyReluWithoutASlopeHasTheModes(
      String mode, String method, String activation, String slope) {
    String[] flags = {"--mode", mode, "--method", method, "--activation", activation, "--dry-run"};
    assertThat(train(folder.resolve("run"), (Object[]) flags).succeeds().out())
        .contains("\"activation\" : \"lrelu:%s\"".formatted(slope));
  }

  @Test
  void anEditedImageAndARetargetedOneHaveTheSizesThatAreAskedFor() throws IOException {
    Path editor = folder.resolve("editor");
    train(editor, "--mode", "edit").succeeds();
    Path out = folder.resolve("edited");
    Program.run("single", "--model", editor, "--naive", image, "--out", out).succeeds();
    assertThat(ImageIO.read(out.resolve("image.png").toFile()).getWidth()).isEqualTo(24);
    Path retargeter = folder.resolve("retargeter");
    train(retargeter, "--mode", "retarget", "--width", 40, "--height", 20).succeeds();
    assertThat(ImageIO.read(retargeter.resolve("samples/000000.png").toFile()).getWidth())
        .isEqualTo(40);
  }

  /** By SinGAN's stages, and again by a run that takes a given image at its second stage. */
  @Test
  void paintsAndEnlarges() throws IOException {
    Path painter = folder.resolve("painter");
    train(painter, "--mode", "paint", "--layers", 3).succeeds();
    Path out = folder.resolve("painted");
    Path none = folder.resolve("none");
    Program.run("single", "--model", painter, "--naive", image, "--start-stage", 3, "--out", out)
        .succeeds();
    assertThat(ImageIO.read(out.resolve("image.png").toFile()).getWidth()).isEqualTo(24);
    Program.run("single", "--model", painter, "--naive", image, "--start-stage", 4, "--out", none)
        .refuses(none, "--start-stage is 4", "3 stages");
    Path enlarger = folder.resolve("enlarger");
    train(enlarger, "--mode", "super-resolve", "--layers", 3, "--factor", 2).succeeds();
    assertThat(ImageIO.read(enlarger.resolve("super-resolved.png").toFile()).getWidth())
        .isEqualTo(48);
    Program.run("single", "--model", enlarger, "--naive", image, "--count", 2, "--out", none)
        .refuses(none, "--count is for random images; with --naive leave it out");
    Program.run("single", "--model", enlarger, "--factor", 3, "--out", none)
        .refuses(none, "--factor needs --naive with --model; leave it out");
    Program.run("single", "--model", enlarger, "--naive", image, "--start-stage", 2, "--out", none)
        .refuses(none, "--start-stage is for a generator of singan", "in the mode super-resolve");
    Program.run("single", "--model", enlarger, "--naive", image, "--mask", image, "--out", none)
        .refuses(none, "--mask says where an image was changed", "leave it out");
  }

  @Test
  void aRunIsTrainedOnForOneImage() throws IOException {
    Path tuned = folder.resolve("tuned");
    Program.run(
            "single",
            "--fine-tune",
            harmonizer,
            "--naive",
            image,
            "--steps",
            2,
            "--sample-every",
            2,
            "--out",
            tuned)
        .succeeds();
    assertThat(tuned.resolve("image.png")).isNotEmptyFile();
    assertThat(tuned.resolve("stage-000002.png")).exists();
    assertThat(tuned.resolve("samples-000002.png")).exists();
    assertThat(tuned.resolve("samples-000001.png")).as("not after every step").doesNotExist();
    assertThat(
            Program.run("single", "--fine-tune", harmonizer, "--naive", image, "--dry-run")
                .succeeds()
                .out())
        .as("not the two of the run")
        .contains("\"steps\" : 2000,");
    Path out = folder.resolve("out");
    Program.run("single", "--fine-tune", harmonizer, "--out", out)
        .refuses(out, "--fine-tune", "--naive");
    Program.run("single", "--fine-tune", folder, "--naive", image, "--out", out)
        .refuses(out, "--fine-tune", "no options.json");
    Program.run("single", "--fine-tune", harmonizer, "--naive", image, "--seed", 1, "--out", out)
        .refuses(out, "leave out --seed");
    Program.run("single", "--fine-tune", tuned, "--naive", image, "--out", out)
        .refuses(out, tuned + " is fine-tuned already, from " + harmonizer);
  }

  /** The mask is read as with a model, also where the image has another size. */
  @Test
  void aRunIsTrainedOnWithinAMask() throws IOException {
    Path naive = folder.resolve("naive.png");
    Files.write(naive, TestImages.png(120, 24, 0xC08040));
    Path mask = folder.resolve("mask.png");
    ImageIO.write(left(120, 24, 10), "png", mask.toFile());
    Path tuned = folder.resolve("tuned");
    Program.run(
            "single",
            "--fine-tune",
            harmonizer,
            "--naive",
            naive,
            "--mask",
            mask,
            "--steps",
            2,
            "--out",
            tuned)
        .succeeds();
    BufferedImage changed = ImageIO.read(tuned.resolve("image.png").toFile());
    assertThat(changed.getRGB(changed.getWidth() - 2, 2) & 0xffffff).isEqualTo(0xC08040);
    assertThat(changed.getRGB(1, 2) & 0xffffff).isNotEqualTo(0xC08040);
    Path none = folder.resolve("none");
    Files.write(mask, TestImages.png(10, 20, 0xFFFFFF));
    Program.run(
            "single", "--fine-tune", harmonizer, "--naive", naive, "--mask", mask, "--out", none)
        .refuses(none, "--mask", "10×20", "120×24");
  }

  /** A mask that is white on the left. */
  private static BufferedImage left(int width, int height, int white) {
    BufferedImage where = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < white; x++) {
        where.setRGB(x, y, 0xffffff);
      }
    }
    return where;
  }

  /** What lies far outside the mask stays as it is. */
  @Test
  void harmonizesAnImageOfAnotherSizeWithinItsMask() throws IOException {
    Path naive = folder.resolve("naive.png");
    Files.write(naive, TestImages.png(120, 24, 0xC08040));
    Path mask = folder.resolve("mask.png");
    ImageIO.write(left(120, 24, 10), "png", mask.toFile());
    Path out = folder.resolve("out");
    Program.run("single", "--model", harmonizer, "--naive", naive, "--mask", mask, "--out", out)
        .succeeds();
    BufferedImage changed = ImageIO.read(out.resolve("image.png").toFile());
    assertThat(changed.getWidth()).isEqualTo(120);
    assertThat(changed.getRGB(110, 12) & 0xffffff).isEqualTo(0xC08040);
    assertThat(changed.getRGB(2, 12) & 0xffffff).isNotEqualTo(0xC08040);
  }

  @Test
  void wrongInputIsOneSentence() throws IOException {
    Path out = folder.resolve("out");
    train(out, "--stages", 1).refuses(out, "--stages is 1");
    train(out, "--min-size", 21).refuses(out, "--min-size is 21");
    train(out, "--layers", 4).refuses(out, "--min-size is 12, and with --layers 4", "of 13×13");
    train(out, "--naive", image).refuses(out, "--naive and --mask need a trained model");
    Path mask = folder.resolve("mask.png");
    Files.write(mask, TestImages.png(10, 20, 0xFFFFFF));
    Program.run("single", "--model", harmonizer, "--naive", image, "--mask", mask, "--out", out)
        .refuses(out, "--mask", "10×20", "24×20");
    train(out, "--width", 100000, "--height", 100000)
        .refuses(out, "--width, --height or --factor ask for an image of 100000×100000 pixels");
    Program.run("single", "--model", harmonizer, "--count", 2, "--out", out)
        .refuses(out, "harmonize", "first stage takes an image", "--naive");
    Program.run("single", "--model", harmonizer, "--steps", 3, "--out", out)
        .refuses(out, "leave out --steps");
    Program.run("single", "--out", out).refuses(out, "--image is missing");
    train(out, "--mode", "paint", "--method", "consingan").refuses(out, "--mode paint", "singan");
    train(out, "--method", "singan", "--lr-scale", 0.5).refuses(out, "--lr-scale", "leave it out");
    train(out, "--activation", "lrelu:x").refuses(out, "--activation is 'lrelu:x'");
    train(out, "--activation", "5").refuses(out, "--activation is 'lrelu:5'", "from 0 to 1");
    train(out, "--scale-factor", 1).refuses(out, "--scale-factor is 1");
    train(out, "--scale-factor", 0.6).refuses(out, "--scale-factor needs --stages 0");
    train(out, "--factor", 3).refuses(out, "--factor needs --mode super-resolve");
    Program.run("single", "--model", harmonizer, "--naive", image, "--factor", 3, "--out", out)
        .refuses(out, "--factor needs a model of --mode super-resolve");
  }

  private static Program train(Path run, Object... more) {
    List<Object> words = new ArrayList<>(List.of("single", "--image", image, "--out", run));
    words.addAll(List.of("--channels", 2, "--steps", 2, "--count", 2, "--max-size", 24));
    words.addAll(List.of("--sample-every", 6));
    if (!List.of(more).contains("--stages")) {
      words.addAll(List.of("--stages", 3));
    }
    if (!List.of(more).contains("--min-size")) {
      words.addAll(List.of("--min-size", 12));
    }
    words.addAll(List.of(more));
    return Program.run(words.toArray());
  }
}
