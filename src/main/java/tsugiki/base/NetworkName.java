package tsugiki.base;

/** The name of a pre-trained network, {@code NAME} or {@code NAME:WEIGHTS}, among options. */
public final class NetworkName {
  private NetworkName() {}

  /**
   * The same wherever the run is resumed from, and in every process.
   *
   * @param name as it was given; {@code NAME:FILE#…} names a part of a file
   * @return with an absolute file or folder, where it has one
   */
  public static String absolute(String name) {
    int colon = name.indexOf(':');
    if (colon < 0) {
      return name;
    }
    String weights = name.substring(colon + 1);
    int end = weights.indexOf('#') < 0 ? weights.length() : weights.indexOf('#');
    return name.substring(0, colon + 1)
        + OptionalPath.absolute(weights.substring(0, end))
        + weights.substring(end);
  }
}
