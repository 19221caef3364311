package tsugiki.score;

/** What can be scored, by its word on the command line. */
public enum Metric {
  /** {@link FrechetDistance}. */
  FID("fid"),
  /** {@link Kid}. */
  KID("kid"),
  /** {@link Kmmd}. */
  KMMD("kmmd"),
  /** {@link PrecisionRecall}. */
  PRDC("prdc"),
  /** {@link Memorisation}. */
  MEMORISED("memorised"),
  /** {@link InceptionScore} of the probabilities that it is named after. */
  IS("is"),
  /** The formula of {@link InceptionScore} on another network's probabilities. */
  CLASS_SCORE("class-score"),
  /** {@link Sifid}. */
  SIFID("sifid"),
  /** {@link LpipsDiversity}. */
  LPIPS("lpips"),
  /** {@link SpectrumRatio}. */
  SPECTRUM("spectrum");

  private final String word;

  Metric(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
