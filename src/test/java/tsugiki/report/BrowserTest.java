package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a browser makes of a run's page, from the disk; skipped where there is no Chromium. */
class BrowserTest {
  @TempDir Path folder;

  @Test
  void slidersShowOnePictureOfASeriesAndOneColumnOfAGrid() throws Exception {
    Optional<String> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH");
    Path grid = folder.resolve("grid.png");
    Pictures.writePng(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), grid);
    new HtmlReport("Run")
        .slides(
            List.of(
                new HtmlReport.Slide(grid, "Step 0"),
                new HtmlReport.Slide(grid, "Step 1"),
                new HtmlReport.Slide(grid, "Step 2")),
            "Samples")
        .frames(grid, 3, "A path")
        .write(folder.resolve("report.html"));

    String page = page(browser.get());

    assertThat(page).containsOnlyOnce("<div class=\"slide\">");
    assertThat(page.split("<div class=\"slide\" hidden=\"\">", -1)).hasSize(3);
    assertThat(page)
        .containsSubsequence("type=\"range\" min=\"0\" max=\"2\"", "aria-label=\"Samples\"")
        .containsSubsequence("class=\"window\"", "background-size: 300% 100%");
  }

  /** The page after its scripts ran. */
  private String page(String browser) throws IOException, InterruptedException {
    Path out = folder.resolve("page.txt");
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                folder.resolve("report.html").toUri().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return Files.readString(out);
  }

  private static Optional<String> browser() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name -> Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
