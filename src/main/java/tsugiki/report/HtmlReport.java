package tsugiki.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tsugiki.base.AtomicFile;
import tsugiki.report.PictureSeries.Moment;
import tsugiki.report.PictureSeries.Slide;

/**
 * The page of a run directory, {@code report.html}: its options, figures and pictures. One HTML
 * file with its style and its pictures inside, which opens from the disk and can be sent as it is.
 * A click on a picture opens its file where the page still lies beside it.
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
  private static final Set<String> PARTS_THAT_MOVE = Set.of("slides", "moments", "frames");

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
   * @param file the picture; one that is not there when the page is written is left out
   * @param caption what it shows; screen readers read it too
   * @return this page
   */
  public HtmlReport picture(Path file, String caption) {
    return addPicture("picture", file, picture -> picture, caption);
  }

  /**
   * Adds a series of pictures, of which a slider shows one, the last one first. Without scripts all
   * are shown.
   *
   * @param slides those whose file is not there when the page is written are left out
   * @param caption what they show
   * @return this page
   */
  public HtmlReport slides(List<Slide> slides, String caption) {
    return add(PictureSeries.slides("slides", slides, caption));
  }

  /**
   * Adds pictures side by side, as many as the page is wide enough for.
   *
   * @param pictures those whose file is not there when the page is written are left out
   * @return this page
   */
  public HtmlReport sideBySide(List<Slide> pictures) {
    return add(PictureSeries.slides("row", pictures, ""));
  }

  /**
   * Adds pictures side by side that change together: a slider shows those of one moment, the last
   * one first. Without scripts all are shown.
   *
   * @param moments in order; pictures whose file is not there when the page is written are left out
   * @param width what is wider is within the page made smaller to so many pixels, since there are
   *     many
   * @param caption what they show
   * @return this page
   */
  public HtmlReport moments(List<Moment> moments, int width, String caption) {
    return add(PictureSeries.moments(moments, width, caption));
  }

  /**
   * Adds a section with links to other pages beside this one.
   *
   * @param heading of the section
   * @param pages what each is, by its file; one that is not there when the page is written is left
   *     out, and the section too where none is there
   * @return this page
   */
  public HtmlReport links(String heading, Map<Path, String> pages) {
    return add(
        folder -> {
          List<Map<String, String>> links =
              pages.keySet().stream()
                  .filter(Files::exists)
                  .map(
                      page -> Map.of("link", RelativeUrl.of(folder, page), "text", pages.get(page)))
                  .toList();
          return links.isEmpty()
              ? Map.of()
              : Map.of("heading", heading, "links", Map.of("pages", links));
        });
  }

  /**
   * Adds a grid whose columns follow each other in time, such as an interpolation: a slider shows
   * one column, and the whole grid stands below.
   *
   * @param file the grid; one that is not there when the page is written is left out
   * @param columns of the grid
   * @param caption what it shows
   * @return this page
   */
  public HtmlReport frames(Path file, int columns, String caption) {
    return addPicture(
        "frames", file, picture -> Map.of("picture", picture, "columns", columns), caption);
  }

  private HtmlReport addPicture(
      String name, Path file, Function<PagePicture, Object> content, String caption) {
    return add(
        folder ->
            Files.exists(file)
                ? Map.of(name, content.apply(PagePicture.of(file, folder, caption)))
                : Map.of());
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
    boolean moves =
        content.stream().anyMatch(part -> !Collections.disjoint(part.keySet(), PARTS_THAT_MOVE));
    String page = template().execute(Map.of("title", title, "parts", content, "moves", moves));
    AtomicFile.write(file, page);
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
    return add(folder -> Map.of(name, content));
  }

  private HtmlReport add(Function<Path, Map<String, Object>> part) {
    parts.add(part);
    return this;
  }
}
