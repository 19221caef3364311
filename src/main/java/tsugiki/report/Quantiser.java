package tsugiki.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Reduces a picture to 256 colours of its own, without dither.
 *
 * <p>Median cut (Heckbert, "Color image quantization for frame buffer display", 1982) in its
 * variance-based form: the box of colours with the largest squared error is cut at its mean along
 * its widest channel, until there are 256 boxes or each holds one colour; a box's colour is its
 * mean. A picture of at most 256 colours keeps them exactly.
 */
final class Quantiser {
  private static final int COLOURS = 256;
  private static final int[] SHIFTS = {16, 8, 0};

  /** The picture's distinct colours 0xRRGGBB; the colours of a box lie side by side. */
  private final int[] colours;

  private final Map<Integer, Integer> counts;

  /** Colours {@code from} to {@code to − 1}, their mean, and where to cut them. */
  private record Box(int from, int to, int mean, int shift, int cut, double error) {}

  private Quantiser(int[] pixels) {
    colours = Arrays.stream(pixels).sorted().distinct().toArray();
    counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
  }

  /**
   * The picture in at most 256 colours.
   *
   * @param image an opaque picture; transparency is ignored
   * @return a picture of the same size, indexed, with a palette of its own
   */
  static BufferedImage quantise(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xffffff;
    }
    Quantiser quantiser = new Quantiser(pixels);
    Box[] boxes = quantiser.boxes();
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette(boxes));
    indexed.getRaster().setDataElements(0, 0, width, height, quantiser.indices(pixels, boxes));
    return indexed;
  }

  private Box[] boxes() {
    PriorityQueue<Box> boxes =
        new PriorityQueue<>(Comparator.comparingDouble(Box::error).reversed());
    boxes.add(box(0, colours.length));
    while (boxes.size() < COLOURS && boxes.peek().error() > 0) {
      Box widest = boxes.remove();
      int middle = partition(widest);
      boxes.add(box(widest.from(), middle));
      boxes.add(box(middle, widest.to()));
    }
    return boxes.toArray(Box[]::new);
  }

  private Box box(int from, int to) {
    int mean = 0;
    int widestShift = 0;
    int cut = 0;
    double widest = -1;
    double error = 0;
    for (int shift : SHIFTS) {
      double n = 0;
      double sum = 0;
      double squares = 0;
      for (int i = from; i < to; i++) {
        int count = counts.get(colours[i]);
        int level = level(colours[i], shift);
        n += count;
        sum += (double) count * level;
        squares += (double) count * level * level;
      }
      mean |= (int) Math.round(sum / n) << shift;
      // Sums of whole numbers are exact, so one colour alone has an error of exactly 0.
      double spread = (n * squares - sum * sum) / n;
      error += spread;
      if (spread > widest) {
        widest = spread;
        widestShift = shift;
        cut = (int) (sum / n);
      }
    }
    return new Box(from, to, mean, widestShift, cut, error);
  }

  /** Brings the colours up to the cut to the box's front, and returns where the others begin. */
  private int partition(Box box) {
    int middle = box.from();
    for (int i = box.from(); i < box.to(); i++) {
      int colour = colours[i];
      if (level(colour, box.shift()) <= box.cut()) {
        colours[i] = colours[middle];
        colours[middle++] = colour;
      }
    }
    return middle;
  }

  private byte[] indices(int[] pixels, Box[] boxes) {
    Map<Integer, Byte> index = new HashMap<>();
    for (int b = 0; b < boxes.length; b++) {
      for (int i = boxes[b].from(); i < boxes[b].to(); i++) {
        index.put(colours[i], (byte) b);
      }
    }
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] = index.get(pixels[i]);
    }
    return indices;
  }

  private static IndexColorModel palette(Box[] boxes) {
    int[] palette = Arrays.stream(boxes).mapToInt(Box::mean).toArray();
    // Always eight bits per pixel: a palette of few colours is filled up with black.
    return new IndexColorModel(
        Byte.SIZE, COLOURS, Arrays.copyOf(palette, COLOURS), 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  private static int level(int colour, int shift) {
    return colour >> shift & 0xff;
  }
}
