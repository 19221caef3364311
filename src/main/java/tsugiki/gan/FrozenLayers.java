package tsugiki.gan;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;

/**
 * The first layers of a discriminator, which do not train (FreezeD: Mo, Cho and Shin 2020). They
 * see edges and textures, which images of all kinds share; the later layers learn the new ones.
 */
final class FrozenLayers {
  private static final String SCOPE = "discriminator";

  private final List<String> paths;

  /**
   * Chooses them.
   *
   * @param discriminator has the layers
   * @param count how many of them from the image on; 0 for none
   * @throws BadInputException if it has fewer
   */
  FrozenLayers(DiscriminatorNetwork discriminator, int count) {
    List<List<String>> layers = discriminator.layers();
    if (count > layers.size()) {
      throw new BadInputException(
          "⟨freezeD⟩ is %d, and this discriminator has %d layers that can be frozen; give at most so many"
              .formatted(count, layers.size()));
    }
    paths =
        layers.subList(0, count).stream()
            .flatMap(List::stream)
            .map(path -> SCOPE + "/" + path)
            .toList();
  }

  /** The discriminator's weights, those of these layers frozen. */
  Weights weights(long seed) {
    return Weights.create(seed, name -> !frozen(name)).in(SCOPE);
  }

  /**
   * Refuses a transfer that leaves a frozen weight as it was drawn.
   *
   * @param anew the weights that the source does not have
   */
  void require(List<Weight> anew) {
    anew.stream()
        .filter(weight -> frozen(weight.name()))
        .findFirst()
        .ifPresent(
            weight -> {
              throw new BadInputException(
                  "⟨freezeD⟩ keeps layers of the discriminator of ⟨from⟩, which has no %s of the shape %s; leave it out, or name a run with such a discriminator"
                      .formatted(weight.name(), weight.shape()));
            });
  }

  /**
   * The updates of a step but for the vectors u of spectral norms in these layers: σ of a kernel
   * that stays would move only by what its u was not settled, and what is computed once from the
   * kernel would not follow.
   *
   * @param all of the discriminator
   * @param weights the discriminator's
   */
  PendingUpdates without(PendingUpdates all, Weights weights) {
    Set<Variable<TFloat32>> still =
        weights.all().stream()
            .filter(weight -> frozen(weight.name()) && weight.name().endsWith(SpectralNorm.VECTOR))
            .map(Weight::variable)
            .collect(Collectors.toSet());
    PendingUpdates others = new PendingUpdates();
    all.list().stream()
        .filter(update -> !still.contains(update.variable()))
        .forEach(update -> others.add(update.variable(), update.value()));
    return others;
  }

  private boolean frozen(String name) {
    return paths.stream().anyMatch(name::startsWith);
  }
}
