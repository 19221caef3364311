package tsugiki.graft;

import java.nio.file.Path;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.model.BigGanArchitecture;
import tsugiki.train.Execution;

/**
 * All that the verb {@code graft} can be told, as {@code options.json} keeps it.
 *
 * @param images the images to adapt to: a folder, a zip or a file
 * @param limit how many of them are taken, in file order; 0, the default, takes all
 * @param generator the folder of the rootstock's SavedModel
 * @param method what is trained inside the generator; {@link GraftMethod#POINT_WISE}
 * @param groupSize channels a group of the point-wise layers; 0 stands for all channels of a site;
 *     8
 * @param learning how it learns
 * @param loss the weights of its loss
 * @param watch what is looked at
 * @param execution where it runs
 */
public record GraftOptions(
    Path images,
    Integer limit,
    Path generator,
    GraftMethod method,
    Integer groupSize,
    LearningOptions learning,
    LossOptions loss,
    WatchOptions watch,
    Execution execution) {

  /** The most images that a graft takes. */
  public static final int MOST_IMAGES = 10_000;

  /** Fills in the defaults and checks what the parts have not checked. */
  public GraftOptions {
    if (images == null) {
      throw new BadInputException("⟨images⟩ is missing; give a folder, a zip or an image");
    }
    // A run is resumed from anywhere.
    images = images.toAbsolutePath().normalize();
    generator = Objects.requireNonNull(generator).toAbsolutePath().normalize();
    limit = Objects.requireNonNullElse(limit, 0);
    method = Objects.requireNonNullElse(method, GraftMethod.POINT_WISE);
    groupSize = Objects.requireNonNullElse(groupSize, 8);
    Checks.atLeast("limit", limit, 0);
    Checks.atLeast("groupSize", groupSize, 0);
    Objects.requireNonNull(learning);
    Objects.requireNonNull(loss);
    Objects.requireNonNull(watch);
    Objects.requireNonNull(execution);
  }

  /**
   * Checks that the groups fit a generator.
   *
   * @throws BadInputException if the group size does not divide the channels of every site
   */
  void checkGroups(BigGanArchitecture architecture) {
    if (method != GraftMethod.POINT_WISE || groupSize == 0) {
      return;
    }
    for (int channels : architecture.siteChannels()) {
      if (channels % groupSize != 0) {
        throw new BadInputException(
            ("⟨groupSize⟩ is %d, which does not divide the %d channels of a site;"
                    + " give 1, 2, 4, 8 or all")
                .formatted(groupSize, channels));
      }
    }
  }
}
