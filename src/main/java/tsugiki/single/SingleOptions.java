package tsugiki.single;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.train.Execution;

/**
 * The options of a training on one image, as {@code options.json} keeps them.
 *
 * @param image the photograph
 * @param mode what its generator is for
 * @param pyramid the sizes that it is learned in
 * @param network the networks of every stage
 * @param training how every stage is trained
 * @param watch what is measured and shown
 * @param execution where it runs
 */
@RecordBuilder
public record SingleOptions(
    Path image,
    SingleMode mode,
    PyramidOptions pyramid,
    StageNetworkOptions network,
    StageTrainingOptions training,
    SingleWatchOptions watch,
    Execution execution)
    implements SingleOptionsBuilder.With {
  /** Checks what the parts have not checked. */
  public SingleOptions {
    if (image == null) {
      throw new BadInputException("⟨image⟩ is missing; give one photograph");
    }
    // A run is resumed from anywhere.
    image = image.toAbsolutePath().normalize();
    Objects.requireNonNull(mode);
    Objects.requireNonNull(pyramid);
    Objects.requireNonNull(network);
    Objects.requireNonNull(training);
    Objects.requireNonNull(watch);
    Objects.requireNonNull(execution);
  }

  /** What the authors give for a mode. */
  public static SingleOptions of(Path image, SingleMode mode, Execution execution) {
    return new SingleOptions(
        image,
        mode,
        PyramidOptions.defaults(mode),
        StageNetworkOptions.defaults(mode),
        StageTrainingOptions.defaults(mode),
        SingleWatchOptions.defaults(),
        execution);
  }

  /** The number of steps of all stages together. */
  public long steps() {
    return training.steps() * pyramid.stages();
  }
}
