package tsugiki.labels;

import java.util.List;

/**
 * Class probabilities of images, and the likeliest classes.
 *
 * @param rows [N, C] in row-major order
 * @param classes C
 */
record Predictions(float[] rows, int classes) {
  /**
   * A network's answers in the order of other class names, and for images with a label 1 for that.
   *
   * @param answers [N, C] in the order of {@code told}
   * @param told the network's classes, the same as the labels' in any order
   */
  static Predictions of(float[] answers, List<String> told, GivenLabels given) {
    int classes = told.size();
    float[] rows = new float[answers.length];
    for (int i = 0; i < rows.length; i++) {
      int image = i / classes;
      int label = given.classNames().indexOf(told.get(i % classes));
      float certain = given.labels()[image] == label ? 1 : 0;
      rows[image * classes + label] = given.known(image) ? certain : answers[i];
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
