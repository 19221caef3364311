package tsugiki.cluster;

import com.google.common.collect.Lists;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import tsugiki.report.ImageFolder;
import tsugiki.savedmodel.Sampler;

/**
 * Draws images and writes them into a shared folder, each file whole and under the number of its
 * place.
 *
 * @param images how they are drawn
 * @param folder where they go
 * @param scale the factor by which they are enlarged
 */
public record PaintWork(DrawnImages images, SharedFolder folder, int scale)
    implements PartWork<PaintWork.Part, PaintWork.Painted> {
  /** Images that are drawn before they are written. */
  private static final int AT_ONCE = 64;

  /**
   * Images behind one another.
   *
   * @param first the place of the first
   * @param seeds of the images
   */
  public record Part(int first, long[] seeds) implements Serializable {}

  /**
   * What was written.
   *
   * @param images how many
   * @param shown pixels of those that the grid shows, [n, H, W, 3]
   */
  public record Painted(int images, byte[] shown) implements Serializable {}

  /**
   * The parts of images.
   *
   * @param seeds of all images
   * @param size images of a part, at least 1; the last part may have fewer
   */
  public static List<Part> parts(List<Long> seeds, int size) {
    List<List<Long>> parts = Lists.partition(seeds, size);
    return new AbstractList<>() {
      @Override
      public Part get(int index) {
        return new Part(index * size, Longs.toArray(parts.get(index)));
      }

      @Override
      public int size() {
        return parts.size();
      }
    };
  }

  @Override
  public Painted of(Part part) {
    Path place = folder.here();
    byte[] shown = {};
    try (DrawnImages.Drawing drawing = images.open()) {
      Sampler sampler = drawing.sampler();
      int at = part.first();
      for (List<Long> some : Lists.partition(Longs.asList(part.seeds()), AT_ONCE)) {
        byte[] drawn = sampler.images(Longs.toArray(some));
        ImageFolder.write(place, at, drawn, sampler.height(), sampler.width(), scale);
        int inGrid = Math.max(0, Math.min(some.size(), ImageFolder.IN_GRID - at));
        shown = Bytes.concat(shown, Arrays.copyOf(drawn, drawn.length / some.size() * inGrid));
        at += some.size();
      }
    }
    return new Painted(part.seeds().length, shown);
  }
}
