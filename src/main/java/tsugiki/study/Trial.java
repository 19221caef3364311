package tsugiki.study;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * One training of a study: a variant with a seed.
 *
 * @param variant what is tried
 * @param seed of the training
 * @param folder name of its folder below the study's, which no other trial has; with {@code
 *     options.json} and {@code metrics.jsonl} there it has curves, with {@code samples.png} a
 *     sample grid
 * @param needs folders of the trials that have to be finished before
 * @param training does it
 */
public record Trial(
    String variant, long seed, String folder, Set<String> needs, Training training) {
  /** Trains and scores. */
  @FunctionalInterface
  public interface Training {
    /**
     * Trains, or goes on where an earlier process was interrupted.
     *
     * @param figures takes the figures by name as they are measured; those of a failed trial stay
     * @throws tsugiki.train.DivergedException if it diverges, which is a result
     * @throws tsugiki.base.BadInputException if it is refused, which is a result too
     * @throws tsugiki.base.InUseException if it is refused for a while, which is none
     */
    void run(Map<String, Double> figures);
  }

  /**
   * The seeds of a study.
   *
   * @param first of them
   * @param repeats how many there are
   */
  public static List<Long> seeds(long first, int repeats) {
    return LongStream.range(first, first + repeats).boxed().toList();
  }

  /**
   * A name of a folder or file for a variant.
   *
   * @param variant any text
   * @return the same with a hyphen for what a name of a file should not have
   */
  public static String folderName(String variant) {
    return variant.replaceAll("[^\\p{L}\\p{N}.+_-]", "-");
  }
}
