package tsugiki.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {
  private static final Sessions.Settings GPU = new Sessions.Settings(2, 2, true);

  private final List<int[]> batches = new CopyOnWriteArrayList<>();

  @Test
  void onTheCpuEveryImageIsABatch() {
    assertThat(draw(Sessions.Settings.cpu(), 3)).containsExactly(0, 0, 1, -1, 2, -2);
    assertThat(batches).containsExactlyInAnyOrder(new int[] {0}, new int[] {1}, new int[] {2});
  }

  @Test
  void onAGpuTheLastBatchIsPadded() {
    byte[] drawn = draw(GPU, 17);
    assertThat(drawn).hasSize(17 * 2).endsWith(15, -15, 16, -16);
    assertThat(batches).hasSize(2).allSatisfy(batch -> assertThat(batch).hasSize(16));
    assertThat(batches.get(0)).startsWith(0, 1, 2);
    assertThat(batches.get(1)).containsOnly(16);
  }

  @Test
  void noImagesAreNoBatch() {
    assertThat(draw(GPU, 0)).isEmpty();
    assertThat(batches).isEmpty();
  }

  @Test
  void rowsFollowTheImages() {
    float[] vectors = {0, 1, 10, 11, 20, 21};
    assertThat(ImageBatches.rows(vectors, 2, new int[] {2, 0, 2}))
        .containsExactly(20, 21, 0, 1, 20, 21);
  }

  /** Two bytes per image: its number, and that negated. */
  private byte[] draw(Sessions.Settings settings, int count) {
    return ImageBatches.of(settings)
        .draw(
            count,
            2,
            images -> {
              batches.add(images);
              byte[] drawn = new byte[images.length * 2];
              for (int i = 0; i < images.length; i++) {
                drawn[2 * i] = (byte) images[i];
                drawn[2 * i + 1] = (byte) -images[i];
              }
              return drawn;
            });
  }
}
