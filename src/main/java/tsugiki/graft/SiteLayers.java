package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tsugiki.model.GeneratorArchitecture;

/**
 * The point-wise layers of a graft, site by site.
 *
 * @param groups channels per group of each site; 1 is a scale and a shift of every channel, 0 is no
 *     layer
 * @param rank of the matrices that mix all channels beside the groups; 0 for none
 */
record SiteLayers(List<Integer> groups, int rank) {
  SiteLayers {
    groups = List.copyOf(groups);
  }

  /**
   * The same group size at all sites.
   *
   * @param groupSize channels per group; 0 stands for all channels of a site
   */
  static SiteLayers of(GeneratorArchitecture architecture, int groupSize, int rank) {
    return new SiteLayers(
        architecture.siteChannels().stream()
            .map(channels -> groupSize == 0 ? channels : groupSize)
            .toList(),
        rank);
  }

  /** Whether this site has a layer. */
  boolean at(int site) {
    return groups.get(site) > 0;
  }

  /** The same without a layer at the last site, after the normalisation that knows no class. */
  SiteLayers withoutLast() {
    List<Integer> fewer = new ArrayList<>(groups);
    fewer.set(fewer.size() - 1, 0);
    return new SiteLayers(fewer, rank);
  }

  /** The same with channels mixed at these sites alone. */
  SiteLayers mixingAt(Set<Integer> sites) {
    return new SiteLayers(
        IntStream.range(0, groups.size())
            .mapToObj(site -> sites.contains(site) || !at(site) ? groups.get(site) : 1)
            .toList(),
        rank);
  }
}
