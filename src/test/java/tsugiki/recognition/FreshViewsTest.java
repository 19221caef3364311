package tsugiki.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.ImageSet;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Sessions;
import tsugiki.score.ColourNetwork;

class FreshViewsTest {
  private static final int SIDE = 16;
  private static final int LENGTH = SIDE * SIDE * 3;
  private static final long SEED = 3;

  /** So many draws miss none of the views. */
  private static final int DRAWS = 10_000;

  @TempDir private Path folder;

  @Test
  void everyStepAddsFreshViewsUntilThereAreAllThatAreWanted() {
    ImageSet images = PaintedShapes.images(4, SIDE);
    TeacherViews views = new TeacherViews(images, Optional.empty(), SEED);
    TeacherOptions options =
        TeacherOptions.defaults().withTeacherSide(SIDE).withViews(519).withFreshViews(2);
    try (Distillation distillation =
        new Distillation(
            options,
            new ColourNetwork(),
            images,
            Optional.empty(),
            1,
            SEED,
            folder,
            Sessions.Settings.cpu())) {
      int[] expected = {512, 514, 516, 518, 519, 519};
      for (int step = 0; step < expected.length; step++) {
        Set<ByteBuffer> there = shown(TeacherViews.pixels(views.trained(0, expected[step])));
        Set<ByteBuffer> drawn = shown(distillation.batch(step, DRAWS).pixels());
        assertThat(drawn.equals(there)).as("those of step %d", step).isTrue();
      }
    }
  }

  private static Set<ByteBuffer> shown(byte[] pixels) {
    Set<ByteBuffer> images = new HashSet<>();
    for (int from = 0; from < pixels.length; from += LENGTH) {
      images.add(ByteBuffer.wrap(Arrays.copyOfRange(pixels, from, from + LENGTH)));
    }
    return images;
  }
}
