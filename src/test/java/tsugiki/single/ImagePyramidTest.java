package tsugiki.single;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Floats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tsugiki.data.FloatImage;
import tsugiki.data.MatlabResizer;
import tsugiki.data.RgbImage;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

/** Which images of a pyramid are in whole numbers. */
class ImagePyramidTest {
  private static final RgbImage IMAGE = TinySingle.image();

  private static ImagePyramid pyramid(SingleMethod method, int maxSize) {
    SingleOptions options =
        SingleOptions.of(Path.of("f"), SingleMode.GENERATE, method, Execution.here(Device.CPU));
    return ImagePyramid.of(
        IMAGE,
        options.withPyramid(options.pyramid().withStages(2).withMinSize(11).withMaxSize(maxSize)));
  }

  private static long fractions(FloatImage image) {
    return Floats.asList(image.rgb()).stream().filter(value -> value != Math.rint(value)).count();
  }

  /** The small stage is resized from bytes of the large one, and its values stay as they come. */
  @Test
  void aStageIsResizedFromBytesAndNotRounded() {
    for (SingleMethod method : SingleMethod.values()) {
      ImagePyramid pyramid = pyramid(method, 15);
      FloatImage small = pyramid.images().get(0);
      RgbImage full = MatlabResizer.resize(IMAGE, 15.0 / 17);
      FloatImage wanted = MatlabResizer.exact(full, pyramid.sizes().factors().get(0));
      assertThat(small.rgb()).as(method.toString()).isEqualTo(wanted.rgb());
      assertThat(fractions(small)).isGreaterThan(small.rgb().length / 2);
      float value = small.rgb()[7];
      assertThat(pyramid.floats(0)[7]).isEqualTo(value / 127.5f - 1);
      assertThat(pyramid.of(0).rgb()[7]).isEqualTo((byte) (int) value);
    }
  }

  /** SinGAN's program resizes the largest image once more, by a factor of 1. */
  @Test
  void theLargestStageIsInBytesWithSinGanAlone() {
    FloatImage consingan = pyramid(SingleMethod.CONSINGAN, 15).images().get(1);
    assertThat(consingan.rgb()).isEqualTo(MatlabResizer.exact(IMAGE, 15.0 / 17).rgb());
    assertThat(fractions(consingan)).isGreaterThan(consingan.rgb().length / 2);
    assertThat(pyramid(SingleMethod.SINGAN, 15).images().get(1).rgb())
        .isEqualTo(FloatImage.of(MatlabResizer.resize(IMAGE, 15.0 / 17)).rgb());
  }

  @Test
  void superResolutionHasFewerStagesThanPainting() {
    RgbImage image = new RgbImage("grey", 60, 60, new byte[60 * 60 * 3]);
    SingleOptions enlarge =
        SingleOptions.of(Path.of("f"), SingleMode.SUPER_RESOLVE, Execution.here(Device.CPU));
    SingleOptions paint = enlarge.withMode(SingleMode.PAINT);
    assertThat(ImagePyramid.of(image, enlarge).sizes().stages()).isEqualTo(7);
    assertThat(ImagePyramid.of(image, paint).sizes().stages()).isEqualTo(8);
  }

  @Test
  void anImageThatIsSmallEnoughStaysAsItIs() {
    for (SingleMethod method : SingleMethod.values()) {
      assertThat(pyramid(method, 17).of(1).rgb()).isEqualTo(IMAGE.rgb());
      assertThat(fractions(pyramid(method, 17).images().get(1))).isZero();
    }
  }
}
