package tsugiki.data;

import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;

/** Finds the images that can be decoded before work begins that reads them one by one. */
public final class UsableImages {
  private static final Logger LOG = LoggerFactory.getLogger(UsableImages.class);

  private UsableImages() {}

  /**
   * The images of a source that can be used. For {@link BadImagePolicy#FAIL} that is the source
   * itself, which refuses such an image when it is read; for {@link BadImagePolicy#SKIP} every
   * image is decoded once, and those that cannot be are named and left out.
   *
   * @return a source that shares the given one's files
   * @throws BadInputException if no image is left
   */
  public static ImageSource of(ImageSource source, BadImagePolicy policy) {
    if (policy == BadImagePolicy.FAIL) {
      return source;
    }
    BadInputException[] refusals = new BadInputException[source.count()];
    try (Phase reading = Phase.begin("reading the images of " + source)) {
      IntStream.range(0, refusals.length)
          .parallel()
          .forEach(
              i -> {
                try {
                  source.read(i);
                } catch (BadInputException e) {
                  refusals[i] = e;
                }
              });
    }
    SkippedImage.report(LOG, source, refusals);
    return source.of(
        IntStream.of(SkippedImage.kept(refusals)).mapToObj(source.names()::get).toList());
  }
}
