package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.model.PyramidGenerator.Borders;
import tsugiki.train.Execution;

/**
 * The options of a training on one image, as {@code options.json} keeps them.
 *
 * @param image the photograph
 * @param mode what its generator is for
 * @param method how its stages are built and trained
 * @param pyramid the sizes that it is learned in
 * @param network the networks of every stage
 * @param training how every stage is trained
 * @param watch what is measured and shown
 * @param execution where it runs
 * @param licence of the photograph, for the model card; empty where nobody said
 * @param fineTuning what a fine-tuning goes on from; null for a training from the start
 */
@RecordBuilder
public record SingleOptions(
    Path image,
    SingleMode mode,
    SingleMethod method,
    PyramidOptions pyramid,
    StageNetworkOptions network,
    StageTrainingOptions training,
    SingleWatchOptions watch,
    Execution execution,
    String licence,
    FineTuning fineTuning)
    implements SingleOptionsBuilder.With {
  /** Checks what the parts have not checked. */
  public SingleOptions {
    if (image == null) {
      throw new BadInputException("⟨image⟩ is missing; give one photograph");
    }
    // A run is resumed from anywhere.
    image = image.toAbsolutePath().normalize();
    Objects.requireNonNull(mode, "mode");
    // Runs of before there was a choice.
    method = Objects.requireNonNullElse(method, SingleMethod.CONSINGAN);
    if (mode.enlargesImages() && method != SingleMethod.SINGAN) {
      throw new BadInputException(
          "⟨mode⟩ %s needs stages that hand on images, and those of ⟨method⟩ %s hand on features; give ⟨method⟩ singan"
              .formatted(mode, method));
    }
    Objects.requireNonNull(pyramid, "pyramid");
    Objects.requireNonNull(network, "network");
    int patch = method.patch(network);
    if (pyramid.minSize() < patch) {
      throw new BadInputException(
          "⟨minSize⟩ is %d, and with ⟨layers⟩ %d the discriminator scores patches of %d×%d pixels; give %d or more, or fewer layers"
              .formatted(pyramid.minSize(), network.layers(), patch, patch, patch));
    }
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(execution, "execution");
    // Runs that were begun before it could be said.
    licence = Objects.requireNonNullElse(licence, "").strip();
    if (fineTuning != null && !(method == SingleMethod.CONSINGAN && mode.changesImages())) {
      throw new BadInputException(
          "⟨fineTune⟩ %s is a run of %s in the mode %s; give one of consingan in the mode harmonize or edit"
              .formatted(fineTuning.run(), method, mode));
    }
  }

  /** What the authors of the mode's method give for it. */
  public static SingleOptions of(Path image, SingleMode mode, Execution execution) {
    return of(image, mode, SingleMethod.of(mode), execution);
  }

  /** What the authors of a method give for a mode. */
  public static SingleOptions of(
      Path image, SingleMode mode, SingleMethod method, Execution execution) {
    return new SingleOptions(
        image,
        mode,
        method,
        PyramidOptions.defaults(mode, method),
        StageNetworkOptions.defaults(mode, method),
        StageTrainingOptions.defaults(mode, method),
        SingleWatchOptions.defaults(),
        execution,
        "",
        null);
  }

  /** The first stage that is trained, from 0. */
  int firstStage(PyramidSizes sizes) {
    return fineTuning == null ? 0 : sizes.stages() - 1;
  }

  /**
   * The stage of a step, from 0.
   *
   * @param step its number from 0 over all stages in training
   */
  int stageOf(PyramidSizes sizes, long step) {
    return firstStage(sizes) + Math.toIntExact(step / training.steps());
  }

  /** The number of steps of all stages in training before one of them. */
  long stepsBefore(PyramidSizes sizes, int stage) {
    return (stage - firstStage(sizes)) * training.steps();
  }

  /** The number of steps of all stages in training together. */
  public long steps(PyramidSizes sizes) {
    return training.steps() * (sizes.stages() - firstStage(sizes));
  }

  /** What surrounds the maps: zeros in SinGAN's stages. */
  Borders borders() {
    return method == SingleMethod.SINGAN ? Borders.ZEROS : mode.borders();
  }

  /** The stages of the method. */
  StageMethod stages() {
    return method.stages(network, borders(), training);
  }
}
