package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.TestImages;
import tsugiki.savedmodel.Python;

/** The lines of Python on the page of {@code single}, run as they stand there. */
class SinglePagePythonTest {
  private static final String SIZE = "height, width = 1000, 4000";

  /** After the page's lines: the stages one after another draw what the whole draws. */
  private static final String STAGES =
      """
      alone = model.signatures["stage_0"](noise=noise["noise_0"])
      for stage in range(1, len(about["heights"])):
          alone = model.signatures[f"stage_{stage}"](features=alone["features"], noise=noise[f"noise_{stage}"])
      assert np.abs(alone["images_float"] - draw(**noise)["images_float"]).max() < 1e-5
      """;

  @TempDir private Path folder;

  @Test
  void theyDrawAPanorama() throws IOException, InterruptedException {
    Matcher lines =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("src/site/markdown/single.md")));
    assertThat(lines.find()).as("single.md has lines of Python").isTrue();
    assertThat(lines.group(1)).contains(SIZE);
    Assumptions.assumeTrue(System.getProperty("tsugiki.python") != null, "no -Dtsugiki.python");
    Path image = folder.resolve("photograph.png");
    Files.write(image, TestImages.png(24, 20, 0x4080C0));
    Program.run(
            "single",
            "--image",
            image,
            "--stages",
            3,
            "--min-size",
            12,
            "--channels",
            2,
            "--steps",
            1,
            "--count",
            1,
            "--out",
            folder.resolve("runs/single"))
        .succeeds();

    Python.run(folder, folder, lines.group(1).replace(SIZE, "height, width = 30, 100") + STAGES);

    BufferedImage panorama = ImageIO.read(folder.resolve("panorama.png").toFile());
    assertThat(panorama.getWidth()).isEqualTo(100);
    assertThat(panorama.getHeight()).isEqualTo(30);
  }
}
