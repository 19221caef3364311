package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.savedmodel.Python;

/** The lines of Python in README.md, run as they stand there on the models that they are for. */
class ReadmePythonTest {
  private static final String MODEL = "runs/flowers/model";
  private static final Path STARTER = Path.of("savedmodels", "starter-64");

  @TempDir private Path folder;

  @Test
  void theyAreFiveAndNameTheModelOfTheFirstExample() throws IOException {
    assertThat(lines().lines().toList()).hasSize(5);
    assertThat(lines()).contains('"' + MODEL + '"').contains("draw(z=z)");
    assertThat(Files.readString(Path.of("README.md"))).contains("--out runs/flowers");
  }

  @Test
  void theyPaintAPictureWithAGraft() throws IOException, InterruptedException {
    Assumptions.assumeTrue(System.getProperty("tsugiki.python") != null, "no -Dtsugiki.python");
    Path images = folder.resolve("flowers");
    for (String name : List.of("flower-00.png", "flower-01.png", "flower-02.png")) {
      FileUtils.copyFileToDirectory(
          Path.of("src/examples/painted-flowers", name).toFile(), images.toFile());
    }
    Path run = folder.resolve(MODEL).getParent();
    String words = "graft --images %s --generator %s --steps 2 --score-images 20 --out %s";
    Program.run((Object[]) words.formatted(images, STARTER, run).split(" ")).succeeds();

    Python.run(folder, folder, lines());

    assertIsPicture();
  }

  @Test
  void withALabelTheyPaintAPictureWithAModelOfClasses() throws IOException, InterruptedException {
    FileUtils.copyDirectory(STARTER.toFile(), folder.resolve(MODEL).toFile());
    Matcher call = Pattern.compile("`(draw\\(z=z, label=[^`]*)`").matcher(section());
    assertThat(call.find()).as("README.md says how a label is given").isTrue();

    Python.run(folder, folder, lines().replace("draw(z=z)", call.group(1)));

    assertIsPicture();
  }

  private void assertIsPicture() throws IOException {
    BufferedImage image = ImageIO.read(folder.resolve("flower.png").toFile());
    assertThat(List.of(image.getHeight(), image.getWidth())).containsExactly(64, 64);
    int[] pixels = image.getRGB(0, 0, 64, 64, null, 0, 64);
    assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(100);
  }

  private static String lines() throws IOException {
    Matcher lines = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(section());
    assertThat(lines.find()).as("README.md has lines of Python under 'From Python'").isTrue();
    return lines.group(1);
  }

  private static String section() throws IOException {
    Matcher section =
        Pattern.compile("\n## From Python\n(.*?)\n## ", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(section.find()).as("README.md has a section 'From Python'").isTrue();
    return section.group(1);
  }
}
