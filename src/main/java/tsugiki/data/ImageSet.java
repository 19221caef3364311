package tsugiki.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.base.Phase;

/**
 * Square images of one size in memory, with names and labels: uint8 [N, size, size, 3]. Every image
 * is an array of its own, so that a set may be larger than the 2 GiB of one array and sets made
 * from a set share their pixels. A set does not change.
 */
public final class ImageSet implements ImageSupply {
  /** The shortest side in pixels that a file must have to be enlarged to a training image. */
  public static final int MIN_SIDE = 8;

  private static final Logger LOG = LoggerFactory.getLogger(ImageSet.class);

  private final int size;
  private final List<String> names;
  private final byte[][] images;
  private final int[] labels;
  private final List<String> classNames;
  private final List<SkippedImage> skipped;
  private final boolean foundClasses;

  private ImageSet(
      int size,
      List<String> names,
      byte[][] images,
      int[] labels,
      List<String> classNames,
      List<SkippedImage> skipped,
      boolean foundClasses) {
    this.size = size;
    this.names = names;
    this.images = images;
    this.labels = labels;
    this.classNames = classNames;
    this.skipped = skipped;
    this.foundClasses = foundClasses;
  }

  /**
   * Decodes every image of a source on all cores, cuts out its centred square and resizes that.
   *
   * @param source the images
   * @param size side of the squares in pixels, at least 1
   * @param policy what to do with an image that cannot be used
   * @return the images in the source's order; classes all of whose images were skipped stay
   * @throws BadInputException for {@link BadImagePolicy#FAIL} the first refusal in file order: an
   *     image that cannot be decoded or is below {@link #MIN_SIDE}; for {@link BadImagePolicy#SKIP}
   *     only if no image is left
   */
  public static ImageSet load(ImageSource source, int size, BadImagePolicy policy) {
    return load(source, size, policy, Crop.SQUARE);
  }

  /**
   * The same with another treatment of images that are not square; how many they are is logged.
   *
   * @throws BadInputException as {@link #load(ImageSource, int, BadImagePolicy)}, and if memory
   *     does not hold them
   */
  public static ImageSet load(ImageSource source, int size, BadImagePolicy policy, Crop crop) {
    ImageMemory.check(source.count(), size);
    AtomicInteger notSquare = new AtomicInteger();
    byte[][] images = new byte[source.count()][];
    BadInputException[] refusals = new BadInputException[source.count()];
    AtomicInteger firstRefusal = new AtomicInteger(Integer.MAX_VALUE);
    try (Phase reading = Phase.begin("reading the images of " + source)) {
      IntStream.range(0, source.count())
          .parallel()
          // What comes after a refusal is not needed, what comes before may be refused earlier.
          .filter(i -> policy == BadImagePolicy.SKIP || i < firstRefusal.get())
          .forEach(
              i -> {
                try {
                  RgbImage image = large(source, i);
                  if (image.height() != image.width()) {
                    notSquare.incrementAndGet();
                  }
                  images[i] = Resampler.resize(crop.of(image), size, size).rgb();
                } catch (BadInputException e) {
                  refusals[i] = e;
                  firstRefusal.accumulateAndGet(i, Math::min);
                }
              });
    }
    if (policy == BadImagePolicy.FAIL && firstRefusal.get() < images.length) {
      throw refusals[firstRefusal.get()];
    }
    if (notSquare.get() > 0) {
      LOG.warn("{} of {} images are not square: {}", notSquare, images.length, crop.effect());
    }
    return loaded(source, size, images, refusals);
  }

  private static RgbImage large(ImageSource source, int index) {
    RgbImage image = source.read(index);
    if (Math.min(image.height(), image.width()) < MIN_SIDE) {
      throw new BadInputException(
          "'%s' has only %d×%d pixels, fewer than the %d a side that are needed; remove it"
              .formatted(source.describe(index), image.width(), image.height(), MIN_SIDE));
    }
    return image;
  }

  private static ImageSet loaded(
      ImageSource source, int size, byte[][] images, BadInputException[] refusals) {
    List<SkippedImage> skipped = SkippedImage.report(LOG, source, refusals);
    return new ImageSet(
            size, source.names(), images, source.labels(), source.classNames(), skipped, true)
        .select(SkippedImage.kept(refusals));
  }

  /**
   * Makes a set of images that are in memory already, all of one class.
   *
   * @param images squares of one size, at least one
   * @param className name of the class
   * @return a set that shares their pixels
   */
  public static ImageSet of(List<RgbImage> images, String className) {
    int size = images.get(0).height();
    for (RgbImage image : images) {
      if (image.height() != size || image.width() != size) {
        throw new IllegalArgumentException(
            "image '%s' is %d×%d, not %d×%d as the first"
                .formatted(image.name(), image.width(), image.height(), size, size));
      }
    }
    return new ImageSet(
        size,
        images.stream().map(RgbImage::name).toList(),
        images.stream().map(RgbImage::rgb).toArray(byte[][]::new),
        new int[images.size()],
        List.of(className),
        List.of(),
        false);
  }

  /**
   * Returns some of the images.
   *
   * @param indices which, in the order wanted; an image may come more than once
   * @return a set with the same classes, which shares pixels with this one
   */
  public ImageSet select(int[] indices) {
    return new ImageSet(
        size,
        Arrays.stream(indices).mapToObj(names::get).toList(),
        Arrays.stream(indices).mapToObj(i -> images[i]).toArray(byte[][]::new),
        Arrays.stream(indices).map(i -> labels[i]).toArray(),
        classNames,
        skipped,
        foundClasses);
  }

  /**
   * Returns the same images with other labels.
   *
   * @param newLabels [N], each an index into {@code newClassNames}
   * @param newClassNames the classes' names
   * @return a set that shares pixels with this one
   */
  public ImageSet withLabels(int[] newLabels, List<String> newClassNames) {
    if (newLabels.length != count()) {
      throw new IllegalArgumentException(
          "%d labels for %d images".formatted(newLabels.length, count()));
    }
    for (int label : newLabels) {
      Objects.checkIndex(label, newClassNames.size());
    }
    return new ImageSet(
        size, names, images, newLabels.clone(), List.copyOf(newClassNames), skipped, false);
  }

  /** Returns the number of images. */
  @Override
  public int count() {
    return images.length;
  }

  /** Returns the side of the images in pixels. */
  public int size() {
    return size;
  }

  /** Returns how many bytes one image has: size · size · 3. */
  public int imageLength() {
    return size * size * RgbImage.CHANNELS;
  }

  /** Returns the images' names [N]. */
  public List<String> names() {
    return names;
  }

  /** Returns a copy of the labels [N], indices into {@link #classNames}. */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * Returns one image's label.
   *
   * @param index of the image
   * @return an index into {@link #classNames}
   */
  public int label(int index) {
    return labels[index];
  }

  /** Returns the classes' names. */
  public List<String> classNames() {
    return classNames;
  }

  /** Whether the classes are the folders that were found, and nobody named them. */
  boolean foundClasses() {
    return foundClasses;
  }

  /** Returns what was left out on loading, in file order. */
  public List<SkippedImage> skipped() {
    return skipped;
  }

  /**
   * Returns one image.
   *
   * @param index 0 to {@link #count} − 1
   * @return [size, size, 3], sharing the set's pixels
   */
  public RgbImage image(int index) {
    return new RgbImage(names.get(index), size, size, images[index]);
  }

  @Override
  public RgbImage read(int index, IntFunction<byte[]> buffers) {
    byte[] rgb = buffers.apply(imageLength());
    System.arraycopy(images[index], 0, rgb, 0, rgb.length);
    return new RgbImage(names.get(index), size, size, rgb);
  }

  @Override
  public String describe(int index) {
    return names.get(index);
  }

  /** Returns what messages call the images. */
  @Override
  public String toString() {
    return "the training images";
  }

  /**
   * Returns all pixels in one array.
   *
   * @return a copy, uint8 [N, size, size, 3]
   * @throws ArithmeticException if they are more than one array can hold (2 GiB)
   */
  public byte[] pixels() {
    byte[] pixels = new byte[Math.multiplyExact(count(), imageLength())];
    for (int i = 0; i < count(); i++) {
      System.arraycopy(images[i], 0, pixels, i * imageLength(), imageLength());
    }
    return pixels;
  }
}
