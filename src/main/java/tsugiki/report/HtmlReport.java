package tsugiki.report;

import com.google.common.escape.Escaper;
import com.google.common.html.HtmlEscapers;
import com.google.common.net.UrlEscapers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tsugiki.base.AtomicFile;

/**
 * The page of a run directory, {@code report.html}: what was asked, what came out, in figures and
 * pictures. One HTML file with its style inside; pictures and charts stay files of the run
 * directory and are linked relatively, so that the directory can be moved or served as it is.
 *
 * <p>All text is escaped: names of files, classes and options come from the user's data.
 *
 * <pre>{@code
 * new HtmlReport("Graft of 25 churches")
 *     .command("tsugiki graft --images churches")
 *     .options(Map.of("steps", 10000))
 *     .section("Figures")
 *     .table(List.of("", "before", "after"), List.of(List.of("KMMD", "0.41", "0.12")))
 *     .section("Samples")
 *     .picture(run.resolve("samples.png"), "Samples at truncation 0.4")
 *     .write(run.resolve("report.html"));
 * }</pre>
 */
public final class HtmlReport {
  private static final Escaper TEXT = HtmlEscapers.htmlEscaper();
  private static final Escaper PATH_SEGMENT = UrlEscapers.urlPathSegmentEscaper();

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.55 system-ui, sans-serif; max-width: 68rem; margin: 0 auto;
        padding: 2rem 1.25rem 4rem; }
      h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1.25rem; }
      h2 { font-size: 1.3rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem;
        border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
      p { max-width: 44rem; }
      pre { padding: .75rem 1rem; overflow-x: auto; border-radius: 6px; font-size: .875rem;
        background: color-mix(in srgb, currentColor 7%, transparent); }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; margin: 1rem 0; font-size: .9375rem; }
      th, td { padding: .35rem 1.1rem .35rem 0; text-align: left; vertical-align: top;
        border-bottom: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
      thead th { border-bottom-width: 2px; }
      .number { text-align: right; font-variant-numeric: tabular-nums; }
      figure { margin: 1.25rem 0; }
      figure img { max-width: 100%; height: auto; }
      figcaption { font-size: .875rem; opacity: .75; margin-top: .35rem; }
      details { margin: 1rem 0; }
      summary { cursor: pointer; }
      """;

  private final String title;

  /** Each part as a function of the folder of the page, which only {@link #write} knows. */
  private final List<Function<Path, String>> parts = new ArrayList<>();

  /**
   * Begins a page.
   *
   * @param title its title and first heading
   */
  public HtmlReport(String title) {
    this.title = title;
  }

  /**
   * Adds the command that made the run.
   *
   * @param command as a person would type it
   * @return this page
   */
  public HtmlReport command(String command) {
    return code(command);
  }

  /**
   * Adds the options of the run, folded away until the reader opens them.
   *
   * @param options each option's name and value, in the order of the map
   * @return this page
   */
  public HtmlReport options(Map<String, ?> options) {
    List<List<String>> rows =
        options.entrySet().stream()
            .map(option -> List.of(option.getKey(), String.valueOf(option.getValue())))
            .toList();
    return folded(HtmlTable.of(List.of("option", "value"), rows));
  }

  /**
   * Adds the options of the run as text, such as the content of {@code options.json}, folded away
   * until the reader opens them.
   *
   * @param json the text, shown as it is
   * @return this page
   */
  public HtmlReport options(String json) {
    return folded(element("pre", json));
  }

  /**
   * Begins a section.
   *
   * @param heading its heading
   * @return this page
   */
  public HtmlReport section(String heading) {
    return add(element("h2", heading));
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text
   * @return this page
   */
  public HtmlReport paragraph(String text) {
    return add(element("p", text));
  }

  /**
   * Adds text with its spaces and line breaks, in a fixed-width font.
   *
   * @param text plain text
   * @return this page
   */
  public HtmlReport code(String text) {
    return add(element("pre", text));
  }

  /**
   * Adds a table. Columns of figures are set to the right.
   *
   * @param header the columns' names; an empty one is allowed
   * @param rows cells of each row, as many as the header has
   * @return this page
   * @throws IllegalArgumentException when a row has another number of cells
   */
  public HtmlReport table(List<String> header, List<List<String>> rows) {
    return add("<div class=\"scroll\">\n" + HtmlTable.of(header, rows) + "</div>\n");
  }

  /**
   * Adds a picture of any kind that browsers show: a grid, an animation, a chart.
   *
   * @param file the picture, which may be written later; the page links it relatively
   * @param caption what it shows; also read out to those who cannot see it
   * @return this page
   */
  public HtmlReport picture(Path file, String caption) {
    parts.add(
        folder ->
            "<figure>\n<img src=\"%s\" alt=\"%s\" loading=\"lazy\">\n%s</figure>\n"
                .formatted(
                    TEXT.escape(link(folder, file)),
                    TEXT.escape(caption),
                    element("figcaption", caption)));
    return this;
  }

  /**
   * Writes the page, in one step: a reader never sees half of it.
   *
   * @param file where to, usually {@code report.html} in the run directory; an existing file is
   *     replaced
   * @throws tsugiki.base.BadInputException when the folder cannot be made or {@code file} is a
   *     folder
   * @throws java.io.UncheckedIOException when writing fails
   */
  public void write(Path file) {
    String page = html(file.toAbsolutePath().normalize().getParent());
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private String html(Path folder) {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
    page.append("<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append(element("title", title));
    page.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
    page.append(element("h1", title));
    parts.forEach(part -> page.append(part.apply(folder)));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private HtmlReport add(String html) {
    parts.add(folder -> html);
    return this;
  }

  private HtmlReport folded(String html) {
    return add("<details>\n<summary>Options</summary>\n" + html + "</details>\n");
  }

  private static String element(String name, String text) {
    return "<" + name + ">" + TEXT.escape(text) + "</" + name + ">\n";
  }

  /** The relative URL from the page's folder to a file. */
  private static String link(Path folder, Path file) {
    Path relative = folder.relativize(file.toAbsolutePath().normalize());
    return StreamSupport.stream(relative.spliterator(), false)
        .map(segment -> PATH_SEGMENT.escape(segment.toString()))
        // A colon in the first segment would make what stands before it the URL's scheme.
        .map(segment -> segment.replace(":", "%3A"))
        .collect(Collectors.joining("/"));
  }
}
