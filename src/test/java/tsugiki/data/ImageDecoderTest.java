package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;

class ImageDecoderTest {
  private static final byte[] WEBP =
      Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void lossless_formats_keep_every_sample(String format) {
    RgbImage image =
        ImageDecoder.decode("a", TestImages.encode(TestImages.plain(5, 3, 0x0A64C8), format));

    assertThat(image.height()).isEqualTo(3);
    assertThat(image.width()).isEqualTo(5);
    assertUniform(image, 10, 100, 200, 0);
  }

  @Test
  void aFewBytesHoldNoLargeImage() {
    byte[] small = TestImages.png(8, 8, 0);
    ByteBuffer.wrap(small).putInt(16, 9_000).putInt(20, 9_000);
    assertThatThrownBy(() -> ImageDecoder.decode("small.png", small))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("claims 9000×9000 pixels, more than its")
        .hasMessageContaining("bytes can hold");
  }

  @Test
  void rows_and_columns_are_in_place() {
    BufferedImage source = TestImages.noise(7, 4);
    RgbImage image = ImageDecoder.decode("a", TestImages.encode(source, "png"));

    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 7; x++) {
        int rgb = image.sample(y, x, 0) << 16 | image.sample(y, x, 1) << 8 | image.sample(y, x, 2);
        assertThat(rgb).isEqualTo(source.getRGB(x, y) & 0xFFFFFF);
      }
    }
  }

  @Test
  void jpeg_is_close() {
    byte[] jpeg = TestImages.encode(TestImages.plain(20, 20, 0x0A64C8), "jpg");

    assertUniform(ImageDecoder.decode("a", jpeg), 10, 100, 200, 3);
  }

  @Test
  void webp_is_read() {
    RgbImage image = ImageDecoder.decode("a.webp", WEBP);

    assertThat(image.width()).isEqualTo(1);
    assertThat(image.height()).isEqualTo(1);
  }

  /** Such a thread closes the channels that it reads. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg", "tif", "webp"})
  void aThreadThatIsInterruptedReadsTheSame(String format) {
    byte[] encoded =
        switch (format) {
          case "webp" -> WEBP;
          case "tif" -> TestImages.tiff(3, 2, 6, new byte[] {1, 2, 3, 4, 5, 6});
          case "jpg" ->
              TestImages.withOrientation(TestImages.encode(TestImages.noise(7, 4), "jpg"), 6);
          default -> TestImages.encode(TestImages.noise(7, 4), format);
        };
    RgbImage image = ImageDecoder.decode("a", encoded);
    boolean square = ImageDecoder.isSquare("a", encoded);
    RgbImage again;
    Thread.currentThread().interrupt();
    try {
      again = ImageDecoder.decode("a", encoded);
      assertThat(ImageDecoder.isSquare("a", encoded)).isEqualTo(square);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(again.rgb()).isEqualTo(image.rgb());
    assertThat(again.height()).isEqualTo(image.height());
    assertThat(ImageIO.getUseCache()).as("the setting of the whole JVM").isTrue();
  }

  @Test
  void transparency_is_laid_on_white() {
    BufferedImage rgba =
        TestImages.uniform(TestImages.srgb(), true, DataBuffer.TYPE_BYTE, 255, 0, 100, 51);

    // 20 % of the colour and 80 % of white.
    assertUniform(decodePng(rgba), 255, 204, 224, 0);
  }

  @Test
  void grey_keeps_its_values_in_three_channels() {
    BufferedImage grey = TestImages.uniform(TestImages.grey(), false, DataBuffer.TYPE_BYTE, 100);

    assertUniform(decodePng(grey), 100, 100, 100, 0);
    assertUniform(ImageDecoder.decode("a", TestImages.encode(grey, "jpg")), 100, 100, 100, 1);
  }

  @Test
  void grey_with_alpha_is_laid_on_white() {
    BufferedImage grey = TestImages.uniform(TestImages.grey(), true, DataBuffer.TYPE_BYTE, 0, 204);

    assertUniform(decodePng(grey), 51, 51, 51, 0);
  }

  @Test
  void sixteen_bits_are_rounded_to_eight() {
    BufferedImage rgb =
        TestImages.uniform(
            TestImages.srgb(), false, DataBuffer.TYPE_USHORT, 65535, 128 * 257 + 100, 200);
    BufferedImage grey =
        TestImages.uniform(TestImages.grey(), false, DataBuffer.TYPE_USHORT, 77 * 257 - 100);

    assertUniform(decodePng(rgb), 255, 128, 1, 0);
    assertUniform(decodePng(grey), 77, 77, 77, 0);
  }

  @Test
  void cmyk_becomes_rgb() {
    BufferedImage red =
        TestImages.uniform(
            ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK),
            false,
            DataBuffer.TYPE_BYTE,
            0,
            255,
            255,
            0);

    RgbImage image = ImageDecoder.decode("a", TestImages.encode(red, "jpg"));

    // A profile of printing inks has no pure red; inverted or swapped inks would be far off.
    assertThat(image.sample(5, 5, 0)).isGreaterThan(200);
    assertThat(image.sample(5, 5, 1)).isLessThan(60);
    assertThat(image.sample(5, 5, 2)).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.5, 0.9})
  void truncated_files_are_refused(double share) {
    for (String format : new String[] {"jpg", "png", "gif", "bmp"}) {
      byte[] whole = TestImages.encode(TestImages.noise(80, 60), format);
      byte[] cut = Arrays.copyOf(whole, (int) (share * whole.length));

      assertThatThrownBy(() -> ImageDecoder.decode("photos/half." + format, cut))
          .as("%s cut to %s", format, share)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("photos/half." + format);
    }
  }

  @Test
  void the_sentence_says_truncated() {
    for (String format : new String[] {"jpg", "png"}) {
      byte[] whole = TestImages.encode(TestImages.noise(80, 60), format);
      byte[] cut = Arrays.copyOf(whole, whole.length / 2);

      assertThatThrownBy(() -> ImageDecoder.decode("half", cut))
          .hasMessageContaining("'half' is truncated");
    }
    assertThatThrownBy(() -> ImageDecoder.decode("half", Arrays.copyOf(WEBP, WEBP.length - 1)))
        .hasMessageContaining("'half' is truncated");
  }

  @Test
  void other_content_is_refused_whatever_the_name() {
    byte[] text = "This is a text, not a picture.\n".getBytes(StandardCharsets.US_ASCII);

    // A black WBMP: two zeros, 8 wide, 8 high, eight rows.
    byte[] wbmp = {0, 0, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0};

    for (byte[] content : new byte[][] {text, new byte[0], wbmp}) {
      assertThatThrownBy(() -> ImageDecoder.decode("note.jpg", content))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("note.jpg");
    }
  }

  @Test
  void a_huge_header_is_refused_by_its_size() {
    assertThatThrownBy(() -> ImageDecoder.decode("huge.png", TestImages.pngHeader(30_000, 30_000)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("huge.png")
        .hasMessageContaining("30000×30000")
        .hasMessageContaining("100 million");
  }

  @Test
  void a_huge_jpeg_header_is_refused_by_its_size() {
    byte[] jpeg = TestImages.encode(TestImages.plain(16, 16, 0), "jpg");
    // The frame header: marker FFC0, length 17, 8 bits, then height and width.
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00C0\0\u0011\b");
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 50_000);

    assertThatThrownBy(() -> ImageDecoder.decode("huge.jpg", jpeg))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("50000×60000");
  }

  @Test
  void a_jpeg_with_damaged_codes_is_refused() {
    byte[] jpeg = TestImages.encode(TestImages.noise(80, 60), "jpg");
    // FF, stuffed with 00: ones over and over, which are no Huffman code.
    for (int i = jpeg.length / 2; i < jpeg.length / 2 + 200; i += 2) {
      jpeg[i] = (byte) 0xFF;
      jpeg[i + 1] = 0;
    }

    assertThatThrownBy(() -> ImageDecoder.decode("scratched.jpg", jpeg))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'scratched.jpg' is damaged");
  }

  @Test
  void a_header_that_claims_nothing_is_refused() {
    assertThatThrownBy(() -> ImageDecoder.decode("none.png", TestImages.pngHeader(0, 5)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none.png");
  }

  // Stored: left half black, right half white, 40 wide and 20 high.
  @ParameterizedTest
  @CsvSource({
    "1, 40, left",
    "2, 40, right",
    "3, 40, right",
    "4, 40, left",
    "5, 20, top",
    "6, 20, top",
    "7, 20, bottom",
    "8, 20, bottom"
  })
  void a_jpeg_is_turned_upright(int orientation, int width, String darkSide) {
    BufferedImage stored = TestImages.plain(40, 20, 0);
    for (int i = 0; i < 20 * 20; i++) {
      stored.setRGB(20 + i % 20, i / 20, 0xFFFFFF);
    }
    byte[] jpeg = TestImages.withOrientation(TestImages.encode(stored, "jpg"), orientation);

    RgbImage image = ImageDecoder.decode("a", jpeg);

    assertThat(image.width()).isEqualTo(width);
    int right = image.width() - 5;
    int bottom = image.height() - 5;
    assertThat(image.sample(4, 4, 0) < 128).isEqualTo(!darkSide.matches("right|bottom"));
    assertThat(image.sample(4, right, 0) < 128).isEqualTo(darkSide.matches("right|top"));
    assertThat(image.sample(bottom, 4, 0) < 128).isEqualTo(darkSide.matches("left|bottom"));
  }

  private static RgbImage decodePng(BufferedImage image) {
    return ImageDecoder.decode("a.png", TestImages.encode(image, "png"));
  }

  private static void assertUniform(RgbImage image, int red, int green, int blue, int tolerance) {
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        assertThat(image.sample(y, x, 0)).isCloseTo(red, within(tolerance));
        assertThat(image.sample(y, x, 1)).isCloseTo(green, within(tolerance));
        assertThat(image.sample(y, x, 2)).isCloseTo(blue, within(tolerance));
      }
    }
  }
}
