package tsugiki.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import tsugiki.base.StatelessRandom;

/**
 * The choice of the images for each step's batch, by the seed and the step alone.
 *
 * <p>Every epoch is a permutation of the images, drawn from (seed, epoch); batches run on over the
 * end of an epoch, so that each image comes exactly once per epoch and no batch is short. Since
 * nothing is remembered from step to step, a resumed run gets the batches that it would have got.
 *
 * <p>All methods may be called from several threads.
 */
public final class Batches {
  private final ImageSet images;
  private final int batchSize;
  private final long seed;
  private volatile Epoch latest;

  /**
   * Makes the batches of a run.
   *
   * @param images what to draw from
   * @param batchSize images per batch, at least 1; may exceed the number of images
   * @param seed of the run
   */
  public Batches(ImageSet images, int batchSize, long seed) {
    if (batchSize < 1 || images.count() < 1) {
      throw new IllegalArgumentException(
          "cannot make batches of %d from %d images".formatted(batchSize, images.count()));
    }
    this.images = images;
    this.batchSize = batchSize;
    this.seed = seed;
    this.latest = Epoch.shuffled(seed, 0, images.count());
  }

  /**
   * Returns a part of all images in a random order, so that two parts that do not overlap share no
   * image.
   *
   * @param seed of the order
   * @param from where the part begins in that order
   * @param to where it ends, the first one that it lacks
   * @return indices in rising order
   */
  public static int[] part(ImageSet images, long seed, int from, int to) {
    // The first batch of all images is a permutation.
    int[] order = new Batches(images, images.count(), seed).indices(0);
    return Arrays.stream(order, from, to).sorted().toArray();
  }

  /** Returns the number of images per batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Returns what the batches are drawn from. */
  public ImageSet images() {
    return images;
  }

  /**
   * Returns which images make a batch.
   *
   * @param step 0 or more
   * @return [batchSize], indices into {@link #images}
   */
  public int[] indices(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("step %d is negative".formatted(step));
    }
    long first = Math.multiplyExact(step, (long) batchSize);
    int[] indices = new int[batchSize];
    for (int i = 0; i < batchSize; i++) {
      long position = first + i;
      int[] order = ordered(position / images.count()).order();
      indices[i] = order[(int) (position % images.count())];
    }
    return indices;
  }

  /**
   * Returns the epoch that a place of a batch lies in.
   *
   * @param step 0 or more
   * @param place 0 to batchSize − 1
   */
  public long epoch(long step, int place) {
    return (Math.multiplyExact(step, (long) batchSize) + place) / images.count();
  }

  /**
   * Returns which images of a batch are mirrored, each with probability ½.
   *
   * @param step 0 or more
   * @return [batchSize]
   */
  public boolean[] flips(long step) {
    SplittableRandom random = StatelessRandom.of(seed, step, "flip");
    boolean[] flips = new boolean[batchSize];
    for (int i = 0; i < batchSize; i++) {
      flips[i] = random.nextBoolean();
    }
    return flips;
  }

  /**
   * Copies images into a batch.
   *
   * @param indices which images [n]
   * @param flips which of them to mirror left to right [n]
   * @param target uint8 NHWC [n, size, size, 3], written whole
   */
  public void fill(int[] indices, boolean[] flips, byte[] target) {
    int length = images.imageLength();
    if (flips.length != indices.length || target.length != (long) indices.length * length) {
      throw new IllegalArgumentException(
          "%d images of %d bytes do not fit %d flips and %d bytes"
              .formatted(indices.length, length, flips.length, target.length));
    }
    for (int i = 0; i < indices.length; i++) {
      byte[] rgb = images.image(indices[i]).rgb();
      if (flips[i]) {
        copyMirrored(rgb, target, i * length);
      } else {
        System.arraycopy(rgb, 0, target, i * length, length);
      }
    }
  }

  private void copyMirrored(byte[] rgb, byte[] target, int offset) {
    int size = images.size();
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int from = (y * size + size - 1 - x) * 3;
        System.arraycopy(rgb, from, target, offset + (y * size + x) * 3, 3);
      }
    }
  }

  // The latest order is kept only to save shuffling anew for every step of an epoch.
  private Epoch ordered(long number) {
    Epoch epoch = latest;
    if (epoch.number() != number) {
      epoch = Epoch.shuffled(seed, number, images.count());
      latest = epoch;
    }
    return epoch;
  }

  /** The order of the images in one epoch. */
  private record Epoch(long number, int[] order) {
    static Epoch shuffled(long seed, long number, int count) {
      SplittableRandom random = StatelessRandom.of(seed, number, "epoch order");
      int[] order = new int[count];
      // Fisher and Yates's shuffle, from the inside out.
      for (int i = 0; i < count; i++) {
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      return new Epoch(number, order);
    }
  }
}
