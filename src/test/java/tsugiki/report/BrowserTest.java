package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.report.PictureSeries.Moment;
import tsugiki.report.PictureSeries.Slide;

/** What a browser makes of every part that a page can have, from the disk. */
class BrowserTest {
  private static Browser browser;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void slidersShowOnePictureOfASeriesOneMomentAndOneColumnOfAGrid() throws IOException {
    Path grid = picture("grid.png", 30, 20);
    List<Slide> variants = List.of(new Slide(grid, "psf"), new Slide(grid, "relu"));
    show(
        new HtmlReport("Run")
            .slides(
                List.of(
                    new Slide(grid, "Step 0"),
                    new Slide(grid, "Step 1"),
                    new Slide(grid, "Step 2")),
                "Samples")
            .moments(
                List.of(new Moment("Step 0", variants), new Moment("Step 9", variants)),
                20,
                "Variants")
            .frames(grid, 3, "A path"));

    assertThat(browser.evaluate(shown(0)).asText()).isEqualTo("Step 2");
    assertThat(browser.evaluate(shown(1)).asText()).isEqualTo("psf relu Step 9");
    browser.evaluate("document.querySelectorAll('input')[1].focus()");
    browser.press("ArrowLeft");
    assertThat(browser.evaluate(shown(0)).asText()).isEqualTo("Step 2");
    assertThat(browser.evaluate(shown(1)).asText()).isEqualTo("psf relu Step 0");
    String ranges =
        "[...document.querySelectorAll('input')].map(i => i.ariaLabel + ' ' + i.max).join()";
    assertThat(browser.evaluate(ranges).asText()).isEqualTo("Samples 2,Variants 1,A path 2");
    assertThat(browser.evaluate("document.querySelector('.window').style.backgroundSize").asText())
        .isEqualTo("300% 100%");
    assertThat(browser.evaluate("[...document.images].map(i => i.alt).join()").asText())
        .contains("psf, Step 0,relu, Step 0,psf, Step 9,relu, Step 9,A path");
    assertThat(browser.requests()).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  /** The captions that are seen of a series. */
  private static String shown(int series) {
    return "[...document.querySelectorAll('.slides')[%d].querySelectorAll('.slide figcaption')].filter(c => c.offsetParent).map(c => c.textContent).join(' ')"
        .formatted(series);
  }

  /** Long names of files, wide tables and wide pictures are what a run's page may have. */
  @Test
  void nothingIsWiderThanThePhone() throws IOException {
    Path wide = picture("wide.png", 3000, 200);
    String name = "/home/somebody/photographs/" + "of_the_flowers_in_my_garden".repeat(8) + ".zip";
    Slide slide = new Slide(wide, name);
    show(
        new HtmlReport("A graft of " + name)
            .options("{ \"images\" : \"%s\" }".formatted(name))
            .section(name)
            .paragraph(name)
            .code(name)
            .table(
                Collections.nCopies(20, "measure"),
                List.of(Collections.nCopies(20, "0.1234 ± 0.1")))
            .picture(wide, name)
            .sideBySide(List.of(slide, slide))
            .slides(List.of(slide, slide), name)
            .moments(List.of(new Moment(name, List.of(slide, slide))), 480, name)
            .links("Pages", Map.of(wide, name))
            .frames(wide, 9, name));

    assertThat(browser.width()).isEqualTo(Browser.PHONE);
    assertThat(browser.evaluate("document.querySelectorAll('input').length").asInt()).isEqualTo(3);
  }

  /** Without this the tests of runs' pages might see nothing because they look at nothing. */
  @Test
  void whatAPageShallNotDoIsSeen() throws IOException {
    Path page = folder.resolve("bad.html");
    Files.writeString(
        page,
        """
        <!DOCTYPE html><meta name="viewport" content="width=device-width">
        <img src="http://127.0.0.1:49151/no.png"><div style="width: 500px">wide</div>
        <script>nowhere();</script>
        """);
    browser.show(page);

    assertThat(browser.requests()).containsExactly("http://127.0.0.1:49151/no.png");
    assertThat(browser.complaints()).anyMatch(text -> text.contains("nowhere is not defined"));
    assertThat(browser.width()).isGreaterThan(Browser.PHONE);
  }

  private void show(HtmlReport report) {
    report.write(folder.resolve("report.html"));
    browser.show(folder.resolve("report.html"));
  }

  private Path picture(String name, int width, int height) {
    Path file = folder.resolve(name);
    Pictures.writePng(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), file);
    return file;
  }
}
