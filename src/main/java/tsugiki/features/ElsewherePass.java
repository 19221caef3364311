package tsugiki.features;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tsugiki.data.ImageSupply;
import tsugiki.model.FrozenNetwork;

/** Computes features of images in other processes, in place of a network in this one. */
@FunctionalInterface
public interface ElsewherePass {
  /**
   * Hands on features in chunks of {@link FeaturePipeline#CHUNK} rows in the images' order.
   *
   * @param consumers for each wanted network what takes its features
   * @param progress is called with the number of further images that are done
   * @throws tsugiki.base.BadInputException if an image cannot be read, a network gives a number
   *     that is not finite, or the other processes lack what they need
   */
  void compute(
      ImageSupply images, Map<FrozenNetwork, Consumer<Features>> consumers, IntConsumer progress);
}
