package tsugiki.gan;

import java.util.List;
import java.util.stream.IntStream;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.graph.Randomness;

/**
 * The real images of every batch: all alike, or a share of each batch from the labelled ones, so
 * that a class head on the discriminator has something to learn in every step.
 */
final class RealBatches {
  /**
   * Some of a batch's images.
   *
   * @param batches where they come from
   * @param indices of the images of {@code batches} among all
   * @param places in the batch, as many as {@code batches} has images in a batch
   */
  private record Source(Batches batches, int[] indices, int[] places) {}

  private final List<Source> sources;
  private final Batches all;
  private final boolean mirror;
  private final int size;

  /**
   * Sets them up.
   *
   * @param images the training images
   * @param labels theirs
   */
  RealBatches(GanOptions options, ImageSet images, TrainingLabels labels) {
    mirror = options.mirror();
    size = options.batch();
    all = new Batches(images, size, options.seed());
    int some = options.supervision().labelledImages(size);
    int[] everyImage = IntStream.range(0, images.count()).toArray();
    if (some == 0 || labels.allKnown()) {
      sources = List.of(new Source(all, everyImage, IntStream.range(0, size).toArray()));
      return;
    }
    int[] labelled = IntStream.range(0, images.count()).filter(labels::known).toArray();
    // Spread over the batch: its last images, which are rotated too, have their share of them.
    // Replicas may have unequal numbers: the cross entropy counts over all of them.
    int[] places = IntStream.range(0, size).filter(i -> isLabelled(i, some)).toArray();
    int[] others = IntStream.range(0, size).filter(i -> !isLabelled(i, some)).toArray();
    long seed = Randomness.mix(options.seed(), "labelled images");
    sources =
        List.of(
            new Source(new Batches(images.select(labelled), some, seed), labelled, places),
            new Source(new Batches(images, others.length, options.seed()), everyImage, others));
  }

  private boolean isLabelled(int place, int some) {
    return (long) (place + 1) * some / size > (long) place * some / size;
  }

  /**
   * A batch.
   *
   * @param chosen which images [batch], indices into the training images
   * @param epochs the epoch of each among those that it was drawn from
   */
  record Chosen(int[] chosen, long[] epochs) {}

  /**
   * Draws a batch.
   *
   * @param number 0 or more
   * @param pixels uint8 NHWC, written whole
   */
  Chosen fill(long number, byte[] pixels) {
    Chosen batch = new Chosen(new int[size], new long[size]);
    boolean[] flips = new boolean[size];
    for (Source source : sources) {
      int[] drawn = source.batches().indices(number);
      boolean[] mirrored = source.batches().flips(number);
      for (int i = 0; i < drawn.length; i++) {
        int place = source.places()[i];
        batch.chosen()[place] = source.indices()[drawn[i]];
        batch.epochs()[place] = source.batches().epoch(number, i);
        flips[place] = mirror && mirrored[i];
      }
    }
    all.fill(batch.chosen(), flips, pixels);
    return batch;
  }
}
