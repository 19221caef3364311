package tsugiki.report;

/** Images whose every pixel is known. */
final class TestImages {
  private TestImages() {}

  /** [n, height, width, 3]: red grows to the right, green downwards, blue from image to image. */
  static byte[] gradients(int n, int height, int width) {
    byte[] nhwc = new byte[n * height * width * 3];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int rgb = gradient(i, y, x, n, height, width);
          nhwc[at++] = (byte) (rgb >> 16);
          nhwc[at++] = (byte) (rgb >> 8);
          nhwc[at++] = (byte) rgb;
        }
      }
    }
    return nhwc;
  }

  /** The colour 0xRRGGBB of one pixel of {@link #gradients}. */
  static int gradient(int i, int y, int x, int n, int height, int width) {
    return ramp(x, width) << 16 | ramp(y, height) << 8 | ramp(i, n);
  }

  private static int ramp(int at, int size) {
    return size == 1 ? 0 : 255 * at / (size - 1);
  }
}
