package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.savedmodel.ClassLabels;

/**
 * Where a graft starts.
 *
 * @param latentStart where the latent vectors of the training images start
 * @param projectionSteps steps of their projection, where they start at one
 * @param classStart where the class vector starts, unless classes are named
 * @param classFrom the rootstock's classes, by name or number, at the mean of whose vectors the
 *     class vector starts
 */
@RecordBuilder
public record StartOptions(
    LatentStart latentStart, long projectionSteps, ClassStart classStart, List<String> classFrom)
    implements StartOptionsBuilder.With {

  /** Checks every value. */
  public StartOptions {
    Objects.requireNonNull(latentStart, "latentStart");
    Checks.steps("projectionSteps", projectionSteps, 1);
    Objects.requireNonNull(classStart, "classStart");
    // Runs that were begun before classes could be named.
    classFrom = classFrom == null ? List.of() : List.copyOf(classFrom);
    if (!classFrom.isEmpty() && classStart != ClassStart.MEAN) {
      throw new BadInputException(
          "⟨classFrom⟩ names where the class vector starts, and ⟨classStart⟩ is %s; leave one out"
              .formatted(classStart));
    }
  }

  /**
   * The labels of the named classes.
   *
   * @throws BadInputException if the rootstock has no such class
   */
  int[] labels(ClassLabels classes) {
    return classFrom.stream()
        .mapToInt(name -> Math.toIntExact(classes.find("⟨classFrom⟩", name)))
        .toArray();
  }

  /** The defaults. */
  public static StartOptions defaults() {
    return new StartOptions(LatentStart.NORMAL, 100, ClassStart.MEAN, List.of());
  }
}
