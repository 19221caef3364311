package tsugiki.data;

/** The treatment of images that cannot be used. */
public enum BadImagePolicy {
  /** Refuse the whole source; for scores, which must be of exactly the images given. */
  FAIL,

  /** Leave the image out and report it; for building a data set. */
  SKIP
}
