package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tsugiki.base.NumpyFile;
import tsugiki.graph.AdaptiveLoops.Colours;
import tsugiki.graph.AdaptiveLoops.Geometry;

/**
 * The loops that hold {@code AdaptiveAugment} against what the authors' own program gives
 * (stylegan2-ada-pytorch at 375a436, {@code debug_percentile} 0.8 and 0.35, PyTorch 2.13): {@code
 * ada_images.npy} has an image of 16 pixels, then what becomes of it.
 */
class AdaptiveLoopsTest {
  private static final Path FILE = Path.of("src/test/resources/tsugiki/augment/ada_images.npy");
  private static final int SIDE = 16;
  private static final int LENGTH = SIDE * SIDE * 3;

  /** The percentile 0.8 of N(0, 1) / √2, which the program takes for that of N(0, 1). */
  private static final double AT_80 = 0.5951160814499948;

  private static final double AT_35 = -0.2724627147267544;

  private static final Geometry GEOMETRY_80 =
      new Geometry(
          1,
          3,
          1,
          1,
          Math.pow(2, AT_80 * 0.2),
          0.6 * Math.PI,
          Math.pow(2, AT_80 * 0.2),
          0,
          AT_80 * 0.125 * SIDE,
          AT_80 * 0.125 * SIDE);
  private static final Geometry GEOMETRY_35 =
      new Geometry(
          0,
          1,
          -1,
          -1,
          Math.pow(2, AT_35 * 0.2),
          -0.3 * Math.PI,
          Math.pow(2, AT_35 * 0.2),
          0,
          AT_35 * 0.125 * SIDE,
          AT_35 * 0.125 * SIDE);
  private static final Colours COLOURS_80 =
      new Colours(AT_80 * 0.2, Math.pow(2, AT_80 * 0.5), 1, 0.6 * Math.PI, Math.pow(2, AT_80));
  private static final Colours COLOURS_35 =
      new Colours(AT_35 * 0.2, Math.pow(2, AT_35 * 0.5), 0, -0.3 * Math.PI, Math.pow(2, AT_35));

  @Test
  void geometryIsTheAuthors() {
    assertClose(warped(GEOMETRY_80), golden(1));
    assertClose(warped(GEOMETRY_35), golden(2));
  }

  @Test
  void coloursAreTheAuthors() {
    assertClose(coloured(image(), COLOURS_80), golden(3));
    assertClose(coloured(image(), COLOURS_35), golden(4));
  }

  @Test
  void bothTogetherAreTheAuthors() {
    assertClose(coloured(warped(GEOMETRY_80), COLOURS_80), golden(5));
  }

  private static Values warped(Geometry geometry) {
    Values to = Values.zeros(1, SIDE, SIDE, 3);
    AdaptiveLoops.warp(image(), 0, geometry.inverse(), to);
    return to;
  }

  private static Values coloured(Values x, Colours colours) {
    AdaptiveLoops.colour(x, 0, colours);
    return x;
  }

  private static Values image() {
    return golden(0);
  }

  private static Values golden(int index) {
    float[] all = NumpyFile.read(FILE).floats();
    return Values.of(
        new int[] {1, SIDE, SIDE, 3},
        Arrays.copyOfRange(all, index * LENGTH, (index + 1) * LENGTH));
  }

  /** Both round positions to float32, where neighbouring pixels differ by up to 2. */
  private static void assertClose(Values made, Values golden) {
    for (int i = 0; i < LENGTH; i++) {
      assertThat(made.data()[i]).as("at %d", i).isCloseTo(golden.data()[i], Offset.offset(5e-4));
    }
  }
}
