package tsugiki.graft;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tsugiki.model.BigGanArchitecture;

/**
 * The point-wise layers of a graft, site by site.
 *
 * @param groups channels per group of each site; 1 is a scale and a shift of every channel
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
  static SiteLayers of(BigGanArchitecture architecture, int groupSize, int rank) {
    return new SiteLayers(
        architecture.siteChannels().stream()
            .map(channels -> groupSize == 0 ? channels : groupSize)
            .toList(),
        rank);
  }

  /** The same with channels mixed at these sites alone. */
  SiteLayers mixingAt(Set<Integer> sites) {
    return new SiteLayers(
        IntStream.range(0, groups.size())
            .mapToObj(site -> sites.contains(site) ? groups.get(site) : 1)
            .toList(),
        rank);
  }
}
