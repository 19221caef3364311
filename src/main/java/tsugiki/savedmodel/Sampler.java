package tsugiki.savedmodel;

import java.util.Arrays;
import java.util.Optional;

/**
 * A generator that draws images by seed. A seed gives z and, unless the user named one class, the
 * class. So on the CPU it gives the same image, to the bit, whatever is drawn with it.
 */
public final class Sampler implements AutoCloseable {
  /**
   * One image that can be drawn.
   *
   * @param latent z [D]
   * @param label its class; 0 where there are no classes
   */
  public record Image(float[] latent, long label) {}

  private final LoadedGenerator generator;
  private final double truncation;
  private final Optional<Long> label;

  /** The truncation as it is written into results: a number, or nothing for none. */
  public Optional<Double> truncation() {
    return Optional.of(truncation).filter(Double::isFinite);
  }

  private Sampler(LoadedGenerator generator, double truncation, Optional<Long> label) {
    this.generator = generator;
    this.truncation = truncation;
    this.label = label;
  }

  /**
   * Makes one that owns a generator.
   *
   * @param generator closed with the sampler
   * @param truncation see {@link LoadedGenerator#latents}
   * @param className the class of every image, by name or number; none lets the seed decide
   * @throws tsugiki.base.BadInputException if the generator has no such class, a class has to be
   *     named, or the truncation is out of range
   */
  public static Sampler of(
      LoadedGenerator generator, double truncation, Optional<String> className) {
    ClassLabels classes = generator.classes();
    Optional<Long> label = className.map(name -> classes.find("⟨class⟩", name));
    if (label.isEmpty() && generator.conditional()) {
      classes.ofSeed(0); // Refuses a model whose classes are not known before anything is written.
    }
    generator.latents(truncation); // Refuses a truncation before anything is written.
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
    return generator.images(latents(seeds), labels, truncation);
  }

  /** The image of a seed as {@link #images} draws it. */
  public Image image(long seed) {
    return new Image(latents(seed), conditional() ? label(seed) : 0);
  }

  /**
   * The image of a seed and a class.
   *
   * @param argument the argument that named the class, for messages
   * @param className its name or number
   * @throws tsugiki.base.BadInputException if there is no such class
   */
  public Image image(long seed, String argument, String className) {
    return new Image(latents(seed), generator.classes().find(argument, className));
  }

  /**
   * Draws the images between two, along the arc of {@link LatentPath#spherical} for z and along a
   * line for the class, whose vector the generator's layers take linearly.
   *
   * @param first the first frame
   * @param last the last frame
   * @param frames at least 2
   * @return [frames, {@link #height()}, {@link #width()}, 3] as unsigned bytes
   * @throws tsugiki.base.BadInputException if the classes differ and this generator cannot draw
   *     between classes
   * @throws IllegalArgumentException if {@code frames} is below 2
   */
  public byte[] interpolation(Image first, Image last, int frames) {
    float[] path = LatentPath.spherical(first.latent(), last.latent(), frames);
    if (first.label() == last.label()) {
      long[] labels = new long[conditional() ? frames : 0];
      Arrays.fill(labels, first.label());
      return generator.images(path, labels, truncation);
    }
    float[] from = generator.classVectors(first.label());
    float[] to = generator.classVectors(last.label());
    return generator.images(path, LatentPath.linear(from, to, frames), truncation);
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

  /** Frees the model; to draw afterwards is an {@link IllegalStateException}. */
  @Override
  public void close() {
    generator.close();
  }

  private float[] latents(long... seeds) {
    return generator.latents(truncation, seeds);
  }
}
