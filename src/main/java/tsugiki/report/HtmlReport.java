package tsugiki.report;

import com.google.common.escape.Escaper;
import com.google.common.net.UrlEscapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
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
 * The page of a run directory, {@code report.html}: its options, figures and pictures. One HTML
 * file with its style inside; pictures and charts stay files of the run directory and are linked
 * relatively, so that the directory can be moved or served as it is.
 *
 * <p>The HTML is in the template {@code page.mustache}, which escapes all text: names of files,
 * classes and options come from the user's data.
 *
 * <pre>{@code
 * new HtmlReport("Graft of 25 churches")
 *     .options(json)
 *     .section("Figures")
 *     .table(List.of("", "before", "after"), List.of(List.of("KMMD", "0.41", "0.12")))
 *     .section("Samples")
 *     .picture(run.resolve("samples.png"), "Samples at truncation 0.4")
 *     .write(run.resolve("report.html"));
 * }</pre>
 */
public final class HtmlReport {
  private static final String TEMPLATE = "page.mustache";
  private static final Escaper PATH_SEGMENT = UrlEscapers.urlPathSegmentEscaper();

  /** A picture as the template reads it. */
  private record Picture(String link, String caption) {}

  private final String title;

  /**
   * Each part, by the name that it has in the template, as a function of the page's folder, which
   * only {@link #write} knows.
   */
  private final List<Function<Path, Map<String, Object>>> parts = new ArrayList<>();

  /**
   * Begins a page.
   *
   * @param title its title and first heading
   */
  public HtmlReport(String title) {
    this.title = title;
  }

  /**
   * Adds the options of the run as text, such as the content of {@code options.json}, folded away
   * until the reader opens them.
   *
   * @param json the text, shown as it is
   * @return this page
   */
  public HtmlReport options(String json) {
    return add("options", json);
  }

  /**
   * Begins a section.
   *
   * @param heading its heading
   * @return this page
   */
  public HtmlReport section(String heading) {
    return add("heading", heading);
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text
   * @return this page
   */
  public HtmlReport paragraph(String text) {
    return add("paragraph", text);
  }

  /**
   * Adds text with its spaces and line breaks, in a fixed-width font.
   *
   * @param text plain text
   * @return this page
   */
  public HtmlReport code(String text) {
    return add("code", text);
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
    return add("table", PageTable.of(header, rows));
  }

  /**
   * Adds a picture of any kind that browsers show: a grid, an animation, a chart.
   *
   * @param file the picture, which may be written later; the page links it relatively
   * @param caption what it shows; screen readers read it too
   * @return this page
   */
  public HtmlReport picture(Path file, String caption) {
    parts.add(folder -> Map.of("picture", new Picture(link(folder, file), caption)));
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
    Path folder = file.toAbsolutePath().normalize().getParent();
    List<Map<String, Object>> content = parts.stream().map(part -> part.apply(folder)).toList();
    String page = template().execute(Map.of("title", title, "parts", content));
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static Template template() {
    try (Reader reader =
        new InputStreamReader(
            HtmlReport.class.getResourceAsStream(TEMPLATE), StandardCharsets.UTF_8)) {
      return Mustache.compiler().escapeHTML(true).compile(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the template " + TEMPLATE, e);
    }
  }

  private HtmlReport add(String name, Object content) {
    parts.add(folder -> Map.of(name, content));
    return this;
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
