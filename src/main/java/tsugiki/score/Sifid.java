package tsugiki.score;

import tsugiki.features.Features;

/**
 * Single Image FID (Rott Shaham et al., "SinGAN", ICCV 2019): the Fréchet distance between two
 * images' inner statistics. A sample is a position of one map of a network, so that one image has h
 * · w of them, and they are compared as {@link FrechetDistance} compares images.
 *
 * <p>The name SIFID is for torchvision's Inception v3 and its 192 channels before the second
 * maximum pool, the image at its own size. The same map of the 2015 network gives figures of
 * another scale and another name.
 */
public final class Sifid {
  /** The computation, in words. */
  static final String PROTOCOL =
      "Frechet distance of the positions of two images' maps, mean over the pairs";

  /** Of the map before the second maximum pool. */
  static final int CHANNELS = 192;

  private Sifid() {}

  /**
   * The distance of two images.
   *
   * @param real [h · w, C], one row a position, at least 2
   * @param generated [h' · w', C]; the images may differ in size
   * @throws tsugiki.base.BadInputException if a map has a single position, or the channels differ
   */
  public static FrechetDistance.Result between(Features real, Features generated) {
    return FrechetDistance.between(real, generated);
  }
}
