package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tsugiki.base.BadInputException;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;

/** Which real images a step of co-training sees. */
class RealBatchesTest {
  private static final ImageSet IMAGES = TinyGan.images();
  private static final int BATCH = 8;

  private static GanOptions options(float share) {
    return TinyGan.options(
            SupervisionOptions.defaults()
                .withUnlabelled(Unlabelled.CO_TRAINING)
                .withLabelledShare(share))
        .withBatch(BATCH);
  }

  /** The first two images alone have a label. */
  private static TrainingLabels two() {
    int[] labels = new int[IMAGES.count()];
    Arrays.fill(labels, 2, labels.length, TrainingLabels.UNKNOWN);
    return TrainingLabels.hard(labels, IMAGES.classNames());
  }

  private static byte[] pixels() {
    return new byte[BATCH * IMAGES.imageLength()];
  }

  @Test
  void withoutAShareAllImagesAreDrawnAlike() {
    Batches alike = new Batches(IMAGES, BATCH, options(0).seed());
    RealBatches batches = new RealBatches(options(0), IMAGES, two());
    byte[] drawn = pixels();
    byte[] expected = pixels();
    for (long number = 0; number < 4; number++) {
      RealBatches.Chosen chosen = batches.fill(number, drawn);
      assertThat(chosen.chosen()).isEqualTo(alike.indices(number));
      assertThat(chosen.epochs()[BATCH - 1]).isEqualTo(alike.epoch(number, BATCH - 1));
      boolean[] flips = options(0).mirror() ? alike.flips(number) : new boolean[BATCH];
      alike.fill(alike.indices(number), flips, expected);
      assertThat(drawn).isEqualTo(expected);
    }
  }

  @Test
  void aShareOfEveryBatchHasLabels() {
    RealBatches batches = new RealBatches(options(0.25f), IMAGES, two());
    Set<Integer> others = new HashSet<>();
    for (long number = 0; number < 4 * IMAGES.count(); number++) {
      int[] chosen = batches.fill(number, pixels()).chosen();
      // Spread over the batch.
      assertThat(chosen[3]).isLessThan(2);
      assertThat(chosen[7]).isLessThan(2);
      IntStream.range(0, BATCH).filter(i -> i % 4 != 3).forEach(i -> others.add(chosen[i]));
    }
    assertThat(others).hasSize(IMAGES.count());
  }

  @Test
  void aShareIsForAClassHeadAndLeavesRoomForOthers() {
    assertThat(SupervisionOptions.defaults().withLabelledShare(0.5f).labelledImages(BATCH))
        .isZero();
    assertThatThrownBy(() -> options(1f)).isInstanceOf(BadInputException.class);
    assertThatThrownBy(() -> options(0.01f).supervision().labelledImages(BATCH))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("labelledShare 0.01 of batch 8 is no image");
  }
}
