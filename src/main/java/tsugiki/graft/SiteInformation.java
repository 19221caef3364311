package tsugiki.graft;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.data.ImageSet;
import tsugiki.model.FrozenNetwork;

/**
 * How much the training images say about the mixing of channels at each site: the Fisher
 * information of W's entries, as Zhao et al. 2022 (AdAM) choose what to adapt by it, estimated by
 * the mean over images of the squared gradient of the loss, at the rootstock as it is, at latent
 * vectors from N(0, 1) and the mean of the classes, wherever {@link StartOptions} lets them start.
 * A site's figure is the mean over the entries beside W's diagonal, which are those that a scale
 * alone lacks.
 */
final class SiteInformation {
  private static final Logger LOG = LoggerFactory.getLogger(SiteInformation.class);

  /** The most images that it is estimated from. */
  private static final int MOST_IMAGES = 64;

  private SiteInformation() {}

  /**
   * The sites that mix channels.
   *
   * @param options with the number of sites to choose
   * @return their indices
   */
  static Set<Integer> chosen(
      GraftOptions options, Rootstock rootstock, ImageSet images, FrozenNetwork perceptual) {
    double[] information = of(options, rootstock, images, perceptual);
    List<Integer> ranked =
        IntStream.range(0, information.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer site) -> -information[site]))
            .toList();
    for (int site : ranked) {
      LOG.info("site {}: Fisher information {}", site, "%.3g".formatted(information[site]));
    }
    return ranked.stream().limit(options.mixedSites()).collect(Collectors.toSet());
  }

  /** The figure of each site. */
  static double[] of(
      GraftOptions options, Rootstock rootstock, ImageSet images, FrozenNetwork perceptual) {
    // A step on one image: the gradient of W's bias is then the gradient of that image's W.
    GraftOptions single =
        options
            .withMixedSites(0)
            .withRank(0)
            .withPlainLastSite(false)
            .withExecution(options.execution().withoutReplicas())
            .withLearning(options.learning().withBatch(1).withStart(StartOptions.defaults()));
    List<Integer> channels = rootstock.architecture().siteChannels();
    String[] names =
        IntStream.range(0, channels.size())
            .mapToObj(site -> "gradient/graft/site_" + site + "/bias")
            .toArray(String[]::new);
    double[] information = new double[channels.size()];
    int count = Math.min(images.count(), MOST_IMAGES);
    try (GraftTraining training = new GraftTraining(single, rootstock, images, perceptual)) {
      for (int image = 0; image < count; image++) {
        Map<String, float[]> gradients =
            training.training().trace(training.session(), image, new int[] {image}, names);
        for (int site = 0; site < information.length; site++) {
          information[site] +=
              besideDiagonal(gradients.get(names[site]), channels.get(site)) / count;
        }
      }
    }
    return information;
  }

  /**
   * The mean square of the entries of W beside its diagonal.
   *
   * @param gradient of W [C/g, g, g] and then b [C]
   */
  static double besideDiagonal(float[] gradient, int channels) {
    int group = gradient.length / channels - 1;
    double sum = 0;
    for (int i = 0; i < channels * group; i++) {
      int in = i / group % group;
      int out = i % group;
      if (in != out) {
        sum += (double) gradient[i] * gradient[i];
      }
    }
    return sum / Math.max(1, channels * (group - 1));
  }
}
