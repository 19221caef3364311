package tsugiki.data;

import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import tsugiki.base.BadInputException;

/**
 * An image that was left out.
 *
 * @param name its name in its source
 * @param reason one sentence: the file, what was found, what to do
 */
public record SkippedImage(String name, String reason) {
  /**
   * Names the images of a source that are left out, and counts them.
   *
   * @param refusals why each image cannot be used; null for one that can
   * @return the images that are left out, in order
   * @throws BadInputException if none can be used
   */
  static List<SkippedImage> report(Logger log, ImageSource source, BadInputException[] refusals) {
    List<SkippedImage> skipped =
        IntStream.range(0, refusals.length)
            .filter(i -> refusals[i] != null)
            .mapToObj(i -> new SkippedImage(source.names().get(i), refusals[i].getMessage()))
            .toList();
    skipped.forEach(image -> log.warn("left out: {}", image.reason()));
    if (!skipped.isEmpty()) {
      log.warn("{} of {} images cannot be used and are left out", skipped.size(), refusals.length);
    }
    if (skipped.size() == refusals.length) {
      throw new BadInputException(
          "'%s' holds no image that can be used; the first of %d: %s"
              .formatted(source, skipped.size(), skipped.get(0).reason()),
          refusals[0]);
    }
    return skipped;
  }

  /** The indices of the images that can be used, in order. */
  static int[] kept(BadInputException[] refusals) {
    return IntStream.range(0, refusals.length).filter(i -> refusals[i] == null).toArray();
  }
}
