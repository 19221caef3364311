package tsugiki.features;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tsugiki.data.ImageSupply;
import tsugiki.model.FrozenNetwork;

/**
 * The features of images by several frozen networks. Layers of one network share a pass ({@link
 * SharedPass}).
 */
public final class FeaturePasses implements AutoCloseable {
  private final Map<SharedPass, List<FrozenNetwork>> passes = new LinkedHashMap<>();

  /**
   * Builds and fills the networks.
   *
   * @throws tsugiki.base.BadInputException if weights are missing
   */
  public FeaturePasses(Collection<FrozenNetwork> networks, FeaturePipeline.Settings settings) {
    try {
      open(new ArrayList<>(new LinkedHashSet<>(networks)), settings);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(List<FrozenNetwork> left, FeaturePipeline.Settings settings) {
    while (!left.isEmpty()) {
      List<FrozenNetwork> together = left.stream().filter(left.get(0)::sharesPassWith).toList();
      left.removeAll(together);
      SharedPass pass = new SharedPass(together, settings);
      passes.put(pass, together);
      pass.open();
    }
  }

  /**
   * Computes features.
   *
   * @param images any, of any sizes
   * @param wanted some of the networks
   * @return the features by network, in the order in which they were wanted
   */
  public Map<FrozenNetwork, Features> of(ImageSupply images, Collection<FrozenNetwork> wanted) {
    Map<FrozenNetwork, RowCollector> rows = new LinkedHashMap<>();
    passes.forEach(
        (pass, networks) -> {
          Map<FrozenNetwork, RowCollector> collectors = new LinkedHashMap<>();
          for (FrozenNetwork network : networks) {
            if (wanted.contains(network)) {
              int dimensions = pass.dimensions(network);
              collectors.put(
                  network, new RowCollector(images.toString(), images.count(), dimensions));
            }
          }
          if (!collectors.isEmpty()) {
            pass.compute(images, Map.<FrozenNetwork, Consumer<Features>>copyOf(collectors));
          }
          rows.putAll(collectors);
        });
    Map<FrozenNetwork, Features> features = new LinkedHashMap<>();
    wanted.forEach(network -> features.put(network, rows.get(network).features()));
    return features;
  }

  @Override
  public void close() {
    passes.keySet().forEach(SharedPass::close);
  }
}
