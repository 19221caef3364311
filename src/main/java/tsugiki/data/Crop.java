package tsugiki.data;

/** What becomes of an image that is not square where a square is needed. */
public enum Crop {
  /** Its largest centred square is cut out. */
  SQUARE("square", "their centred squares are used, the rest is cut off"),

  /** All of it is squashed into the square. */
  NONE("none", "they are squashed into squares");

  private final String word;
  private final String effect;

  Crop(String word, String effect) {
    this.word = word;
    this.effect = effect;
  }

  /** What happens to several images, in words. */
  public String effect() {
    return effect;
  }

  /** The image's part that is used, in its own size. */
  public RgbImage of(RgbImage image) {
    int side = Math.min(image.height(), image.width());
    return this == SQUARE ? Resampler.centreCrop(image, side, side) : image;
  }

  /** The word on the command line and in {@code options.json}. */
  @Override
  public String toString() {
    return word;
  }
}
