package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.report.PictureSeries.Moment;
import tsugiki.report.PictureSeries.Slide;

class HtmlReportTest {
  private static final String ATTACK = "<script>alert('\"&')</script>";

  @TempDir Path folder;

  @Test
  void escapesTextInEveryPlace() throws IOException {
    String page =
        page(
            new HtmlReport(ATTACK)
                .options(ATTACK)
                .section(ATTACK)
                .paragraph(ATTACK)
                .code(ATTACK)
                .table(List.of(ATTACK), List.of(List.of(ATTACK)))
                .picture(picture("a\" onerror=\"alert(1).png"), ATTACK));

    assertThat(page).doesNotContain("<script").doesNotContain("onerror=\"");
    assertThat(page.split("&lt;script&gt;", -1)).as("title twice, and eight others").hasSize(11);
  }

  @Test
  void takesNothingInTextForItsTemplate() throws IOException {
    String page =
        page(
            new HtmlReport("{{> other}}")
                .paragraph("{{#parts}}{{title}}{{/parts}}")
                .paragraph("")
                .code("{\n  \"steps\" : 3\n}"));

    assertThat(page)
        .contains("<h1>{{&gt; other}}</h1>", "<p>{{#parts}}{{title}}{{/parts}}</p>", "<p></p>")
        .contains("<pre>{\n  &quot;steps&quot; : 3\n}</pre>");
  }

  @Test
  void picturesLieWithinThePageAndLinkTheirFiles() throws IOException {
    String page =
        page(
            new HtmlReport("Run")
                .picture(picture("pictures/step 10 %é?.png"), "inside")
                .picture(picture("javascript:alert(1)"), "no scheme"));

    assertThat(page)
        .contains(
            "href=\"pictures/step%2010%20%25%C3%A9%3F.png\"><img src=\"data:image/png;base64,")
        .contains("href=\"javascript%3Aalert(1)\"")
        .doesNotContain(folder.toString());
    assertThat(decoded(page, "png"))
        .isEqualTo(Files.readAllBytes(folder.resolve("pictures/step 10 %é?.png")));
  }

  @Test
  void whatIsNotThereIsLeftOut() throws IOException {
    Path missing = folder.resolve("missing.png");
    String page =
        page(
            new HtmlReport("Run")
                .picture(missing, "one")
                .frames(missing, 3, "two")
                .slides(List.of(new Slide(missing, "step 1")), "three")
                .links("Other runs", Map.of(missing, "four")));

    assertThat(page).doesNotContain("<figure", "<img", "<h2", "<ul");
  }

  @Test
  void aLargePictureIsWithinThePageAsJpeg() throws IOException {
    Path file = folder.resolve("noise.png");
    Random random = new Random(3);
    BufferedImage noise = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 120_000; i++) {
      noise.setRGB(i % 400, i / 400, random.nextInt(0x1000000));
    }
    Pictures.writePng(noise, file);
    byte[] jpeg = decoded(page(new HtmlReport("Run").picture(file, "noise")), "jpeg");

    assertThat(jpeg.length).isLessThan((int) Files.size(file));
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(shown.getWidth()).isEqualTo(400);
    assertThat(shown.getHeight()).isEqualTo(300);
  }

  @Test
  void aSeriesHasAllItsPicturesAndAScriptThatAPageWithoutOneHasNot() throws IOException {
    Path first = picture("samples-000000.png");
    Path second = picture("samples-000250.png");
    List<Slide> slides = List.of(new Slide(first, "Step 0"), new Slide(second, "Step 250"));

    assertThat(page(new HtmlReport("Run").slides(slides, "Samples").frames(first, 9, "A path")))
        .containsSubsequence(
            "<figure class=\"slides\">",
            "alt=\"Step 0\"",
            "alt=\"Step 250\"",
            "<figcaption>Samples</figcaption>",
            "<figure class=\"frames\" data-columns=\"9\">",
            "alt=\"A path\"",
            "<script>");
    assertThat(page(new HtmlReport("Run").picture(first, "Samples"))).doesNotContain("<script");
  }

  @Test
  void picturesSideBySideHaveACaptionEach() throws IOException {
    List<Slide> stages =
        List.of(
            new Slide(picture("stage-1.png"), "Stage 1"),
            new Slide(picture("stage-2.png"), "Stage 2"),
            new Slide(folder.resolve("missing.png"), "Stage 3"));
    assertThat(page(new HtmlReport("Run").sideBySide(stages)))
        .containsSubsequence(
            "<div class=\"row\">",
            "<figcaption>Stage 1</figcaption>",
            "<figcaption>Stage 2</figcaption>",
            "</div>")
        .doesNotContain("Stage 3", "<script");
  }

  @Test
  void picturesOfAMomentBelongTogetherAndAreMadeSmallerAndOtherPagesAreLinked() throws IOException {
    Path wide = folder.resolve("psf-0/samples-000250.png");
    Pictures.writePng(new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB), wide);
    Path trial = Files.writeString(folder.resolve("psf-0/report.html"), "a page");
    String page =
        page(
            new HtmlReport("Study")
                .moments(
                    List.of(
                        new Moment(
                            "Step 250",
                            List.of(
                                new Slide(wide, "psf"),
                                new Slide(folder.resolve("none.png"), "relu")))),
                    100,
                    "The same latent vectors")
                .links(
                    "Trials",
                    Map.of(trial, "psf-0", folder.resolve("relu-0/report.html"), "relu-0")));

    assertThat(page)
        .containsSubsequence(
            "<figure class=\"slides\">",
            "<a href=\"psf-0/samples-000250.png\"><img src=\"data:image/jpeg;base64,",
            "alt=\"psf, Step 250\"",
            "<figcaption>psf</figcaption>",
            "<figcaption>Step 250</figcaption>",
            "<figcaption>The same latent vectors</figcaption>",
            "<h2>Trials</h2>",
            "<li><a href=\"psf-0/report.html\">psf-0</a></li>",
            "<script>")
        .doesNotContain("relu");
    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(decoded(page, "jpeg")));
    assertThat(List.of(shown.getWidth(), shown.getHeight())).containsExactly(100, 66);
  }

  private Path picture(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    return file;
  }

  /** The one picture within a page. */
  private static byte[] decoded(String page, String kind) {
    Matcher data = Pattern.compile("data:image/" + kind + ";base64,([\\w+/=]+)").matcher(page);
    assertThat(data.find()).isTrue();
    return Base64.getDecoder().decode(data.group(1));
  }

  @Test
  void keepsThePartsInOrder() throws IOException {
    String page =
        page(
            new HtmlReport("Graft")
                .code("tsugiki graft --images churches")
                .section("Figures")
                .paragraph("Before and after.")
                .picture(picture("grid.png"), "Samples"));

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .containsSubsequence(
            "<h1>Graft</h1>",
            "<pre>tsugiki graft --images churches</pre>",
            "<h2>Figures</h2>",
            "<p>Before and after.</p>",
            "<a href=\"grid.png\"><img src=\"data:image/png;base64,",
            "alt=\"Samples\"",
            "<figcaption>Samples</figcaption>");
  }

  @Test
  void setsColumnsOfFiguresToTheRight() throws IOException {
    String page =
        page(
            new HtmlReport("Scores")
                .table(
                    List.of("metric", "before", "after"),
                    List.of(List.of("KMMD", "0.41", "1.2e-3 ± 0.1"), List.of("FID", "", "−12 %"))));

    assertThat(page)
        .contains("<tr><th>metric</th><th class=\"number\">before</th>")
        .contains("<tr><td>KMMD</td><td class=\"number\">0.41</td>")
        .contains("<td class=\"number\">−12 %</td>");
  }

  @Test
  void refusesARowThatDoesNotFitItsHeader() {
    HtmlReport report = new HtmlReport("Scores");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> report.table(List.of("a", "b"), List.of(List.of("1"))))
        .withMessageContaining("a row of 1 cells under a header of 2");
  }

  @Test
  void replacesTheFormerPageAndLeavesNoOtherFile() throws IOException {
    page(new HtmlReport("first"));
    assertThat(page(new HtmlReport("second"))).contains("second").doesNotContain("first");

    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("report.html"));
    }
  }

  private String page(HtmlReport report) throws IOException {
    Path file = folder.resolve("report.html");
    report.write(file);
    return Files.readString(file);
  }
}
