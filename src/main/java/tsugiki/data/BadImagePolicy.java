package tsugiki.data;

/** The treatment of images that cannot be used. */
public enum BadImagePolicy {
  /** Refuse the whole source; for scores, which must be of exactly the images given. */
  FAIL("fail"),

  /** Leave the image out and name it with the reason. */
  SKIP("skip");

  private final String word;

  BadImagePolicy(String word) {
    this.word = word;
  }

  /** The word on the command line and in {@code options.json}. */
  @Override
  public String toString() {
    return word;
  }
}
