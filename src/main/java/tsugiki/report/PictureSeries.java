package tsugiki.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pictures that belong together, as parts of a page: see {@link HtmlReport}. */
public final class PictureSeries {
  /**
   * A picture of a series.
   *
   * @param label what sets it apart, such as {@code step 250}
   */
  public record Slide(Path file, String label) {}

  /**
   * Pictures of one moment.
   *
   * @param label of the moment, such as {@code step 250}
   * @param pictures each with what sets it apart, such as the name of a variant
   */
  public record Moment(String label, List<Slide> pictures) {}

  private PictureSeries() {}

  /**
   * A series as a function of the page's folder; empty where no picture is there.
   *
   * @param part its name in the template
   */
  static Function<Path, Map<String, Object>> slides(
      String part, List<Slide> slides, String caption) {
    return folder -> {
      List<PagePicture> pictures =
          shown(slides, slide -> PagePicture.of(slide.file(), folder, slide.label()));
      return pictures.isEmpty()
          ? Map.of()
          : Map.of(part, Map.of("pictures", pictures, "caption", caption));
    };
  }

  /** Moments as a function of the page's folder, their pictures at most so many pixels wide. */
  static Function<Path, Map<String, Object>> moments(
      List<Moment> moments, int width, String caption) {
    return folder -> {
      Function<Slide, PagePicture> within =
          slide -> PagePicture.narrowed(slide.file(), folder, slide.label(), width);
      List<Map<String, Object>> each =
          moments.stream()
              .map(
                  moment ->
                      Map.<String, Object>of(
                          "label", moment.label(), "pictures", shown(moment.pictures(), within)))
              .toList();
      return Map.of("moments", Map.of("each", each, "caption", caption));
    };
  }

  private static List<PagePicture> shown(List<Slide> slides, Function<Slide, PagePicture> within) {
    return slides.stream().filter(slide -> Files.exists(slide.file())).map(within).toList();
  }
}
