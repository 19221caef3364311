package tsugiki.cli;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import tsugiki.data.ImageSupply;
import tsugiki.data.Resampler;
import tsugiki.report.ImageGrid;
import tsugiki.score.Memorisation;

/** The picture of the generated images that are closest to a training image. */
final class PairsPicture {
  private static final int SIDE = 128;
  private static final int COLUMNS = 4;
  private static final int GAP = 4;

  private PairsPicture() {}

  /**
   * Writes it: in each pair the generated image at the left, the closest pair first, each cut to a
   * square of 128 pixels.
   */
  static void write(
      Path file, ImageSupply generated, ImageSupply training, List<Memorisation.Pair> pairs) {
    ByteArrayOutputStream left = new ByteArrayOutputStream();
    ByteArrayOutputStream right = new ByteArrayOutputStream();
    for (Memorisation.Pair pair : pairs) {
      left.writeBytes(square(generated, pair.generated()));
      right.writeBytes(square(training, pair.training()));
    }
    int columns = Math.min(COLUMNS, pairs.size());
    ImageGrid.write(
        ImageGrid.pairs(
            left.toByteArray(), right.toByteArray(), pairs.size(), SIDE, SIDE, columns, GAP, 1),
        file);
  }

  private static byte[] square(ImageSupply source, int index) {
    return Resampler.square(source.read(index, byte[]::new), SIDE).rgb();
  }
}
