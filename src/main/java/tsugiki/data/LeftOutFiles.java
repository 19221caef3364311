package tsugiki.data;

import com.google.common.io.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import tsugiki.base.Counted;
import tsugiki.base.Details;
import tsugiki.base.Marked;

/** The files of a folder or zip that are not read, by the reason why; hidden ones do not count. */
final class LeftOutFiles {
  /** A name that leads to nothing. */
  static final String DANGLING = "a link that leads nowhere";

  /** What would block whoever opens it. */
  static final String SPECIAL = "a pipe, socket or device and no file";

  private static final String OTHER = "no image";

  /** Names of a reason that a sentence shows; of the others it gives the number. */
  private static final int SHOWN = 5;

  /** Pictures in formats that are not read. */
  private static final Set<String> FOREIGN =
      Set.of(
          "heic", "heif", "avif", "jxl", "jp2", "svg", "psd", "dng", "cr2", "cr3", "nef", "arw",
          "raf", "orf", "rw2", "tga", "ppm", "pgm", "exr", "ico");

  private final Map<String, List<String>> names = new TreeMap<>();

  /** Adds a file whose name is that of no image that is read. */
  void add(String name) {
    String extension = Files.getFileExtension(name).toLowerCase(Locale.ROOT);
    add(
        name,
        FOREIGN.contains(extension)
            ? extension.toUpperCase(Locale.ROOT) + " is not read; convert it to JPEG or PNG"
            : OTHER);
  }

  /** Adds a file with its reason, in words that follow its name. */
  void add(String name, String reason) {
    if (!ImageFormats.isHidden(name)) {
      names.computeIfAbsent(reason, key -> new ArrayList<>()).add(name);
    }
  }

  /**
   * Warns of them where there are any. Where a sentence names only the first, all go to the log's
   * details, and the sentence says so.
   *
   * @param place that they lie in
   * @param images that are read of it
   */
  void warn(Logger log, Object place, int images) {
    if (names.isEmpty()) {
      return;
    }
    boolean shortened = names.values().stream().anyMatch(some -> some.size() > SHOWN);
    log.warn(
        "'{}' holds {}; left out: {}{}",
        place,
        Counted.of(images, "image"),
        words().orElseThrow(),
        new Marked(shortened ? "; a run's log.txt names all of them, and so does ⟨verbose⟩" : ""));
    if (shortened) {
      Details.add("left out of '%s':%n%s".formatted(place, lines()));
    }
  }

  /** All files, a line for each. */
  private String lines() {
    return names.entrySet().stream()
        .flatMap(e -> e.getValue().stream().sorted().map(name -> name + " (" + e.getKey() + ")"))
        .collect(Collectors.joining("\n"));
  }

  /** The files with their reasons, such as {@code a.heic (HEIC is not read; …)}; empty for none. */
  Optional<String> words() {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            names.entrySet().stream()
                .map(
                    entry ->
                        Counted.listed(entry.getValue().stream().sorted().toList(), SHOWN)
                            + " ("
                            + entry.getKey()
                            + ")")
                .collect(Collectors.joining(", ")));
  }
}
