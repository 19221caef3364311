package tsugiki.bench;

import java.util.Map;

/**
 * What {@link GanStepBench} measured.
 *
 * @param work {@code gan-step}
 * @param size of the images in pixels
 * @param channels the networks' base number
 * @param batch images per step
 * @param rotatedShare images of the rotation loss, over the batch
 * @param imagesSeen images that the discriminator takes in one step of BigGAN
 * @param imagesExtra those that S³GAN adds: turned real ones in every step of the discriminator,
 *     turned generated ones in the generator's
 * @param msMedian milliseconds per step of S³GAN
 * @param msMin its fastest step
 * @param msMax its slowest step
 * @param cpuMsMedian processor time of all threads, which other programs disturb less
 * @param imagesPerSecond from the median
 * @param peers by name: {@code biggan}, the same step without self-supervision
 */
public record GanStepResult(
    String work,
    int size,
    int channels,
    int batch,
    float rotatedShare,
    int imagesSeen,
    int imagesExtra,
    double msMedian,
    double msMin,
    double msMax,
    double cpuMsMedian,
    double imagesPerSecond,
    Map<String, StepPeer> peers) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-10s %7.1f ms per step (%.1f to %.1f)%n".formatted("s3gan", msMedian, msMin, msMax));
    peers.forEach((name, peer) -> text.append(peer.line(name)));
    text.append(
        "%d pixels, batch %d, rotated share %s: the discriminator takes %d images per step and %d rotated ones more (%.1f %%)"
            .formatted(
                size,
                batch,
                rotatedShare,
                imagesSeen,
                imagesExtra,
                100.0 * imagesExtra / imagesSeen));
    return text.toString();
  }
}
