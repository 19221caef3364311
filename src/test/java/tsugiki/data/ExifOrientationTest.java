package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExifOrientationTest {
  // The stored pixels are A B C over D E F; what is seen is from the table of EXIF 2.3, page 30.
  @ParameterizedTest
  @CsvSource({
    "0, ABC/DEF",
    "1, ABC/DEF",
    "2, CBA/FED",
    "3, FED/CBA",
    "4, DEF/ABC",
    "5, AD/BE/CF",
    "6, DA/EB/FC",
    "7, FC/EB/DA",
    "8, CF/BE/AD",
    "9, ABC/DEF"
  })
  void stored_pixels_are_seen_as_exif_says(int tag, String seen) {
    byte[] rgb = new byte[18];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) ("ABCDEF".charAt(i / 3) + 32 * (i % 3));
    }

    RgbImage upright = ExifOrientation.ofTag(tag).upright(new RgbImage("a", 2, 3, rgb));

    String[] rows = seen.split("/");
    assertThat(upright.height()).isEqualTo(rows.length);
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[y].length(); x++) {
        assertThat(upright.sample(y, x, 0)).isEqualTo(rows[y].charAt(x));
        assertThat(upright.sample(y, x, 2)).isEqualTo(rows[y].charAt(x) + 64);
      }
    }
  }

  @Test
  void aTiffSaysItInItsDirectory() {
    ByteBuffer tiff = ByteBuffer.allocate(26).put(new byte[] {'M', 'M', 0, 42}).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) 6).putShort((short) 0).putInt(0);
    assertThat(ExifOrientation.of(tiff.array())).isEqualTo(ExifOrientation.ofTag(6));
  }
}
