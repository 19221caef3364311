package tsugiki.gan;

import java.util.List;
import tsugiki.base.BadInputException;
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

  private boolean frozen(String name) {
    return paths.stream().anyMatch(name::startsWith);
  }
}
