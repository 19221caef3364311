package tsugiki.pretrained;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The generators on TensorFlow Hub that {@code fetch} knows, trained on ImageNet. Their publishers
 * give neither sizes nor checksums.
 */
final class HubModules {
  private static final String HUB = "https://tfhub.dev/%s/1?tf-hub-format=compressed";

  /** DeepMind's BigGAN and BigGAN-deep, and Google's S³GAN, by their sizes and label shares. */
  static final List<PublishedFile> ALL =
      Stream.of(
              Stream.of(128, 256, 512).map(HubModules::bigGan),
              Stream.of(128, 256, 512).map(HubModules::deepBigGan),
              Stream.of("2.5", "5", "10", "20").map(share -> s3Gan(share, 128)),
              Stream.of(s3Gan("10", 256)))
          .flatMap(each -> each)
          .toList();

  private HubModules() {}

  private static PublishedFile bigGan(int pixels) {
    return module(
        "biggan-" + pixels,
        "DeepMind's BigGAN of %d pixels, a rootstock for graft".formatted(pixels),
        "https://storage.googleapis.com/tfhub-modules/deepmind/biggan-%d/2.tar.gz"
            .formatted(pixels),
        2);
  }

  private static PublishedFile deepBigGan(int pixels) {
    String name = "biggan-deep-" + pixels;
    return module(
        name,
        "DeepMind's BigGAN-deep of %d pixels, a rootstock for graft".formatted(pixels),
        HUB.formatted("deepmind/" + name),
        1);
  }

  private static PublishedFile s3Gan(String share, int pixels) {
    return module(
        "s3gan-%s-%d".formatted(share, pixels),
        "S³GAN of %d pixels, trained with %s %% of the labels; a rootstock for graft"
            .formatted(pixels, share),
        HUB.formatted(
            "google/compare_gan/s3gan_%s_%dx%d".formatted(share.replace('.', '_'), pixels, pixels)),
        1);
  }

  private static PublishedFile module(String name, String about, String address, int version) {
    return new PublishedFile(
        name, about, URI.create(address), "%s-%d.tar.gz".formatted(name, version), 0, "", "", "");
  }
}
