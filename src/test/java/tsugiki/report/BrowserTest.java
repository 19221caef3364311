package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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

    String page = page(browser.get(), folder.resolve("report.html"));

    assertThat(page).containsOnlyOnce("<div class=\"slide\">");
    assertThat(page.split("<div class=\"slide\" hidden=\"\">", -1)).hasSize(3);
    assertThat(page)
        .containsSubsequence("type=\"range\" min=\"0\" max=\"2\"", "aria-label=\"Samples\"")
        .containsSubsequence("class=\"window\"", "background-size: 300% 100%");
  }

  /**
   * A phone is 390 pixels wide. No window of Chromium is so narrow, but a frame of a page is. Long
   * names of files, wide tables and wide pictures are what a run's page may have.
   */
  @Test
  void nothingIsWiderThanThePhone() throws Exception {
    Optional<String> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on the PATH");
    Path wide = folder.resolve("wide.png");
    Pictures.writePng(new BufferedImage(3000, 200, BufferedImage.TYPE_INT_RGB), wide);
    String name = "/home/somebody/photographs/" + "of_the_flowers_in_my_garden".repeat(8) + ".zip";
    HtmlReport.Slide slide = new HtmlReport.Slide(wide, name);
    new HtmlReport("A graft of " + name)
        .options("{ \"images\" : \"%s\" }".formatted(name))
        .section(name)
        .paragraph(name)
        .code(name)
        .table(Collections.nCopies(20, "measure"), List.of(Collections.nCopies(20, "0.1234 ± 0.1")))
        .picture(wide, name)
        .sideBySide(List.of(slide, slide))
        .slides(List.of(slide, slide), name)
        .frames(wide, 9, name)
        .write(folder.resolve("report.html"));
    Path phone = folder.resolve("phone.html");
    Files.writeString(
        phone,
        """
        <!DOCTYPE html><html><body><iframe src="report.html" width="390" height="844"></iframe>
        <script>
        onload = () => setTimeout(() => {
          const page = document.querySelector("iframe").contentDocument;
          page.querySelector("details").open = true;
          document.body.dataset.seen = page.querySelectorAll("input").length + " sliders, "
            + page.documentElement.scrollWidth + " of " + page.documentElement.clientWidth;
        }, 1000);
        </script></body></html>
        """);

    // The height scrolls, so that a bar of 15 pixels may stand at the side.
    assertThat(page(browser.get(), phone))
        .containsPattern("data-seen=\"2 sliders, (390 of 390|375 of 375)\"");
  }

  /** A page after its scripts ran. */
  private String page(String browser, Path file) throws IOException, InterruptedException {
    Path out = folder.resolve("page.txt");
    Process process =
        new ProcessBuilder(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--allow-file-access-from-files",
                "--virtual-time-budget=5000",
                "--dump-dom",
                file.toUri().toString())
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
