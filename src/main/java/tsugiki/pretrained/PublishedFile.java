package tsugiki.pretrained;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;

/**
 * A file of weights that others publish.
 *
 * @param name the name that {@code fetch} knows it by
 * @param about what it is and what it is for
 * @param address where it is published
 * @param file its name in the cache
 * @param bytes its size where that is known, otherwise 0
 * @param sha256 its SHA-256, or the beginning of it that its publisher gives; empty without one
 * @param md5 its MD5 where the publisher gives one, otherwise empty
 * @param member the file to use of an archive, as a path in the cache; empty for a plain file
 */
public record PublishedFile(
    String name,
    String about,
    URI address,
    String file,
    long bytes,
    String sha256,
    String md5,
    String member) {
  /** The bytes that a file of an unknown size may have; the largest known one has 0.7 GB. */
  private static final long MOST_BYTES = 2L << 30;

  private static final String KERAS =
      "https://storage.googleapis.com/tensorflow/keras-applications/vgg16/";

  /**
   * Inception v3 of 2015 as a frozen graph, with the names of its classes: the bucket that papers
   * name as {@code http://download.tensorflow.org}, by HTTPS.
   */
  public static final PublishedFile INCEPTION =
      new PublishedFile(
          "inception",
          "Inception v3 of 2015-12-05, the frozen graph that IS and FID are defined by",
          URI.create(
              "https://storage.googleapis.com/download.tensorflow.org/models/image/imagenet/"
                  + "inception-2015-12-05.tgz"),
          "inception-2015-12-05.tgz",
          88_931_400,
          "",
          "",
          "inception-2015-12-05/classify_image_graph_def.pb");

  /** The same network for PyTorch, by pytorch-fid. Its name carries the checksum's beginning. */
  public static final PublishedFile INCEPTION_TORCH =
      plain(
          "inception-torch",
          "the same Inception, converted for PyTorch by pytorch-fid",
          "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/",
          "pt_inception-2015-12-05-6726825d.pth",
          95_628_359,
          "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
          "");

  /**
   * Inception v3 as torchvision has it. Its name carries the checksum's beginning; a file of the
   * same weights that torchvision had until 2021 carries another one.
   */
  public static final PublishedFile INCEPTION_TORCHVISION =
      plain(
          "inception-torchvision",
          "Inception v3 as torchvision has it: what the single-image distance is made for",
          "https://download.pytorch.org/models/",
          "inception_v3_google-0cc3c7bd.pth",
          0,
          "0cc3c7bd",
          "");

  /** The convolutions of VGG16 with Caffe's weights. */
  public static final PublishedFile VGG16 =
      plain(
          "vgg16",
          "VGG16's convolutions, Keras' copy of Caffe's weights, for the perceptual loss",
          KERAS,
          "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
          0,
          "",
          "6d6bbae143d832006294945121d1f1fc");

  /** All of VGG16. */
  public static final PublishedFile VGG16_TOP =
      plain(
          "vgg16-top",
          "all of VGG16, 550 MB: its features of 4096 numbers need it",
          KERAS,
          "vgg16_weights_tf_dim_ordering_tf_kernels.h5",
          0,
          "",
          "64373286793e3c8b2b4e3219cbf3544b");

  /** The convolutions of VGG19 with Caffe's weights. */
  public static final PublishedFile VGG19 =
      plain(
          "vgg19",
          "VGG19's convolutions, Keras' copy of Caffe's weights, for the perceptual loss",
          "https://storage.googleapis.com/tensorflow/keras-applications/vgg19/",
          "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5",
          0,
          "",
          "253f8cb515780f3b799900260a226db6");

  /** VGG16 as torchvision trained it. Its name carries the checksum's beginning. */
  public static final PublishedFile VGG16_TORCH =
      plain(
          "vgg16-torch",
          "VGG16 as torchvision trained it, 530 MB: what LPIPS is made for",
          "https://download.pytorch.org/models/",
          "vgg16-397923af.pth",
          0,
          "397923af8e79cdbb6a7127f12361acd7a2f83e06b05044ddf496e83de57a5bf0",
          "");

  /** The linear weights of LPIPS v0.1 on VGG16. */
  public static final PublishedFile LPIPS =
      new PublishedFile(
          "lpips",
          "the linear weights of LPIPS v0.1 on VGG16",
          URI.create(
              "https://raw.githubusercontent.com/richzhang/PerceptualSimilarity/master/"
                  + "lpips/weights/v0.1/vgg.pth"),
          "lpips-v0.1-vgg.pth",
          7_289,
          "a78928a0af1e5f0fcb1f3b9e8f8c3a2a5a3de244d830ad5c1feddc79b8432868",
          "",
          "");

  private static PublishedFile plain(
      String name, String about, String site, String file, long bytes, String sha256, String md5) {
    return new PublishedFile(name, about, URI.create(site + file), file, bytes, sha256, md5, "");
  }

  /** All that {@code fetch} knows. */
  public static List<PublishedFile> all() {
    Stream<PublishedFile> networks =
        Stream.of(
            INCEPTION,
            INCEPTION_TORCH,
            INCEPTION_TORCHVISION,
            VGG16,
            VGG16_TOP,
            VGG16_TORCH,
            VGG19,
            LPIPS);
    return Stream.concat(networks, HubModules.ALL.stream()).toList();
  }

  /** The bytes that it may have at most. */
  long most() {
    return bytes > 0 ? bytes : MOST_BYTES;
  }

  /**
   * The same file with a checksum that the user knows.
   *
   * @param known a whole SHA-256, 64 hexadecimal digits
   * @throws BadInputException if it is none, or contradicts the publisher's
   */
  public PublishedFile withSha256(String known) {
    String lower = known.toLowerCase(Locale.ROOT);
    if (!lower.matches("[0-9a-f]{64}")) {
      throw new BadInputException(
          "⟨sha256⟩ is %s; give all 64 hexadecimal digits, as sha256sum prints them"
              .formatted(known));
    }
    if (!lower.startsWith(sha256)) {
      throw new BadInputException(
          "⟨sha256⟩ is %s, and the publisher of %s gives %s; leave it out"
              .formatted(known, name, sha256));
    }
    return new PublishedFile(name, about, address, file, bytes, lower, md5, member);
  }

  /** Whether its publisher gives a checksum. */
  boolean hasChecksum() {
    return !sha256.isEmpty() || !md5.isEmpty();
  }
}
