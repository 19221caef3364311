package tsugiki.exchange;

import java.util.Arrays;
import java.util.Optional;
import tsugiki.graph.LatentDraws;

/**
 * Draws images by seed: a seed gives z and, unless one class was asked for, the class, so that it
 * is the same image whatever is drawn with it.
 */
public final class Sampler implements AutoCloseable {
  private final ServedGenerator generator;
  private final double truncation;
  private final Optional<Long> label;

  private Sampler(ServedGenerator generator, double truncation, Optional<Long> label) {
    this.generator = generator;
    this.truncation = truncation;
    this.label = label;
  }

  /**
   * Makes one that owns a generator.
   *
   * @param generator closed with the sampler
   * @param truncation see {@link LatentDraws#normal}
   * @param className the class of every image, by name or number; none lets the seed decide
   * @throws tsugiki.BadInputException if the generator has no such class, or a class has to be
   *     named
   */
  public static Sampler of(
      ServedGenerator generator, double truncation, Optional<String> className) {
    ClassLabels classes = generator.classes();
    Optional<Long> label = className.map(name -> classes.find("--class", name));
    if (label.isEmpty() && generator.conditional()) {
      classes.ofSeed(0); // Refuses a model whose classes are not known before anything is written.
    }
    return new Sampler(generator, truncation, label);
  }

  /**
   * Draws images.
   *
   * @param seeds one for each image
   * @return [N, {@link #height()}, {@link #width()}, 3] as unsigned bytes
   */
  public byte[] images(long... seeds) {
    long[] labels = conditional() ? Arrays.stream(seeds).map(this::label).toArray() : new long[0];
    return generator.images(latents(seeds), labels);
  }

  /** Whether its images are of classes. */
  public boolean conditional() {
    return generator.conditional();
  }

  /** The class of a seed's image, if the sampler is {@link #conditional()}. */
  public long label(long seed) {
    return label.orElseGet(() -> generator.classes().ofSeed(seed));
  }

  /** The height of an image in pixels. */
  public int height() {
    return generator.height();
  }

  /** The width of an image in pixels. */
  public int width() {
    return generator.width();
  }

  @Override
  public void close() {
    generator.close();
  }

  private float[] latents(long... seeds) {
    return LatentDraws.normal(generator.latent(), truncation, seeds);
  }
}
