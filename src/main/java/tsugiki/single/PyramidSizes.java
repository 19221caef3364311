package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;

/**
 * The sizes of a pyramid of images, smallest first.
 *
 * @param sizes one for each stage, at least two
 * @param whole the factor that makes the last stage of the photograph
 * @param factors those that make each stage of the last one; the last is 1
 */
public record PyramidSizes(List<Size> sizes, double whole, List<Double> factors) {
  /**
   * The size of an image.
   *
   * @param height in pixels
   * @param width in pixels
   */
  public record Size(int height, int width) {
    /**
     * Checks that an array holds the image.
     *
     * @throws BadInputException if none does
     */
    public Size {
      if ((long) height * width > Integer.MAX_VALUE / RgbImage.CHANNELS) {
        throw new BadInputException(
            "⟨width⟩, ⟨height⟩ or ⟨factor⟩ ask for an image of %d×%d pixels, which is too large for any machine; give smaller ones"
                .formatted(width, height));
      }
    }

    @Override
    public String toString() {
      return width + "×" + height;
    }
  }

  /** How the factors between stages are spread. */
  public enum Spacing {
    /** More stages at low resolution (Hinz et al. 2021, section 3.3): the default of ConSinGAN. */
    CONSINGAN,
    /** One factor from stage to stage, as SinGAN has it, and ConSinGAN for harmonization. */
    GEOMETRIC;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The rounding of logarithms, so that a power of the factor is one whatever its last bits. */
  private static final double SLACK = 1e-9;

  /** Copies the lists. */
  public PyramidSizes {
    sizes = List.copyOf(sizes);
    factors = List.copyOf(factors);
  }

  /**
   * The sizes for an image.
   *
   * @param image the size of the photograph
   * @param stages how many, at least 2
   * @param minSize the shorter side of the first stage in pixels
   * @param maxSize the longer side of the last stage in pixels; a smaller photograph is not
   *     enlarged
   * @param spacing how the factors are spread
   * @throws BadInputException if there is one stage, or the image is smaller than the first stage
   */
  public static PyramidSizes of(Size image, int stages, int minSize, int maxSize, Spacing spacing) {
    if (stages < 2) {
      throw new BadInputException(
          "⟨stages⟩ is %d; a pyramid needs a small and a full size, so give 2 or more"
              .formatted(stages));
    }
    Checks.parts("stages", stages, 2);
    double whole = Math.min((double) maxSize / Math.max(image.height(), image.width()), 1);
    Size full = scaled(image, whole);
    int shorter = Math.min(full.height(), full.width());
    if (shorter <= minSize) {
      throw new BadInputException(
          "the image is %s pixels at its largest stage, and ⟨minSize⟩ is %d; give a larger image, a larger ⟨maxSize⟩ or a smaller ⟨minSize⟩"
              .formatted(full, minSize));
    }
    double smallest = (double) minSize / shorter;
    int last = stages - 1;
    List<Size> sizes = new ArrayList<>();
    List<Double> factors = new ArrayList<>();
    for (int stage = 0; stage < last; stage++) {
      factors.add(Math.pow(smallest, exponent(stage, last, spacing) / last));
      sizes.add(scaled(full, factors.get(stage)));
    }
    sizes.add(full);
    factors.add(1.0);
    return new PyramidSizes(sizes, whole, factors);
  }

  /**
   * How many stages SinGAN has for an image: so many that each is about that factor of the next.
   * The authors' code rounds the number of factors up, but to enlarge an image it cuts the fraction
   * off, so that no stage is less than the factor away from the next.
   *
   * @param image the size of the photograph
   * @param minSize the shorter side of the first stage in pixels
   * @param maxSize the longer side of the last stage in pixels
   * @param factor between 0 and 1
   * @param enlarges whether the pyramid is to enlarge images
   * @return at least 2
   */
  public static int stages(Size image, int minSize, int maxSize, double factor, boolean enlarges) {
    int shorter = Math.min(image.height(), image.width());
    int longer = Math.max(image.height(), image.width());
    double all = factors((double) minSize / shorter, factor);
    double beyond = factors(Math.min(1, (double) maxSize / longer), factor);
    return enlarges
        ? Math.max(2, (int) (all + SLACK) + 2 - (int) (beyond + SLACK))
        : Math.max(2, (int) Math.ceil(all - SLACK) + 2 - (int) Math.ceil(beyond - SLACK));
  }

  /** How often a ratio takes the factor. */
  private static double factors(double ratio, double factor) {
    return Math.log(ratio) / Math.log(factor);
  }

  /** The power of the ratio between stages that a stage's size has; N at the first of N + 1. */
  private static double exponent(int stage, int last, Spacing spacing) {
    if (spacing == Spacing.GEOMETRIC || last == 1) {
      return last - stage;
    }
    return (last - 1) / Math.log(last) * Math.log(last - stage) + 1;
  }

  private static Size scaled(Size size, double factor) {
    return new Size(
        MatlabResizer.scaled(size.height(), factor), MatlabResizer.scaled(size.width(), factor));
  }

  /** The number of stages. */
  public int stages() {
    return sizes.size();
  }

  /** The size of a stage, counted from 0 at the smallest. */
  public Size of(int stage) {
    return sizes.get(stage);
  }

  /** The size of the last stage. */
  public Size full() {
    return sizes.get(stages() - 1);
  }
}
