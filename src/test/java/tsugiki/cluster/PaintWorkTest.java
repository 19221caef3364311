package tsugiki.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Longs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.report.ImageFolder;
import tsugiki.report.Pictures;
import tsugiki.runtime.Device;
import tsugiki.runtime.Optimised;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

class PaintWorkTest {
  private static final BulkSession SESSION = new BulkSession(Device.CPU, 2);
  private static final List<Long> SEEDS = LongStream.range(5, 16).boxed().toList();

  @TempDir private static Path models;
  @TempDir private Path folder;

  @BeforeAll
  static void write() {
    TinyGenerator.make().writer(Precision.FLOAT).write(models.resolve("tiny"));
  }

  private static DrawnImages images() {
    return new DrawnImages(DrawnImages.Model.at(models.resolve("tiny"), SESSION), 0.4, null);
  }

  @Optimised
  @Test
  void imagesAreThoseOfTheSamplerUnderTheNumbersOfTheirPlaces() throws IOException {
    Files.writeString(folder.resolve(".000003.png.of-a-dead-process.tmp"), "half");
    int[] done = new int[1];
    byte[] shown = {};
    try (SharedFolder shared = SharedFolder.mark(folder);
        BulkEngine engine = new DirectEngine(3)) {
      PaintWork work = new PaintWork(images(), shared, 1);
      engine.run(PaintWork.parts(SEEDS, 4), work, painted -> done[0] += painted.images());
      shown = work.of(new PaintWork.Part(62, new long[] {1, 2, 3})).shown();
    }
    assertThat(done[0]).isEqualTo(SEEDS.size());
    try (DrawnImages.Drawing drawing = images().open()) {
      byte[] plain = drawing.sampler().images(Longs.toArray(SEEDS));
      for (int i = 0; i < SEEDS.size(); i++) {
        BufferedImage written = ImageIO.read(folder.resolve("00%04d.png".formatted(i)).toFile());
        assertThat(rgb(written)).isEqualTo(rgb(Pictures.of(plain, i, 32, 32, 1)));
      }
      assertThat(shown)
          .as("of image 62 to 64, the grid shows two")
          .isEqualTo(drawing.sampler().images(1, 2));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("no mark, nothing half-written").hasSize(SEEDS.size() + 3);
    }
  }

  private static int[] rgb(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void aFolderThatIsNotSharedAndAnotherModelAreRefused() {
    DirectEngine engine = new DirectEngine(1);
    PaintWork elsewhere =
        new PaintWork(images(), new SharedFolder(folder.toString(), ".shared-else"), 1);
    assertThatThrownBy(() -> engine.run(PaintWork.parts(SEEDS, 4), elsewhere, painted -> {}))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("the executor on ")
        .hasMessageContaining(folder + " is not shared with this machine");

    DrawnImages.Model model =
        new DrawnImages.Model(models.resolve("tiny").toString(), "0", false, SESSION);
    assertThatThrownBy(() -> new DrawnImages(model, 0.4, null).open())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is another model here");
    assertThatThrownBy(() -> ProgramDigest.require("another jar"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("another build of this program");
  }

  /** Otherwise the process would hold the model, and its memory, to its end. */
  @Test
  void aModelThatCannotDrawWhatIsAskedIsClosedLater() throws IOException {
    Path own = folder.resolve("own");
    FileUtils.copyDirectory(models.resolve("tiny").toFile(), own.toFile());
    DrawnImages.Model model = DrawnImages.Model.at(own, SESSION);
    assertThatThrownBy(() -> new DrawnImages(model, -1, null).open())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("truncation");
    KeptOpen.closeAll();
    FileUtils.deleteDirectory(own.toFile());
    assertThatThrownBy(() -> new DrawnImages(model, 0.4, null).open())
        .as("it is not open any more")
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void thePartsAreCutByPlace() {
    List<PaintWork.Part> parts = PaintWork.parts(SEEDS, 4);
    assertThat(parts).hasSize(3);
    assertThat(parts.get(2).first()).isEqualTo(8);
    assertThat(parts.get(2).seeds()).containsExactly(13, 14, 15);
    assertThat(ImageFolder.IN_GRID).isEqualTo(64);
  }
}
