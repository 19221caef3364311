package tsugiki.savedmodel;

/** Interpolation from one latent vector to another, along an arc or a line. */
public final class LatentPath {
  /** Below this sine of the angle between the ends, the arc is a line to rounding. */
  private static final double STRAIGHT = 1e-6;

  private LatentPath() {}

  /**
   * The arc between two vectors (spherical linear interpolation: Shoemake 1985, White 2016).
   *
   * <p>Vectors of N(0, 1) in D dimensions all lie near a sphere of radius √D, and those of the
   * truncated distribution near a smaller one. The middle of a straight line between two of them is
   * 0.7 times as long: a vector such as no draw gives, from which a generator paints something
   * paler and nearer to its mean image. The arc keeps the length. In its middle single entries may
   * pass the truncation of the ends, by √2 at most. They are left: truncation bounds how far from
   * the mean an image is, and that is the length; a cut would bend the way wherever an entry met
   * the bound.
   *
   * @param from the first vector [D]
   * @param to the last [D]
   * @param count how many vectors, at least 2
   * @return [count, D], row-major, evenly spaced in angle; the first and the last are exactly the
   *     ends
   * @throws IllegalArgumentException if {@code count} is below 2
   */
  public static float[] spherical(float[] from, float[] to, int count) {
    requireEnds(count);
    double angle = angle(from, to);
    double sine = Math.sin(angle);
    if (!(sine >= STRAIGHT)) { // A vector of zeros has no angle, which is not a number.
      return linear(from, to, count);
    }
    float[] path = new float[count * from.length];
    for (int i = 0; i < count; i++) {
      double way = i / (count - 1.0);
      mix(path, i, from, Math.sin((1 - way) * angle) / sine, to, Math.sin(way * angle) / sine);
    }
    return path;
  }

  /**
   * The straight line between two vectors, as for class vectors, which are on no sphere.
   *
   * @param from the first vector [D]
   * @param to the last [D]
   * @param count how many vectors, at least 2
   * @return [count, D], row-major, evenly spaced; the first and the last are exactly the ends
   * @throws IllegalArgumentException if {@code count} is below 2
   */
  public static float[] linear(float[] from, float[] to, int count) {
    requireEnds(count);
    float[] path = new float[count * from.length];
    for (int i = 0; i < count; i++) {
      double way = i / (count - 1.0);
      mix(path, i, from, 1 - way, to, way);
    }
    return path;
  }

  private static void requireEnds(int count) {
    if (count < 2) {
      throw new IllegalArgumentException("a path of " + count + " has no two ends; give 2 or more");
    }
  }

  private static void mix(float[] path, int row, float[] a, double ofA, float[] b, double ofB) {
    for (int i = 0; i < a.length; i++) {
      path[row * a.length + i] = (float) (ofA * a[i] + ofB * b[i]);
    }
  }

  private static double angle(float[] a, float[] b) {
    double cosine = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    return Math.acos(Math.max(-1, Math.min(1, cosine)));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
