package tsugiki.gan;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.AdaptiveAugment;
import tsugiki.augment.Augmentation;
import tsugiki.augment.DiffAugment;
import tsugiki.augment.StaticAugment;
import tsugiki.augment.StaticPolicy;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Weights;

/**
 * Images on their way to the discriminator: real ones meet the static policies, and all of them
 * meet DiffAugment and ADA, in the steps of both networks.
 */
final class AugmentedImages {
  private final StaticAugment ofReals;
  private final DiffAugment differentiable;
  private final Optional<AdaptiveProbability> probability;
  private final AdaptiveAugment adaptive;

  /**
   * Makes it.
   *
   * @param weights where ADA's probability is, if there is one
   */
  AugmentedImages(Ops tf, GanOptions options, Randomness random, Weights weights) {
    Set<DiffAugment.Part> parts =
        options.augment().stream()
            .flatMap(augmentation -> augmentation.part().stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DiffAugment.Part.class)));
    List<StaticPolicy> policies =
        options.augment().stream().flatMap(part -> part.policy().stream()).toList();
    ofReals = new StaticAugment(random, policies);
    differentiable = new DiffAugment(random, parts);
    adaptive = new AdaptiveAugment(random);
    probability =
        options.augment().contains(Augmentation.ADA)
            ? Optional.of(
                new AdaptiveProbability(tf, weights, options.batch(), options.augmentation()))
            : Optional.empty();
  }

  /** Real images [batch, side, side, 3]. */
  Operand<TFloat32> real(Ops tf, Operand<TFloat32> images) {
    return all(tf, ofReals.apply(tf.withSubScope("Static"), images, "real"), "real");
  }

  /** Generated images; images that are passed twice meet the same augmentations. */
  Operand<TFloat32> fake(Ops tf, Operand<TFloat32> images) {
    return all(tf, images, "fake");
  }

  private Operand<TFloat32> all(Ops tf, Operand<TFloat32> images, String purpose) {
    Operand<TFloat32> augmented = differentiable.apply(tf, images, purpose);
    return probability.isEmpty()
        ? augmented
        : adaptive.apply(
            tf.withSubScope("Adaptive"), augmented, probability.get().value(tf), purpose);
  }

  /** Moves ADA's probability, where there is one, by the scores of real images. */
  void follow(Ops tf, Operand<TFloat32> real, PendingUpdates updates) {
    probability.ifPresent(p -> p.follow(tf, real, updates));
  }

  /** ADA's probability, where there is one. */
  Optional<Operand<TFloat32>> probability(Ops tf) {
    return probability.map(p -> p.value(tf));
  }
}
