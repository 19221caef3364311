package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.augment.StaticPolicy;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.TinyGenerator;

class EnlargedSetTest {
  @Test
  void copiesFollowTheImagesAndNothingIsAddedWithoutAPolicy() {
    ImageSet images = images(5);
    assertThat(EnlargedSet.of(images, List.of(), 5, null, 0).count()).isEqualTo(5);
    ImageSet negatives = EnlargedSet.of(images, List.of(StaticPolicy.INVERT), 10, null, 0);
    assertThat(negatives.count()).isEqualTo(15);
    assertThat(negatives.classNames()).hasSize(1);
    assertThat(negatives.image(3).rgb()).isEqualTo(images.image(3).rgb());
    // Twice as many copies as images: each comes twice.
    for (int value = 0; value < 5; value++) {
      int negative = 255 - value;
      assertThat(all(negatives).subList(5, 15))
          .filteredOn(image -> image.sample(0, 0, 0) == negative)
          .hasSize(2);
    }
  }

  /** They are drawn in parts, of which an image knows nothing. */
  @Test
  void generatedCopiesAreThoseOfTheSeedsInOrder(@TempDir Path folder) {
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(folder);
    try (LoadedGenerator generator = LoadedGenerator.open(folder)) {
      int size = generator.height();
      ImageSet one =
          ImageSet.of(List.of(new RgbImage("a", size, size, new byte[3 * size * size])), "some");
      List<RgbImage> copies =
          all(EnlargedSet.of(one, List.of(StaticPolicy.GENERATED), 70, generator, 5))
              .subList(1, 71);
      assertThat(copies.get(69).name()).isEqualTo("generated 69");
      byte[] last = EnlargedSet.pixels(generator, 1, 5 + 69);
      assertThat(copies.get(69).rgb()).isEqualTo(last).isNotEqualTo(copies.get(68).rgb());
      assertThat(copies.get(0).rgb()).isEqualTo(EnlargedSet.pixels(generator, 1, 5));
    }
  }

  private static List<RgbImage> all(ImageSet set) {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < set.count(); i++) {
      images.add(set.image(i));
    }
    return images;
  }

  private static ImageSet images(int count) {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] rgb = new byte[8 * 8 * 3];
      Arrays.fill(rgb, (byte) i);
      images.add(new RgbImage("image" + i, 8, 8, rgb));
    }
    return ImageSet.of(images, "some");
  }
}
