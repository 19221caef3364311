package tsugiki.recognition;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;

/**
 * The views whose maps a teacher computes: distorted images, numbered from 0, each of which follows
 * from the seed and its number alone. Every thirtieth image is kept for measuring, and the last one
 * where there are fewer than thirty.
 */
final class TeacherViews {
  private static final int EVERY = 30;
  private static final int FURTHER_EVERY = 3;

  /** Images, and which of them are learned from and measured by. */
  private record Source(ImageSet images, int[] trained, int[] heldOut) {
    private static Source of(ImageSet images) {
      return new Source(images, choices(images, false), choices(images, true));
    }
  }

  private final Source source;
  private final Optional<Source> further;
  private final long seed;

  /**
   * A view.
   *
   * @param pixels uint8 [side, side, 3]
   * @param image the image that it shows, −1 for one of the further images
   */
  record View(byte[] pixels, int image) {}

  /**
   * Makes them.
   *
   * @param images the training images
   * @param further images of the same size without labels
   */
  TeacherViews(ImageSet images, Optional<ImageSet> further, long seed) {
    this.source = Source.of(images);
    this.further = further.map(Source::of);
    this.seed = seed;
  }

  /** The side of the views in pixels. */
  int side() {
    return source.images().size();
  }

  /** A view to learn from. */
  View trained(int number) {
    return view(number, "view", false);
  }

  /** A view of an image that no other shows, to measure by. */
  View heldOut(int number) {
    return view(number, "held-out view", true);
  }

  private View view(int number, String purpose, boolean heldOut) {
    SplittableRandom random = StatelessRandom.of(seed, number, purpose);
    boolean other = further.isPresent() && number % FURTHER_EVERY == FURTHER_EVERY - 1;
    Source from = other ? further.get() : source;
    int[] choices = heldOut ? from.heldOut() : from.trained();
    int image = choices[random.nextInt(choices.length)];
    int mixed = choices[random.nextInt(choices.length)];
    byte[] pixels =
        Distortion.of(
            from.images().image(image).rgb(), from.images().image(mixed).rgb(), side(), random);
    return new View(pixels, other ? -1 : image);
  }

  private static int[] choices(ImageSet from, boolean heldOut) {
    int[] all = IntStream.range(0, from.count()).toArray();
    int every = Math.min(EVERY, from.count());
    int[] some = IntStream.of(all).filter(i -> (i % every == every - 1) == heldOut).toArray();
    // One image alone is learned from and measured by.
    return some.length == 0 ? all : some;
  }

  /** The pixels of views behind one another. */
  static byte[] pixels(View[] views) {
    int length = views[0].pixels().length;
    byte[] all = new byte[views.length * length];
    IntStream.range(0, views.length)
        .forEach(i -> System.arraycopy(views[i].pixels(), 0, all, i * length, length));
    return all;
  }

  /** Several views to learn from. */
  View[] trained(int from, int to) {
    return views(from, to, false);
  }

  /** Several views to measure by. */
  View[] heldOut(int from, int to) {
    return views(from, to, true);
  }

  private View[] views(int from, int to, boolean heldOut) {
    View[] views = new View[to - from];
    Arrays.parallelSetAll(views, i -> heldOut ? heldOut(from + i) : trained(from + i));
    return views;
  }
}
