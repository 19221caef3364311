package tsugiki.augment;

import java.util.List;
import java.util.SplittableRandom;
import tsugiki.base.StatelessRandom;

/**
 * Which image of a dataset is changed by which policy. All images take their turn in an order that
 * the seed draws, and the policies take turns one to one. After a whole round the policies move on
 * by one, so that no image meets the same policy again before it has met all of them.
 */
public final class EnlargementPlan {
  /**
   * A copy to make.
   *
   * @param image index of its image
   * @param policy what is done to it
   */
  public record Copy(int image, StaticPolicy policy) {}

  private final int[] order;
  private final List<StaticPolicy> policies;
  private final long seed;

  /**
   * Draws the order.
   *
   * @param images how many there are, at least 1
   * @param policies at least one
   */
  public EnlargementPlan(int images, List<StaticPolicy> policies, long seed) {
    this.policies = List.copyOf(policies);
    this.seed = seed;
    order = new int[images];
    SplittableRandom random = StatelessRandom.of(seed, 0, "order of the copies");
    for (int i = 0; i < images; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  /**
   * One of the copies.
   *
   * @param number from 0; a plan has no end
   */
  public Copy copy(int number) {
    int place = number % order.length;
    int round = number / order.length;
    // Not number % size: with a whole number of turns to a round an image would meet one policy.
    return new Copy(order[place], policies.get((place + round) % policies.size()));
  }

  /** The factor of contrast of a copy, which depends on the seed and its number alone. */
  public float contrastFactor(int number) {
    return StaticPolicy.contrastFactor(StatelessRandom.of(seed, number, "contrast of a copy"));
  }
}
