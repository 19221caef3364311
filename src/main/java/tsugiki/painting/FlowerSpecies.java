package tsugiki.painting;

import static tsugiki.painting.Gouache.between;

import java.util.SplittableRandom;

/**
 * The build of a blossom: how many petals of which shape, and what stands in its middle.
 *
 * @param front petals of the upper ring
 * @param back petals of the lower ring, seen between the upper ones
 * @param backReach length of the lower ring's petals against the upper ring's
 * @param slimness half width of a petal as a share of its length
 * @param shoulder see {@link Petal}
 * @param roundness see {@link Petal}
 * @param notch see {@link Petal}
 * @param ruffle see {@link Petal}
 * @param filaments number of threads in the corona; 0 for a blossom without
 * @param corona radius of the corona as a share of the petals' length
 * @param heart radius of the dome in the middle as a share of the petals' length
 * @param centre what stands on the dome
 */
record FlowerSpecies(
    int front,
    int back,
    double backReach,
    double slimness,
    double shoulder,
    double roundness,
    double notch,
    double ruffle,
    int filaments,
    double corona,
    double heart,
    Centre centre) {

  /** What stands on the dome in the middle of a blossom. */
  enum Centre {
    /** The passion flower's five anthers and three stigmas on a column. */
    COLUMN,
    /** A ring of many stamens around a dark button, as an anemone has. */
    STAMENS,
    /** A disc of florets in spirals, as a cosmos has. */
    DISC
  }

  private static final int FORMS = 4;

  /**
   * Draws a species. Four forms take turns with the seed, so that a small set shows them all.
   *
   * @param seed any number
   * @param random where the measures within a form come from
   */
  static FlowerSpecies of(long seed, SplittableRandom random) {
    return switch ((int) Math.floorMod(seed, (long) FORMS)) {
      case 0 -> passionFlower(random);
      case 1 -> anemone(random);
      case 2 -> clematis(random);
      default -> cosmos(random);
    };
  }

  private static FlowerSpecies passionFlower(SplittableRandom random) {
    return new FlowerSpecies(
        5,
        5,
        between(random, 0.98, 1.08),
        between(random, 0.25, 0.33),
        between(random, 0.4, 0.58),
        between(random, 1.35, 1.9),
        0,
        between(random, 0, 0.008),
        random.nextInt(84, 120),
        between(random, 0.55, 0.72),
        between(random, 0.12, 0.15),
        Centre.COLUMN);
  }

  private static FlowerSpecies anemone(SplittableRandom random) {
    int petals = random.nextInt(5, 8);
    return new FlowerSpecies(
        petals,
        petals,
        between(random, 1.0, 1.1),
        2.6 / petals * between(random, 0.85, 1.05),
        between(random, 0.4, 0.55),
        between(random, 1.8, 2.3),
        between(random, 0, 0.05),
        between(random, 0.008, 0.022),
        0,
        0,
        between(random, 0.15, 0.2),
        Centre.STAMENS);
  }

  private static FlowerSpecies clematis(SplittableRandom random) {
    int petals = random.nextInt(6, 9);
    return new FlowerSpecies(
        petals,
        petals,
        between(random, 0.9, 1.02),
        2.0 / petals * between(random, 0.85, 1.0),
        between(random, 0.5, 0.66),
        between(random, 1.05, 1.3),
        0,
        between(random, 0.004, 0.014),
        random.nextInt(56, 84),
        between(random, 0.36, 0.5),
        between(random, 0.1, 0.14),
        Centre.COLUMN);
  }

  private static FlowerSpecies cosmos(SplittableRandom random) {
    int petals = random.nextInt(8, 13);
    return new FlowerSpecies(
        petals,
        petals,
        between(random, 0.94, 1.04),
        2.3 / petals * between(random, 0.85, 1.0),
        between(random, 0.25, 0.36),
        between(random, 1.7, 2.3),
        between(random, 0.02, 0.07),
        between(random, 0.004, 0.012),
        0,
        0,
        between(random, 0.2, 0.26),
        Centre.DISC);
  }
}
