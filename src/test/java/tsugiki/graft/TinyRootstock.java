package tsugiki.graft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.augment.DiffAugment;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Embedding;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanGenerator;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedGenerator;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;

/** A BigGAN of 32 pixels with random weights, images and options to graft it with. */
final class TinyRootstock {
  static final BigGanArchitecture ARCHITECTURE = BigGanArchitecture.standard(32, 4, 3);

  /** The factor on the graft's own loss in {@link #finished}. */
  static final float ANCHOR = 0.5f;

  private TinyRootstock() {}

  static Rootstock make() {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights weights = Weights.create(3);
      build(GraphScope.ops(graph), weights.in(ExportedGenerator.SCOPE), new float[3], 1);
      WeightValues.initialise(session, weights);
      SplittableRandom random = new SplittableRandom(9);
      for (Weight weight : weights.all()) {
        if (weight.name().endsWith("/mean") || weight.name().endsWith("/variance")) {
          float[] values = new float[(int) weight.count()];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(0.2, 0.6);
          }
          WeightValues.set(session, weight, values);
        }
      }
      return new Rootstock(ARCHITECTURE, WeightValues.get(session, weights.all()));
    }
  }

  /** What the rootstock itself draws with a mixture of its class vectors. */
  static float[] draw(Rootstock rootstock, float[] latents, float[] shares) {
    try (Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Ops tf = GraphScope.ops(graph);
      Weights weights = Weights.frozen();
      int count = latents.length / ARCHITECTURE.latent();
      Operand<TFloat32> images =
          build(tf, weights.in(ExportedGenerator.SCOPE), shares, count, latents);
      for (Weight weight : weights.all()) {
        WeightValues.set(session, weight, rootstock.weights().get(weight.name()));
      }
      weights.derive(session);
      try (Result result = session.runner().fetch(images).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }
  }

  private static Operand<TFloat32> build(
      Ops tf, Weights generator, float[] shares, int count, float... latents) {
    Operand<TInt64> all = tf.constant(new long[] {0, 1, 2});
    Operand<TFloat32> vectors =
        Embedding.apply(
            tf,
            generator.in("classes"),
            Kernels.PLAIN,
            all,
            3,
            ARCHITECTURE.embedding(),
            Initializer.normal(1));
    Operand<TFloat32> mixed =
        tf.linalg.matMul(tf.reshape(tf.constant(shares), tf.constant(Shape.of(1, 3))), vectors);
    float[] z = latents.length == 0 ? new float[count * ARCHITECTURE.latent()] : latents;
    return new BigGanGenerator(
            ARCHITECTURE, generator, Kernels.PLAIN, BatchNorm.Settings.stored(1e-5f))
        .apply(
            tf,
            tf.reshape(tf.constant(z), tf.constant(Shape.of(count, ARCHITECTURE.latent()))),
            tf.tile(mixed, tf.constant(new int[] {count, 1})));
  }

  /** Images of 32 pixels with smooth random colours. */
  static ImageSet images(int count) {
    SplittableRandom random = new SplittableRandom(4);
    List<RgbImage> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      double a = random.nextDouble(0.1, 0.4);
      double b = random.nextDouble(0.1, 0.4);
      byte[] rgb = new byte[32 * 32 * 3];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) (127 + 100 * Math.sin(a * (i / 96) + b * (i / 3 % 32) + i % 3 + n));
      }
      images.add(new RgbImage("image-" + n, 32, 32, rgb));
    }
    return ImageSet.of(images, "waves");
  }

  static GraftOptions options(GraftMethod method, int groupSize) {
    return options(method, groupSize, 20, watch(new Intervals(10, 250, 250)));
  }

  /** The tiny network as the only judge. */
  static GraftWatchOptions watch(Intervals intervals) {
    return GraftWatchOptions.defaults()
        .withScoreNetworks(List.of("tiny"))
        .withScoreImages(50)
        .withIntervals(intervals);
  }

  /**
   * Options with four steps of a finish, judged at each, and three of the latent vectors alone.
   *
   * @param from the graft's own steps
   */
  static GraftOptions finished(FinishKind kind, long from) {
    return options(GraftMethod.POINT_WISE, 4, from, watch(new Intervals(1, 2, 2)))
        .withFinish(
            FinishOptions.defaults()
                .withFinish(kind)
                .withFinishSteps(4)
                .withFinishLatentSteps(3)
                .withFinishSide(32)
                .withFinishWidth(6)
                .withFinishAugment(EnumSet.allOf(DiffAugment.Part.class))
                .withFinishNativeWidth(kind == FinishKind.ALL ? 4 : 0)
                .withFinishSpectrum(kind == FinishKind.ALL ? 0.5f : 0)
                .withFinishAnchor(ANCHOR)
                .withFinishJudgeEvery(1));
  }

  /** A layer rate above the default: random weights draw faint images that learn slowly. */
  static GraftOptions options(
      GraftMethod method, int groupSize, long steps, GraftWatchOptions watch) {
    LearningOptions learning = LearningOptions.defaults();
    return GraftOptions.of(Path.of("images"), Path.of("generator"), Execution.here(Device.CPU))
        .withMethod(method)
        .withGroupSize(groupSize)
        .withLearning(learning.withSteps(steps).withBatch(3).withLayerRate(2e-3f))
        .withLoss(LossOptions.defaults().withPerceptual("tiny").withPerceptualWeight(1))
        .withWatch(watch);
  }
}
