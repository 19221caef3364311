package tsugiki.runtime;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The batches in which images are drawn, such that no image depends on the others that are drawn
 * with it.
 *
 * <p>A library chooses its kernels by the size of the batch, and within a batch some kernels treat
 * the first images unlike the last ones (measured with AVX2, in batches of 7, 8 and 32). Either
 * changes the last bits of an image. On the CPU a batch is therefore a single image, and several
 * batches are drawn at a time. BigGAN at 64 pixels takes 1.5 times as long so as in batches of 16
 * with AVX-512, 1.05 times with AVX2 and 0.5 times with SSE 4.1 (two cores). On a GPU, where single
 * images would leave most of the card idle, all batches have one size, and the last one is padded.
 */
public final class ImageBatches {
  private static final int ON_GPU = 16;

  private final int size;

  private ImageBatches(int size) {
    this.size = size;
  }

  /** The batches for a session with these settings. */
  public static ImageBatches of(Sessions.Settings settings) {
    return new ImageBatches(settings.gpu() ? ON_GPU : 1);
  }

  /**
   * Draws images.
   *
   * @param count number of images
   * @param length bytes per image
   * @param draw draws one batch: from the numbers of its images, each from 0 to {@code count} − 1,
   *     to their bytes in this order. It may be called from several threads at once. A number may
   *     occur more than once
   * @return [count, length], row-major
   */
  public byte[] draw(int count, int length, Function<int[], byte[]> draw) {
    byte[] all = new byte[Math.multiplyExact(count, length)];
    IntStream batches = IntStream.range(0, (count + size - 1) / size);
    (size == 1 ? batches.parallel() : batches)
        .forEach(
            batch -> {
              int from = batch * size;
              int[] images = new int[size];
              Arrays.setAll(images, i -> Math.min(from + i, count - 1));
              byte[] drawn = draw.apply(images);
              System.arraycopy(drawn, 0, all, from * length, Math.min(size, count - from) * length);
            });
    return all;
  }

  /**
   * The vectors of some images.
   *
   * @param vectors [N, width], row-major
   * @param images numbers of images
   * @return [images, width], row-major
   */
  public static float[] rows(float[] vectors, int width, int[] images) {
    float[] rows = new float[images.length * width];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(vectors, images[i] * width, rows, i * width, width);
    }
    return rows;
  }
}
