package tsugiki.graft;

import java.nio.file.Path;
import tsugiki.BadInputException;

/**
 * What a graft can be told. The loss weights and rates are the reference's (Noguchi and Harada
 * 2019) where they carry over.
 *
 * @param images the images to adapt to: a folder, a zip or a file
 * @param limit how many of them are taken, in file order; 0 takes all
 * @param generator the folder of the rootstock's SavedModel
 * @param method what is trained inside the generator
 * @param groupSize channels a group of the point-wise layers; 0 stands for all channels of a site
 * @param steps steps of the optimiser
 * @param batch images a step; with fewer images than this, all of them
 * @param perceptual the network of the perceptual loss
 * @param perceptualWeight the factor on the perceptual loss
 * @param priorWeight the factor on the latent prior
 * @param embeddingWeight the factor on the mean square of the class vector
 * @param noise the deviation of the noise added to a latent vector in training
 * @param layerRate learning rate of the layers and of the first map's scale and shift
 * @param latentRate learning rate of the latent vectors
 * @param embeddingRate learning rate of the class vector
 * @param decayEvery steps after which every rate is multiplied by {@code decay}
 * @param decay the factor
 * @param truncation where the latent vectors of samples are cut
 * @param scoreNetwork a second network to score with, or empty
 * @param sampleEvery steps between sample grids
 * @param checkpointEvery steps between checkpoints
 * @param seed of all that is random
 */
public record GraftOptions(
    Path images,
    int limit,
    Path generator,
    GraftMethod method,
    int groupSize,
    long steps,
    int batch,
    String perceptual,
    float perceptualWeight,
    float priorWeight,
    float embeddingWeight,
    float noise,
    float layerRate,
    float latentRate,
    float embeddingRate,
    long decayEvery,
    float decay,
    double truncation,
    String scoreNetwork,
    long sampleEvery,
    long checkpointEvery,
    long seed) {

  /** The most images that a graft takes. */
  public static final int MOST_IMAGES = 10_000;

  /** Checks every value that can be checked alone. */
  public GraftOptions {
    atLeast("--limit", limit, 0);
    atLeast("--group-size", groupSize, 0);
    atLeast("--steps", steps, 1);
    atLeast("--batch", batch, 1);
    atLeast("--decay-every", decayEvery, 1);
    atLeast("--sample-every", sampleEvery, 1);
    atLeast("--checkpoint-every", checkpointEvery, 1);
    above("--truncation", truncation);
    above("--layer-rate", layerRate);
    above("--latent-rate", latentRate);
    above("--embedding-rate", embeddingRate);
    above("--decay", decay);
    notNegative("--perceptual-weight", perceptualWeight);
    notNegative("--prior-weight", priorWeight);
    notNegative("--embedding-weight", embeddingWeight);
    notNegative("--noise", noise);
  }

  /** The factor on every learning rate at a step. */
  public double rateFactor(long step) {
    return Math.pow(decay, step / decayEvery);
  }

  private static void atLeast(String flag, long value, long least) {
    if (value < least) {
      throw new BadInputException(flag + " is " + value + "; give " + least + " or more");
    }
  }

  private static void above(String flag, double value) {
    if (!(value > 0)) {
      throw new BadInputException(flag + " is " + value + "; give a number above 0");
    }
  }

  private static void notNegative(String flag, double value) {
    if (!(value >= 0)) {
      throw new BadInputException(flag + " is " + value + "; give 0 or more");
    }
  }
}
