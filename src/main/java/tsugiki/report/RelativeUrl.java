package tsugiki.report;

import com.google.common.escape.Escaper;
import com.google.common.net.UrlEscapers;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a page writes of a file beside it. */
final class RelativeUrl {
  private static final Escaper SEGMENT = UrlEscapers.urlPathSegmentEscaper();

  private RelativeUrl() {}

  /**
   * The URL of a file.
   *
   * @param folder of the page, absolute and normalised
   */
  static String of(Path folder, Path file) {
    Path relative = folder.relativize(file.toAbsolutePath().normalize());
    return StreamSupport.stream(relative.spliterator(), false)
        .map(segment -> SEGMENT.escape(segment.toString()))
        // A colon in the first segment would make what stands before it the URL's scheme.
        .map(segment -> segment.replace(":", "%3A"))
        .collect(Collectors.joining("/"));
  }
}
