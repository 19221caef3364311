package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The domains of a study, and images that only the choice of rates sees.
 *
 * @param reported the domains, without those images
 * @param aside the images that are set aside; empty where no domain has enough
 */
record StudyDomains(List<StudyDomain> reported, Optional<StudyDomain> aside) {
  /** So many times the training images are set aside: a quarter is trained on, the rest judges. */
  static final int ASIDE = 4;

  /**
   * Sets images aside, of the first domain that has so many that nothing in the report changes: it
   * serves the same numbers of training images as before, and holds images out at the same.
   *
   * @param counts numbers of training images; the first is that of the choice
   * @param seed draws the images
   */
  static StudyDomains apart(List<StudyDomain> domains, List<Integer> counts, long seed) {
    int wanted = ASIDE * counts.get(0);
    for (int i = 0; i < domains.size(); i++) {
      StudyDomain domain = domains.get(i);
      int left = domain.count() - wanted;
      if (counts.stream().allMatch(count -> spares(domain, left, count)) && left > 0) {
        List<StudyDomain> reported = new ArrayList<>(domains);
        reported.set(i, domain.part(seed, wanted, domain.count()));
        return new StudyDomains(reported, Optional.of(domain.part(seed, 0, wanted)));
      }
    }
    return new StudyDomains(domains, Optional.empty());
  }

  private static boolean spares(StudyDomain domain, int left, int count) {
    int least = count + (domain.holdsOut(count) ? StudyDomain.LEAST_HELD_OUT : 0);
    return count > domain.count() || left >= least;
  }

  /** All domains, that of the rates among them. */
  List<StudyDomain> all() {
    List<StudyDomain> all = new ArrayList<>(reported);
    aside.ifPresent(all::add);
    return all;
  }
}
