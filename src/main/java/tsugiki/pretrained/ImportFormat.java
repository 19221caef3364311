package tsugiki.pretrained;

import java.util.Arrays;
import java.util.stream.Collectors;
import tsugiki.base.BadInputException;

/** The publications of BigGANs whose files can be imported. */
public enum ImportFormat {
  /** ajbrock/BigGAN-PyTorch: the state dicts {@code G_ema.pth} and {@code D.pth}. */
  BIGGAN_PYTORCH("biggan-pytorch", 1e-5f, 1e-6f),
  /** DeepMind's modules {@code biggan-128}, {@code -256} and {@code -512} of TensorFlow Hub. */
  BIGGAN_TFHUB("biggan-tfhub", 1e-4f, 1e-4f),
  /** DeepMind's modules {@code biggan-deep-128}, {@code -256} and {@code -512}. */
  BIGGAN_DEEP_TFHUB("biggan-deep-tfhub", 1e-4f, 1e-4f),
  /** The modules {@code google/compare_gan/s3gan_…} of TensorFlow Hub. */
  S3GAN_TFHUB("s3gan-tfhub", 1e-5f, 1e-6f);

  private final String word;
  private final float normEpsilon;
  private final float spectralEpsilon;

  ImportFormat(String word, float normEpsilon, float spectralEpsilon) {
    this.word = word;
    this.normEpsilon = normEpsilon;
    this.spectralEpsilon = spectralEpsilon;
  }

  /** Its name on the command line. */
  public String word() {
    return word;
  }

  /** Added to the variance in batch normalisation. */
  float normEpsilon() {
    return normEpsilon;
  }

  /** The least length that spectral normalisation divides a vector by. */
  float spectralEpsilon() {
    return spectralEpsilon;
  }

  /** All names. */
  public static String words() {
    return Arrays.stream(values()).map(ImportFormat::word).collect(Collectors.joining(", "));
  }

  /**
   * The format of a name.
   *
   * @throws BadInputException if there is none
   */
  public static ImportFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(
            () -> new BadInputException("⟨format⟩ is %s; give one of %s".formatted(word, words())));
  }
}
