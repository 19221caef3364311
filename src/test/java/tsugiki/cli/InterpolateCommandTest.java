package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.base.NumpyFile;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

@Tag("slow")
class InterpolateCommandTest {
  /** The strip's gap, and the side of an image that is enlarged until details can be seen. */
  private static final int GAP = 2;

  private static final int SCALE = Pictures.readableScale(32, 32);
  private static final int SIDE = SCALE * 32;

  @TempDir static Path models;
  private static Path model;

  @TempDir Path folder;

  @BeforeAll
  static void write() {
    model = models.resolve("model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
  }

  @Test
  void theStripBeginsAndEndsWithTheImagesOfTheSeeds() throws IOException {
    BufferedImage strip = strip("--from", 3, "--to", 7, "--class", "lily", "--frames", 5);
    assertThat(strip.getWidth()).isEqualTo(5 * (SIDE + GAP) + GAP);
    assertThat(strip.getHeight()).isEqualTo(SIDE + 2 * GAP);
    assertThat(frame(strip, 0)).isEqualTo(generated(3, "lily"));
    assertThat(frame(strip, 4)).isEqualTo(generated(7, "lily"));
    assertThat(Pixels.distance(frame(strip, 2), frame(strip, 0))).isGreaterThan(2);
    assertThat(Pixels.distance(frame(strip, 2), frame(strip, 4))).isGreaterThan(2);
  }

  @Test
  void walksFromClassToClass() throws IOException {
    BufferedImage strip =
        strip("--from", 3, "--to", 3, "--class", "0", "--to-class", "tulip", "--frames", 3);
    assertThat(frame(strip, 0)).isEqualTo(generated(3, "rose"));
    assertThat(frame(strip, 2)).isEqualTo(generated(3, "tulip"));
    assertThat(Pixels.distance(frame(strip, 1), frame(strip, 0))).isPositive();
    assertThat(Pixels.distance(frame(strip, 1), frame(strip, 2))).isPositive();
  }

  @Test
  void withoutAClassTheEndsAreThoseOfTheirSeeds() throws IOException {
    BufferedImage strip = strip("--from", 3, "--to", 7, "--frames", 2);
    assertThat(frame(strip, 0)).isEqualTo(generated(3, "rose"));
    assertThat(frame(strip, 1)).isEqualTo(generated(7, "tulip"));
  }

  @Test
  void anAnimationHasAllFrames() throws IOException {
    Path out = folder.resolve("way.GIF");
    run("--from", 0, "--to", 1, "--frames", 20, "--out", out).succeeds();
    List<BufferedImage> frames = new ArrayList<>();
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(out.toFile())) {
      reader.setInput(in);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        frames.add(reader.read(i));
      }
    }
    assertThat(frames).hasSize(20);
    assertThat(frames).allMatch(frame -> frame.getWidth() == SIDE && frame.getHeight() == SIDE);
  }

  @Test
  void anEndMayBeAnImage() throws IOException {
    Program.run("generate", "--model", model, "--seeds", 5, "--out", folder.resolve("own"))
        .succeeds();
    Path image = folder.resolve("own/000000.png");
    Path json = folder.resolve("result.json");
    BufferedImage strip =
        strip("--from-image", image, "--to", 7, "--steps", 20, "--frames", 3, "--json", json);
    assertThat(frame(strip, 2)).isEqualTo(generated(7, "tulip"));
    assertThat(Files.readString(json).replaceAll("\\s", ""))
        .contains("\"seeds\":[null,7]", "000000.png\",null]");
  }

  /** A graft's model keeps what it has learned of its images, and the search begins there. */
  @Test
  void bothEndsMayBeTrainingImagesOfAGraft() throws IOException {
    Path images = folder.resolve("images");
    TestImages.write(images, "a.png", TestImages.png(32, 32, 0xC06020));
    TestImages.write(images, "b.png", TestImages.png(32, 32, 0x2060C0));
    ImageSet shapes = PaintedShapes.images(1, 32);
    Path network = folder.resolve("network");
    UntrainedFeatureNetwork.write(network, shapes, shapes.classNames());
    Path run = folder.resolve("run");
    String graft =
        "graft --images %s --generator %s --perceptual starter:%s --network starter:%s"
            + " --score-images 50 --steps 150 --batch 2 --device cpu --out %s";
    Program.run((Object[]) graft.formatted(images, model, network, network, run).split(" "))
        .succeeds();
    float[] latents = NumpyFile.read(run.resolve("model/assets.extra/latents.npy")).floats();
    byte[] reconstructed;
    try (LoadedGenerator learned = LoadedGenerator.open(run.resolve("model"))) {
      reconstructed = learned.images(latents, new long[2]);
    }
    assertThat(Pixels.distance(frame(reconstructed, 0), frame(reconstructed, 1))).isGreaterThan(20);

    Path out = folder.resolve("way.png");
    String walk =
        "interpolate --model %s --from-image %s/a.png --to-image %s/b.png --steps 0"
            + " --frames 3 --out %s";
    Program.run((Object[]) walk.formatted(run, images, images, out).split(" ")).succeeds();

    BufferedImage strip = ImageIO.read(out.toFile());
    assertThat(Pixels.distance(frame(strip, 0), frame(reconstructed, 0))).isLessThan(2);
    assertThat(Pixels.distance(frame(strip, 2), frame(reconstructed, 1))).isLessThan(2);
    assertThat(Pixels.distance(frame(strip, 1), frame(strip, 0))).isGreaterThan(4);
    assertThat(Pixels.distance(frame(strip, 1), frame(strip, 2))).isGreaterThan(4);
  }

  /**
   * One image of some, as {@link #frame(BufferedImage, int)} shows it where nothing is enlarged.
   */
  private static int[] frame(byte[] nhwc, int index) {
    assertThat(SCALE).isEqualTo(1);
    return IntStream.range(index * SIDE * SIDE, (index + 1) * SIDE * SIDE)
        .map(p -> (nhwc[3 * p] & 255) << 16 | (nhwc[3 * p + 1] & 255) << 8 | nhwc[3 * p + 2] & 255)
        .toArray();
  }

  @Test
  void anEndIsOneThing() {
    Path out = folder.resolve("way.png");
    run("--from", 0, "--out", out).refuses(out, "one of --to SEED and --to-image F");
    run("--from", 0, "--from-image", "a.png", "--to", 1, "--out", out)
        .refuses(out, "only one of --from SEED and --from-image F");
  }

  @Test
  void writesTheResult() throws IOException {
    Path json = folder.resolve("result.json");
    strip("--from", 3, "--to", 7, "--truncation", "none", "--json", json);
    assertThat(Files.readString(json).replaceAll("\\s", ""))
        .contains(
            "\"frames\":9",
            "\"truncation\":null",
            "\"seeds\":[3,7]",
            "\"images\":[null,null]",
            "\"labels\":[0,1]");
  }

  @Test
  void aModelThatOthersWroteHasNoWayBetweenClasses() throws IOException {
    Path foreign = folder.resolve("foreign");
    TinyGenerator.make().writer(Precision.FLOAT).write(foreign);
    Files.delete(foreign.resolve("assets.extra/tsugiki.json"));
    Path out = folder.resolve("way.png");
    Object[] ends = {"interpolate", "--model", foreign, "--from", 0, "--to", 1, "--out", out};
    Program.run(ends).refuses(out, "give --class NUMBER");
    Program.run(with(ends, "--class", "1", "--to-class", "2")).refuses(out, "no way from class");
    Program.run(with(ends, "--class", "rose")).refuses(out, "give a number from 0");
    Program.run(with(ends, "--class", "1")).succeeds();
  }

  @Test
  void aNameWithoutAnEndingIsAFolderOfFramesForAVideo() throws IOException {
    Path frames = folder.resolve("frames");
    Program.run(
            "interpolate",
            "--model",
            model,
            "--from",
            3,
            "--to",
            7,
            "--class",
            "lily",
            "--frames",
            3,
            "--out",
            frames,
            "--device",
            "cpu")
        .succeeds();
    assertThat(frames.toFile().list())
        .containsExactlyInAnyOrder("000000.png", "000001.png", "000002.png");
    BufferedImage last = ImageIO.read(frames.resolve("000002.png").toFile());
    assertThat(List.of(last.getWidth(), last.getHeight())).containsExactly(32, 32);
    Program.run("interpolate", "--model", model, "--from", 3, "--to", 7, "--out", frames)
        .refuses(folder.resolve("none"), "--out " + frames + " is not empty");
  }

  /** No model of this program has odd sides, but one of others may. */
  @ParameterizedTest
  @CsvSource({"27, 27, 2", "28, 27, 2", "27, 28, 2", "28, 26, 1"})
  void aVideosFramesHaveEvenSides(int height, int width, int scale) throws IOException {
    Path frames = folder.resolve("frames");
    InterpolateCommand.writeFrames(new byte[2 * height * width * 3], frames, height, width);
    assertThat(frames.toFile().list()).containsExactlyInAnyOrder("000000.png", "000001.png");
    BufferedImage frame = ImageIO.read(frames.resolve("000001.png").toFile());
    assertThat(frame.getHeight()).isEven().isEqualTo(scale * height);
    assertThat(frame.getWidth()).isEven().isEqualTo(scale * width);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--out way.jpg | way.jpg is no picture | .png or .gif",
        "--frames 1 | --frames is 1 | 2 to 240",
        "--frames 241 | --frames is 241 | 2 to 240",
        "--to-class oak | --to-class oak is no class | 2 lily",
        "--class oak | --class oak is no class | 2 lily",
        "--truncation x | 'x' is no truncation | none",
        "--steps 50 --perceptual starter | --steps, --perceptual needs | --from-image or --to-image",
      })
  void wrongFlagsAreOneSentence(String flags, String first, String second) {
    Path out = folder.resolve("way.png");
    Object[] words = flags.split(" ");
    if (!words[0].equals("--out")) {
      words = with(words, "--out", out);
    }
    run(with(words, "--from", 0, "--to", 1)).refuses(out, first, second);
    assertThat(Path.of("way.jpg")).doesNotExist();
  }

  private BufferedImage strip(Object... words) throws IOException {
    Path out = folder.resolve("way.png");
    run(with(words, "--out", out)).succeeds();
    return ImageIO.read(out.toFile());
  }

  private static Program run(Object... words) {
    return Program.run(with(new Object[] {"interpolate", "--model", model}, words));
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  /** One frame as it is shown. */
  private static int[] frame(BufferedImage strip, int index) {
    return strip.getRGB(GAP + index * (SIDE + GAP), GAP, SIDE, SIDE, null, 0, SIDE);
  }

  /** The image of a seed, enlarged as a strip's frames are. */
  private int[] generated(long seed, String className) throws IOException {
    Path out = folder.resolve(seed + className);
    Object[] generate = {"generate", "--model", model, "--upscale", SCALE, "--out", out};
    Program.run(with(generate, "--seeds", seed, "--class", className)).succeeds();
    return Pixels.of(out.resolve("000000.png"));
  }
}
