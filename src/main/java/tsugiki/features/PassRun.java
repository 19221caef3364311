package tsugiki.features;

import java.util.List;
import tsugiki.data.ImageSupply;
import tsugiki.data.PixelBuffers;
import tsugiki.data.RgbImage;

/** One way of images through the decoders and a network. */
final class PassRun {
  private record Done(SizedBatches.Batch batch, List<float[]> rows) {}

  private final FeatureExtractor extractor;
  private final FeaturePipeline.Settings settings;
  private final PixelBuffers buffers;
  private final ImageSupply images;
  private final List<Integer> outputs;
  private final List<OrderedRows> rows;

  /**
   * Prepares it.
   *
   * @param extractor the network
   * @param buffers for decoded images
   * @param outputs which of the extractor's networks
   * @param rows takes the features of each of them
   */
  PassRun(
      FeatureExtractor extractor,
      FeaturePipeline.Settings settings,
      PixelBuffers buffers,
      ImageSupply images,
      List<Integer> outputs,
      List<OrderedRows> rows) {
    this.extractor = extractor;
    this.settings = settings;
    this.buffers = buffers;
    this.images = images;
    this.outputs = outputs;
    this.rows = rows;
  }

  void run() {
    SizedBatches batches = new SizedBatches(settings.batch());
    try (OrderedWork<RgbImage> decoding = new OrderedWork<>("decode", settings.decoders());
        OrderedWork<Done> running = new OrderedWork<>("features", settings.runs())) {
      int given = 0;
      for (int i = 0; i < images.count(); i++) {
        for (; given < Math.min(images.count(), i + settings.lookAhead()); given++) {
          int index = given;
          decoding.give(() -> images.read(index, buffers));
        }
        batches.add(i, decoding.take()).forEach(batch -> start(batch, running));
      }
      while (!batches.isEmpty()) {
        start(batches.eldest(), running);
      }
      while (running.size() > 0) {
        finish(running);
      }
    }
    rows.forEach(OrderedRows::end);
  }

  /** Sends a batch off, after waiting for one where enough are on their way. */
  private void start(SizedBatches.Batch batch, OrderedWork<Done> running) {
    if (running.size() > settings.runs()) {
      finish(running);
    }
    running.give(() -> new Done(batch, extractor.rows(batch.images(), outputs)));
  }

  private void finish(OrderedWork<Done> running) {
    Done done = running.take();
    done.batch().images().forEach(image -> buffers.giveBack(image.rgb()));
    List<Integer> indices = done.batch().indices();
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).put(indices, done.rows().get(i));
    }
    settings.progress().accept(indices.size());
  }
}
