package tsugiki.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tsugiki.features.Features;

/**
 * How varied the images of each class are: the mean distance of two generated images of the class
 * over that of two real ones ({@link Diversity#pairwise}). A class that has collapsed to one image
 * is at 0, where measures over all classes may not show it.
 */
public final class ClassDiversity {
  private ClassDiversity() {}

  /**
   * The diversity within every class.
   *
   * @param real [m, d]
   * @param realClasses of them [m]; a negative one leaves its image out
   * @param generated [n, d]
   * @param classes of these [n]
   * @param names of the classes
   * @return by the class's name, in the order of the classes. A class with less than two images on
   *     a side, or whose real images are all alike, is left out
   * @throws tsugiki.base.BadInputException if the dimensions differ
   */
  public static Map<String, Double> of(
      Features real, int[] realClasses, Features generated, long[] classes, List<String> names) {
    Map<String, Double> found = new LinkedHashMap<>();
    for (int c = 0; c < names.size(); c++) {
      int number = c;
      int[] these =
          IntStream.range(0, realClasses.length).filter(i -> realClasses[i] == number).toArray();
      int[] those = IntStream.range(0, classes.length).filter(i -> classes[i] == number).toArray();
      if (these.length > 1 && those.length > 1) {
        double ratio = Diversity.pairwise(real.select(these), generated.select(those));
        if (Double.isFinite(ratio)) {
          found.put(names.get(c), ratio);
        }
      }
    }
    return found;
  }
}
