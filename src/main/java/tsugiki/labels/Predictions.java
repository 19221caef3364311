package tsugiki.labels;

import java.util.List;
import tsugiki.data.GivenLabels;

/**
 * Class probabilities of images.
 *
 * @param rows [N, C] in row-major order
 * @param classes C
 */
record Predictions(float[] rows, int classes) {
  /**
   * Given labels with probability 1, and predictions for the images without a label.
   *
   * @param given labels; their classes give the order of the columns
   * @param predicted probabilities [N, C]
   * @param classNames of the columns of {@code predicted}, the given labels' in any order
   */
  static Predictions completing(GivenLabels given, float[] predicted, List<String> classNames) {
    int classes = classNames.size();
    float[] rows = new float[predicted.length];
    for (int i = 0; i < rows.length; i++) {
      int image = i / classes;
      int label = given.classNames().indexOf(classNames.get(i % classes));
      float certain = given.labels()[image] == label ? 1 : 0;
      rows[image * classes + label] = given.known(image) ? certain : predicted[i];
    }
    return new Predictions(rows, classes);
  }

  /** The likeliest class of each image [N]. */
  int[] likeliest() {
    int[] labels = new int[rows.length / classes];
    for (int i = 0; i < rows.length; i++) {
      int image = i / classes;
      int best = image * classes + labels[image];
      labels[image] = rows[i] > rows[best] ? i % classes : labels[image];
    }
    return labels;
  }
}
