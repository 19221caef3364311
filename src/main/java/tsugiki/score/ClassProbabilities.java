package tsugiki.score;

import java.util.List;
import tsugiki.features.Features;

/**
 * The class probabilities of images.
 *
 * @param values [N, C], each row at least 0 and with the sum 1
 * @param score the name of their score by the formula of {@link InceptionScore}: {@code is} for
 *     those of the network that it is named after
 * @param names the classes' names, as many as there are classes; or none
 * @param images the images' names [N]; or none
 * @param protocol whose probabilities they are, in words
 */
public record ClassProbabilities(
    Features values, String score, List<String> names, List<String> images, String protocol) {
  /** The name of the score of the 2015 Inception network. */
  public static final String INCEPTION = "is";

  /** The number of classes of that network, unnamed ones included. */
  static final int INCEPTION_CLASSES = 1008;
}
