package tsugiki.augmentation;

import java.util.Arrays;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.data.RgbImage;
import tsugiki.savedmodel.LoadedGenerator;

/** Generated images for a dataset: a generator draws them by seed and by the dataset's classes. */
final class CopyDraws implements AutoCloseable {
  private final LoadedGenerator generator;
  private final double truncation;
  private final List<String> classNames;

  /**
   * Makes one that owns a generator.
   *
   * @param truncation see {@link LoadedGenerator#latents}
   * @param classNames the dataset's classes
   * @throws BadInputException if there are several and the generator lacks one of them
   */
  CopyDraws(LoadedGenerator generator, double truncation, List<String> classNames) {
    this.generator = generator;
    this.truncation = truncation;
    this.classNames = classNames;
    try {
      check();
    } catch (BadInputException e) {
      generator.close();
      throw e;
    }
  }

  private void check() {
    if (classNames.size() > 1 && !generator.conditional()) {
      throw new BadInputException(
          "⟨generator⟩ %s has no classes and the images have %d; give a model with these classes, or images of one class"
              .formatted(generator.classes().model(), classNames.size()));
    }
    classNames.forEach(name -> label(name, 0));
    generator.latents(truncation); // Refuses one that is out of range.
  }

  /**
   * Draws images.
   *
   * @param classes one of the dataset's classes for each
   * @param seeds one for each
   */
  List<RgbImage> draw(List<String> classes, long[] seeds) {
    long[] labels = new long[generator.conditional() ? seeds.length : 0];
    Arrays.setAll(labels, i -> label(classes.get(i), seeds[i]));
    byte[] pixels = generator.images(generator.latents(truncation, seeds), labels, truncation);
    return RgbImage.split("drawn", generator.height(), generator.width(), pixels);
  }

  /** The label of a class; of a dataset of one class the seed decides. */
  private long label(String className, long seed) {
    if (!generator.conditional()) {
      return 0;
    }
    return classNames.size() > 1
        ? generator.classes().find("⟨generator⟩: the images' class", className)
        : generator.classes().ofSeed(seed);
  }

  @Override
  public void close() {
    generator.close();
  }
}
