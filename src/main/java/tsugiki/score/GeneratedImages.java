package tsugiki.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import tsugiki.data.ImageSupply;
import tsugiki.data.RgbImage;
import tsugiki.savedmodel.Sampler;

/**
 * Images that a generator draws when they are needed, so that memory does not grow with their
 * number: those that the verb {@code generate} would write for the same seeds. They are drawn in
 * blocks, and the newest blocks are kept for the threads that read beside each other.
 */
public final class GeneratedImages implements ImageSupply {
  private static final int BLOCK = 16;

  private final Sampler sampler;
  private final String name;
  private final int count;
  private final long firstSeed;

  private final Map<Integer, byte[]> blocks =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
          return size() > 2 + Runtime.getRuntime().availableProcessors() / BLOCK;
        }
      };

  /**
   * Images of consecutive seeds.
   *
   * @param sampler draws them; not closed
   * @param name what messages call them
   * @param count how many
   * @param firstSeed the first image's seed
   */
  public GeneratedImages(Sampler sampler, String name, int count, long firstSeed) {
    this.sampler = sampler;
    this.name = name;
    this.count = count;
    this.firstSeed = firstSeed;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public RgbImage read(int index, IntFunction<byte[]> buffers) {
    int length = sampler.height() * sampler.width() * RgbImage.CHANNELS;
    byte[] rgb = buffers.apply(length);
    System.arraycopy(block(index / BLOCK), index % BLOCK * length, rgb, 0, length);
    return new RgbImage(describe(index), sampler.height(), sampler.width(), rgb);
  }

  private synchronized byte[] block(int block) {
    byte[] known = blocks.get(block);
    if (known == null) {
      long[] seeds = new long[Math.min(BLOCK, count - block * BLOCK)];
      Arrays.setAll(seeds, i -> firstSeed + (long) block * BLOCK + i);
      known = sampler.images(seeds);
      blocks.put(block, known);
    }
    return known;
  }

  @Override
  public String describe(int index) {
    return "seed " + (firstSeed + index) + " of " + name;
  }

  @Override
  public String toString() {
    return name;
  }
}
