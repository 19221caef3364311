package tsugiki.score;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import tsugiki.data.ImageSet;

/**
 * Agreement of clusters with known classes.
 *
 * @param purity the share of images whose class is the commonest of their cluster
 * @param information normalised mutual information, 2·I/(H(clusters) + H(classes)), in [0, 1]; 1
 *     where both are one group
 */
public record Agreement(double purity, double information) {
  /**
   * Compares.
   *
   * @param clusters [N], from 0
   * @param classes [N], from 0
   */
  public static Agreement of(int[] clusters, int[] classes) {
    int rows = 1 + Arrays.stream(clusters).max().orElseThrow();
    int columns = 1 + Arrays.stream(classes).max().orElseThrow();
    double[][] joint = new double[rows][columns];
    double[] ofClusters = new double[rows];
    double[] ofClasses = new double[columns];
    double share = 1.0 / clusters.length;
    for (int i = 0; i < clusters.length; i++) {
      joint[clusters[i]][classes[i]] += share;
      ofClusters[clusters[i]] += share;
      ofClasses[classes[i]] += share;
    }
    double purity = 0;
    double together = 0;
    for (double[] row : joint) {
      purity += Arrays.stream(row).max().orElseThrow();
      together += entropy(row);
    }
    double apart = entropy(ofClusters) + entropy(ofClasses);
    return new Agreement(purity, apart == 0 ? 1 : Math.max(0, 2 * (apart - together) / apart));
  }

  /**
   * Compares labels with the folders of the images.
   *
   * @param labels [N]
   * @param classes the number of labels
   * @return {@code label_purity} and {@code label_nmi}; empty where there is one label or one
   *     folder
   */
  public static Map<String, Double> withFolders(int[] labels, int classes, ImageSet images) {
    if (images.classNames().size() == 1 || classes == 1) {
      return Map.of();
    }
    Agreement agreement = of(labels, images.labels());
    return new TreeMap<>(
        Map.of("label_purity", agreement.purity(), "label_nmi", agreement.information()));
  }

  private static double entropy(double[] shares) {
    double entropy = 0;
    for (double share : shares) {
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    return entropy;
  }
}
