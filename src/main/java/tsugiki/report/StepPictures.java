package tsugiki.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pictures that a training leaves every so many steps, such as {@code samples-000250.png}. */
public final class StepPictures {
  private StepPictures() {}

  /** The name of a picture's file. */
  public static String fileName(String name, long step) {
    return "%s-%06d.png".formatted(name, step);
  }

  /**
   * The pictures of one name by their steps.
   *
   * @param folder of the training; one that is not there has none
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static TreeMap<Long, Path> in(Path folder, String name) {
    TreeMap<Long, Path> found = new TreeMap<>();
    all(folder, Pattern.quote(name)).forEach((file, step) -> found.put(step, file));
    return found;
  }

  /**
   * Deletes the pictures of all names that were drawn after a step.
   *
   * @throws UncheckedIOException if one cannot be deleted
   */
  public static void forgetAfter(Path folder, long step) {
    try {
      for (Map.Entry<Path, Long> picture : all(folder, ".+").entrySet()) {
        if (picture.getValue() > step) {
          Files.delete(picture.getKey());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the pictures in " + folder, e);
    }
  }

  /** The steps of the pictures whose name is like that. */
  private static Map<Path, Long> all(Path folder, String name) {
    Map<Path, Long> found = new HashMap<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    Pattern pattern = Pattern.compile(name + "-(\\d{6,18})\\.png");
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            Matcher matcher = pattern.matcher(file.getFileName().toString());
            if (matcher.matches()) {
              found.put(file, Long.parseLong(matcher.group(1)));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the folder " + folder, e);
    }
    return found;
  }

  /**
   * As many of them as a reader looks at: the first, the last, and others at equal distances.
   *
   * @param most at least 2
   */
  public static <T> List<T> spread(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return count < 2
        ? all
        : IntStream.range(0, count)
            .mapToObj(i -> all.get((int) ((long) i * (all.size() - 1) / (count - 1))))
            .toList();
  }
}
