package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class ImageSetTest {
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void images_of_any_size_become_squares_in_order() {
    TestImages.write(folder, "a/1.png", TestImages.png(30, 20, 0x010203));
    TestImages.write(folder, "a/2.png", TestImages.png(9, 40, 0x0A0B0C));
    TestImages.write(folder, "b/1.png", TestImages.png(16, 16, 0x141516));

    ImageSet set = load(BadImagePolicy.FAIL);

    assertThat(set.count()).isEqualTo(3);
    assertThat(set.size()).isEqualTo(16);
    assertThat(set.names()).containsExactly("a/1.png", "a/2.png", "b/1.png");
    assertThat(set.labels()).containsExactly(0, 0, 1);
    assertThat(set.classNames()).containsExactly("a", "b");
    byte[] pixels = set.pixels();
    assertThat(pixels).hasSize(3 * 16 * 16 * 3);
    for (int i = 0; i < pixels.length; i++) {
      int first = List.of(1, 10, 20).get(i / (16 * 16 * 3));
      assertThat(pixels[i]).isEqualTo((byte) (first + i % 3));
    }
  }

  @Test
  void the_first_bad_image_in_file_order_fails_the_load() {
    TestImages.write(folder, "1.png", TestImages.png(16, 16, 0));
    for (int i = 2; i < 10; i++) {
      TestImages.write(folder, i + ".jpg", TEXT);
    }

    assertThatThrownBy(() -> load(BadImagePolicy.FAIL))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(folder.resolve("2.jpg").toString());
  }

  @Test
  void skipped_images_are_reported_and_labels_stay_with_their_images() {
    TestImages.write(folder, "a/1.png", TestImages.png(16, 16, 0));
    TestImages.write(folder, "a/2.jpg", TEXT);
    TestImages.write(folder, "b/1.png", TestImages.png(1, 1, 0));
    TestImages.write(folder, "b/2.png", TestImages.png(16, 16, 0xFFFFFF));

    ImageSet set = load(BadImagePolicy.SKIP);

    assertThat(set.names()).containsExactly("a/1.png", "b/2.png");
    assertThat(set.labels()).containsExactly(0, 1);
    assertThat(set.image(1).sample(0, 0, 0)).isEqualTo(255);
    assertThat(set.skipped()).extracting(SkippedImage::name).containsExactly("a/2.jpg", "b/1.png");
    assertThat(set.skipped().get(1).reason()).contains("1×1").contains("1.png");
  }

  @Test
  void imagesThatAreNotSquareAreCutOrSquashedAndCounted() {
    BufferedImage wide = TestImages.plain(32, 16, 0);
    wide.setRGB(0, 8, 0xFFFFFF);
    TestImages.write(folder, "a.png", TestImages.encode(wide, "png"));
    TestImages.write(folder, "b.png", TestImages.png(16, 16, 0));

    try (LoggedLines log = new LoggedLines(ImageSet.class);
        ImageSource source = ImageSource.open(folder)) {
      ImageSet cut = ImageSet.load(source, 16, BadImagePolicy.FAIL);
      ImageSet squashed = ImageSet.load(source, 16, BadImagePolicy.FAIL, Crop.NONE);

      assertThat(cut.image(0).sample(8, 0, 0)).isZero();
      assertThat(squashed.image(0).sample(8, 0, 0)).isPositive();
      assertThat(squashed.image(1).rgb()).isEqualTo(cut.image(1).rgb());
      assertThat(log.lines())
          .containsExactly(
              "1 of 2 images are not square: their centred squares are used, the rest is cut off",
              "1 of 2 images are not square: they are squashed into squares");
    }
  }

  @Test
  void skipping_everything_is_refused() {
    TestImages.write(folder, "1.jpg", TEXT);

    assertThatThrownBy(() -> load(BadImagePolicy.SKIP))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1.jpg");
  }

  @Test
  void images_too_small_to_enlarge_are_refused() {
    TestImages.write(folder, "thin.png", TestImages.png(100, 7, 0));

    assertThatThrownBy(() -> load(BadImagePolicy.FAIL))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("thin.png")
        .hasMessageContaining("100×7");
  }

  @Test
  void a_selection_keeps_names_labels_and_pixels_together() {
    TestImages.write(folder, "a/1.png", TestImages.png(16, 16, 0x010101));
    TestImages.write(folder, "b/1.png", TestImages.png(16, 16, 0x020202));

    ImageSet selected = load(BadImagePolicy.FAIL).select(new int[] {1, 1, 0});

    assertThat(selected.names()).containsExactly("b/1.png", "b/1.png", "a/1.png");
    assertThat(selected.labels()).containsExactly(1, 1, 0);
    assertThat(selected.image(0).sample(3, 3, 1)).isEqualTo(2);
    assertThat(selected.image(2).sample(3, 3, 1)).isEqualTo(1);
  }

  @Test
  void new_labels_leave_the_set_as_it_was() {
    RgbImage image = new RgbImage("x", 1, 1, new byte[3]);
    ImageSet set = ImageSet.of(List.of(image, image), "all");

    ImageSet relabelled = set.withLabels(new int[] {1, 0}, List.of("p", "q"));

    assertThat(relabelled.labels()).containsExactly(1, 0);
    assertThat(relabelled.classNames()).containsExactly("p", "q");
    assertThat(set.labels()).containsExactly(0, 0);
    assertThatThrownBy(() -> set.withLabels(new int[] {0, 2}, List.of("p", "q")))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> set.withLabels(new int[1], List.of("p")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void images_of_different_sizes_are_no_set() {
    RgbImage small = new RgbImage("small", 1, 1, new byte[3]);
    RgbImage large = new RgbImage("large", 2, 2, new byte[12]);

    assertThatThrownBy(() -> ImageSet.of(List.of(small, large), "all"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("large");
  }

  /** By the cause the command line tells a file that may not be read from a bad one. */
  @Test
  void aRefusalKeepsItsCause() {
    Path file = TestImages.write(folder, "a/1.png", TestImages.png(10, 10, 0));
    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(file.toFile().delete()).isTrue();
      assertThatThrownBy(() -> ImageSet.load(source, 8, BadImagePolicy.FAIL))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(file + "' cannot be read (no such file or folder)")
          .hasCauseInstanceOf(NoSuchFileException.class);
    }
  }

  private ImageSet load(BadImagePolicy policy) {
    try (ImageSource source = ImageSource.open(folder)) {
      return ImageSet.load(source, 16, policy);
    }
  }
}
