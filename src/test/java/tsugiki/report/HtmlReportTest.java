package tsugiki.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .picture(folder.resolve("a\" onerror=\"alert(1).png"), ATTACK));

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
  void linksPicturesRelativelyToThePage() throws IOException {
    String page =
        page(
            new HtmlReport("Run")
                .picture(folder.resolve("pictures/step 10 %é?.png"), "inside")
                .picture(folder.resolveSibling("other/x.png"), "outside")
                .picture(folder.resolve("javascript:alert(1)"), "no scheme"));

    assertThat(page)
        .contains("src=\"pictures/step%2010%20%25%C3%A9%3F.png\"")
        .contains("src=\"../other/x.png\"")
        .contains("src=\"javascript%3Aalert(1)\"")
        .doesNotContain(folder.toString());
  }

  @Test
  void linksPicturesOfARunThatIsNamedFromTheWorkingDirectory() throws IOException {
    Path run = Path.of("").toAbsolutePath().relativize(folder);
    new HtmlReport("Run")
        .picture(run.resolve("grid.png"), "Samples")
        .write(run.resolve("report.html"));

    assertThat(folder.resolve("report.html")).content().contains("src=\"grid.png\"");
  }

  @Test
  void keepsThePartsInOrder() throws IOException {
    String page =
        page(
            new HtmlReport("Graft")
                .code("tsugiki graft --images churches")
                .section("Figures")
                .paragraph("Before and after.")
                .picture(folder.resolve("grid.png"), "Samples"));

    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .containsSubsequence(
            "<h1>Graft</h1>",
            "<pre>tsugiki graft --images churches</pre>",
            "<h2>Figures</h2>",
            "<p>Before and after.</p>",
            "<img src=\"grid.png\" alt=\"Samples\"",
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
