package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real photographs, where the property {@code tsugiki.data} says that they are. */
@Tag("slow")
class RealDataTest {
  private static Path data(String name) {
    Path path = Path.of(System.getProperty("tsugiki.data", "no-data"), name);
    assumeTrue(Files.exists(path), () -> path + " is not here: set -Dtsugiki.data to run this");
    return path;
  }

  @Test
  void one_hundred_flowers() {
    try (ImageSource source = ImageSource.open(data("passion-flower"))) {
      ImageSet set = ImageSet.load(source, 128, BadImagePolicy.FAIL);

      assertThat(set.count()).isEqualTo(100);
      assertThat(set.names().get(24)).isEqualTo("image_00025.png");
      assertThat(set.classNames()).containsExactly("passion-flower");
      assertThat(source.limit(25).count()).isEqualTo(25);
      // The files have this size already and are PNG, so every sample stays.
      assertThat(set.image(7).rgb()).isEqualTo(source.read(7).rgb());
    }
  }

  @Test
  void twenty_thousand_images_of_forty_classes() {
    try (ImageSource source = ImageSource.open(data("tiny-imagenet-40.zip"))) {
      ImageSet set = ImageSet.load(source, 32, BadImagePolicy.FAIL);

      assertThat(set.count()).isEqualTo(20_000);
      assertThat(set.classNames()).hasSize(40).isSorted();
      int[] counts = new int[40];
      for (int label : set.labels()) {
        counts[label]++;
      }
      assertThat(counts).containsOnly(500);
      assertThat(set.names().get(500)).startsWith(set.classNames().get(1) + "/");
    }
  }

  @Test
  void mnist_has_the_digits_in_their_places() {
    try (ImageSource source = ImageSource.open(data("mnist"))) {
      assertThat(source.count()).isEqualTo(60_000);
      assertThat(source.classNames()).hasSize(10);
      assertThat(source.names()).contains("5/000000.png", "0/000001.png", "4/000002.png");
      assertThat(source.read(0).width()).isEqualTo(28);
    }
  }

  @Test
  void photographs_become_smaller_squares_of_the_same_brightness() {
    try (ImageSource source = ImageSource.open(data("single-image/generation"))) {
      for (RgbImage image : source) {
        int side = Math.min(image.height(), image.width());
        RgbImage crop = Resampler.centreCrop(image, side, side);

        assertThat(mean(Resampler.square(image, 64)))
            .as(image.name())
            .isCloseTo(mean(crop), within(1.0));
      }
    }
  }

  private static double mean(RgbImage image) {
    long sum = 0;
    for (byte sample : image.rgb()) {
      sum += Byte.toUnsignedInt(sample);
    }
    return (double) sum / image.rgb().length;
  }
}
