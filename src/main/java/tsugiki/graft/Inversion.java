package tsugiki.graft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.tensorflow.types.TUint8;
import tsugiki.data.Resampler;
import tsugiki.data.RgbImage;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.savedmodel.GeneratorCopy;
import tsugiki.savedmodel.LatentDraws;

/**
 * The search for the latent vector of an image in a frozen generator (Abdal et al. 2019, with
 * absolute differences): Adam on
 *
 * <pre>
 *   |G(z) − x|₁ + λ_p mean_i |f_i(G(z)) − f_i(x)|₁ / |f_i(x)|₁ + λ_z |z|²
 * </pre>
 *
 * every |·| a mean, from several starts at once. The starts are the best of random latent vectors
 * and of those that the model learned with its training images.
 */
public final class Inversion implements AutoCloseable {
  /** The deviation within which candidates are drawn, as samples are. */
  private static final double TRUNCATION = 1;

  /**
   * What was found.
   *
   * @param latent z [D]
   * @param label the class that the image was drawn with; 0 for a generator without classes
   * @param className that class; empty for a generator without classes
   * @param image what the generator draws
   * @param l1 the mean absolute difference to the image, of values in [−1, 1]
   */
  public record Found(
      float[] latent, long label, Optional<String> className, RgbImage image, double l1) {}

  /** A latent vector on trial. */
  private record Candidate(float[] latent, long label, float loss) {}

  private final InversionOptions options;
  private final GeneratorCopy generator;
  private final InversionGraph graph;

  private Inversion(InversionOptions options, GeneratorCopy generator, InversionGraph graph) {
    this.options = options;
    this.generator = generator;
    this.graph = graph;
  }

  /**
   * Opens a model and the network of the loss.
   *
   * @param model the folder of a generator
   * @throws tsugiki.base.BadInputException if either cannot be opened
   */
  public static Inversion open(Path model, InversionOptions options) {
    GeneratorCopy generator = GeneratorCopy.open(model);
    return new Inversion(
        options,
        generator,
        new InversionGraph(
            options, generator, FrozenNetworks.open("⟨perceptual⟩", options.perceptual())));
  }

  /**
   * Finds the latent vector of an image.
   *
   * @param image of any size; its centre is cut to the generator's proportions
   * @param className the class to draw it with, by name or number; empty to choose by the
   *     candidates
   * @param progress gets the number of finished steps after each
   * @throws tsugiki.base.BadInputException if there is no such class
   */
  public Found invert(RgbImage image, Optional<String> className, LongConsumer progress) {
    Optional<Long> label = className.map(name -> generator.classes().find("⟨class⟩", name));
    RgbImage fitted = Resampler.fitted(image, generator.height(), generator.width());
    try (TUint8 photograph = graph.photograph(fitted.rgb())) {
      List<Candidate> starts = starts(photograph, label);
      graph.begin();
      graph.set(rows(starts));
      for (long number = 0; number < options.steps(); number++) {
        graph.step(number, photograph, labels(starts));
        progress.accept(number + 1);
      }
      return best(starts, photograph);
    }
  }

  /** The best of the candidates, each tried as it is. */
  private List<Candidate> starts(TUint8 photograph, Optional<Long> label) {
    float[] learned = generator.learnedLatents().orElse(new float[0]);
    int known = learned.length / generator.latent();
    int count = known + options.candidates();
    List<Candidate> tried = new ArrayList<>();
    for (int from = 0; from < count; from += options.starts()) {
      List<Candidate> batch = new ArrayList<>();
      for (int i = from; i < from + options.starts(); i++) {
        int candidate = Math.min(i, count - 1);
        batch.add(
            candidate < known
                ? new Candidate(row(learned, candidate), label.orElse(0L), 0)
                : drawn(options.seed() + candidate - known, label));
      }
      graph.set(rows(batch));
      float[] losses = graph.draw(photograph, labels(batch)).losses();
      for (int i = 0; i < Math.min(options.starts(), count - from); i++) {
        tried.add(new Candidate(batch.get(i).latent(), batch.get(i).label(), losses[i]));
      }
    }
    return tried.stream()
        .sorted(Comparator.comparingDouble(Candidate::loss))
        .limit(options.starts())
        .toList();
  }

  private Candidate drawn(long seed, Optional<Long> label) {
    long of = label.orElseGet(() -> generator.conditional() ? generator.classes().ofSeed(seed) : 0);
    return new Candidate(LatentDraws.normal(generator.latent(), TRUNCATION, seed), of, 0);
  }

  private Found best(List<Candidate> starts, TUint8 photograph) {
    InversionGraph.Drawn drawn = graph.draw(photograph, labels(starts));
    int best =
        IntStream.range(0, starts.size())
            .boxed()
            .min(Comparator.comparingDouble(i -> drawn.losses()[i]))
            .orElseThrow();
    long label = starts.get(best).label();
    return new Found(
        row(graph.latents(), best),
        label,
        generator.conditional() ? Optional.of(generator.classes().nameOf(label)) : Optional.empty(),
        RgbImage.split("image", generator.height(), generator.width(), drawn.images()).get(best),
        drawn.l1()[best]);
  }

  private static long[] labels(List<Candidate> batch) {
    return batch.stream().mapToLong(Candidate::label).toArray();
  }

  private float[] rows(List<Candidate> batch) {
    float[] rows = new float[batch.size() * generator.latent()];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).latent(), 0, rows, i * generator.latent(), generator.latent());
    }
    return rows;
  }

  private float[] row(float[] rows, int index) {
    return Arrays.copyOfRange(rows, index * generator.latent(), (index + 1) * generator.latent());
  }

  @Override
  public void close() {
    graph.close();
  }
}
