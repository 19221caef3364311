package tsugiki.train;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import tsugiki.base.Phase;

/**
 * What one kind of training adds to a {@link TrainingRun}: what is trained, what is observed, and
 * what its report, its model card and its model hold.
 */
public interface TrainingTask extends AutoCloseable {
  /** What the log calls the making of one. */
  String BUILDING = "building the networks";

  /**
   * Makes one, which the log names where it takes long.
   *
   * @param networks builds them
   * @throws StoppedException if this thread is interrupted while they wait for a cluster's workers
   */
  static <T extends TrainingTask> T built(Supplier<T> networks) {
    try (Phase building = Phase.begin(BUILDING)) {
      return networks.get();
    } catch (CancellationException e) {
      Interruption.check(
          "stopped while the training was prepared; all its finished steps are kept");
      throw e;
    }
  }

  /** What is trained. */
  Trainee trainee();

  /** How long the training lasts, and how often it is measured and kept. */
  TrainingLoop.Plan plan();

  /**
   * The step that a run goes back to before it goes on. That is one whose options were changed so
   * that its last steps would have been other ones; the {@link TrainingLoop.Plan#turningAt plan}
   * has kept the checkpoint.
   *
   * @param run with the options that it was begun with
   * @return empty where it goes on from its newest checkpoint
   */
  default OptionalLong returnsTo(RunDirectory run) {
    return OptionalLong.empty();
  }

  /** The resolved options, which {@code options.json} keeps. */
  Object options();

  /** The licence of the images that it learns, for the model card; empty where nobody said. */
  default String licence() {
    return "";
  }

  /** Where the training computes. */
  Execution execution();

  /** The digests of what the run reads, so that a resumed run notices other data. */
  RunInputs inputs();

  /**
   * Measures what the first line of {@code metrics.jsonl} holds, after {@link Trainee#begin}. A run
   * that goes on from a checkpoint has it from that line.
   *
   * @return numbers by name, possibly none
   */
  default Map<String, Double> measureStart() {
    return Map.of();
  }

  /**
   * Whether what is measured and drawn of the start takes longer than many steps. It is then done
   * before the first checkpoint or the first pictures, not before the first step, and by {@link
   * #atStart}.
   */
  default boolean startTakesLong() {
    return false;
  }

  /** Does something with the weights that {@link Trainee#begin} made, once, after other steps. */
  default void atStart(Runnable work) {
    throw new UnsupportedOperationException();
  }

  /** Writes the files that a run has from its first step on, such as the grid of its images. */
  default void begin(RunDirectory run) {}

  /** Says what is observed while it trains, and how often. */
  void observe(Observers observers);

  /**
   * Whether the training ends before its last planned step, because of what was observed.
   *
   * @param done the number of finished steps, whose observations were taken
   */
  default boolean ended(long done) {
    return false;
  }

  /**
   * What the best checkpoint is chosen by.
   *
   * @param measured what was measured after a step, by name
   * @return the less the better; empty where these values tell nothing, as with a training that has
   *     no score
   */
  default Optional<Double> cost(Map<String, Double> measured) {
    return Optional.empty();
  }

  /**
   * Measures what follows the last step; it becomes a part of the last line of {@code
   * metrics.jsonl}.
   *
   * @return numbers by name, possibly none
   */
  default Map<String, Double> measureEnd() {
    return Map.of();
  }

  /**
   * What a training computes beside its steps.
   *
   * @param what it is, in words
   * @param seconds that all of it takes
   */
  record Beside(String what, double seconds) {}

  /**
   * Tries some of what is computed beside the steps, for a dry run.
   *
   * @return empty where there is nothing
   */
  default Optional<Beside> tryBeside() {
    return Optional.empty();
  }

  /** The tag of a metric in TensorBoard, which groups tags by what stands before the slash. */
  default String tag(String metric) {
    return metric;
  }

  /**
   * Writes the pictures of the results and puts page and model card together.
   *
   * @param start what {@link #measureStart} gave when the run began
   * @param end what {@link #measureEnd} gave
   */
  TrainingReport report(RunDirectory run, Map<String, Double> start, Map<String, Double> end);

  /**
   * Writes the models: {@code model} and, of a GAN, {@code discriminator}.
   *
   * @param folder the folder that they go into: the run's, or another for those of a checkpoint
   * @param card the model card in Markdown
   */
  void export(Path folder, String card);

  /**
   * Writes the models of a checkpoint that was restored, as they were after its step: {@link
   * #export} writes those that the run ends with.
   *
   * @param folder as for {@link #export}
   * @param card likewise
   */
  default void exportCheckpoint(Path folder, String card) {
    export(folder, card);
  }

  /** Frees the networks. */
  @Override
  void close();
}
