package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.data.Batches;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;

/**
 * Finds what the class vector and the latent vectors start at. Classes are compared with the
 * training images by the perceptual network: by the means of its maps over pixels and images, of
 * images that each class draws of the same latent vectors, cut as samples are.
 */
final class GraftStart {
  private static final Logger LOG = LoggerFactory.getLogger(GraftStart.class);

  /** Images that a class draws, where the classes are few. */
  private static final int MOST_PER_CLASS = 16;

  private static final int LEAST_PER_CLASS = 4;

  /** Images that all classes draw together, where they are many. */
  private static final int DRAWN_IN_ALL = 1_000;

  private final GraftOptions options;
  private final Rootstock rootstock;
  private final Weight classVector;
  private final Placeholder<TFloat32> z;
  private final Targets targets;
  private final Batches batches;
  private Operand<TFloat32> drawn;
  private Operand<TFloat32> photographed;

  /**
   * Adds to a graph what it needs.
   *
   * @param classVector the variable of the class vector
   * @param z what {@code images} are drawn of
   * @param images drawn images in [−1, 1]
   */
  GraftStart(
      Ops tf,
      GraftOptions options,
      Rootstock rootstock,
      Weight classVector,
      Placeholder<TFloat32> z,
      Operand<TFloat32> images,
      Targets targets,
      Batches batches) {
    this.options = options;
    this.rootstock = rootstock;
    this.classVector = classVector;
    this.z = z;
    this.targets = targets;
    this.batches = batches;
    if (options.learning().start().classStart() != ClassStart.MEAN) {
      Ops scope = tf.withSubScope("Start");
      drawn = features(scope.withSubScope("Drawn"), images);
      photographed = features(scope.withSubScope("Photographed"), targets.batch());
    }
  }

  /** The means of the maps over pixels, one row per image. */
  private Operand<TFloat32> features(Ops tf, Operand<TFloat32> images) {
    List<Operand<TFloat32>> means = new ArrayList<>();
    for (Operand<TFloat32> map : targets.mapsOf(tf, images)) {
      means.add(tf.math.mean(map, tf.constant(new int[] {1, 2})));
    }
    return tf.concat(means, tf.constant(1));
  }

  /** Fills the class vector and the latent vectors, after everything else. */
  void fill(Session session, GraftGraph training) {
    StartOptions start = options.learning().start();
    if (!start.classFrom().isEmpty()) {
      WeightValues.set(
          session, classVector, rootstock.mixedClass(named(start.labels(rootstock.classes()))));
    } else if (start.classStart() != ClassStart.MEAN) {
      WeightValues.set(
          session, classVector, rootstock.mixedClass(shares(session, start.classStart())));
    }
    Weight latents = training.latents();
    switch (start.latentStart()) {
      case NORMAL -> {
        // As they were filled.
      }
      case ZERO -> WeightValues.set(session, latents, new float[Math.toIntExact(latents.count())]);
      case PROJECTION -> {
        float[] values = WeightValues.get(session, latents);
        float deviation = (float) LatentTerm.deviation(options.watch().truncation());
        for (int i = 0; i < values.length; i++) {
          values[i] *= deviation;
        }
        WeightValues.set(session, latents, values);
        project(session, training, training.projection().orElseThrow());
      }
    }
  }

  private void project(Session session, GraftGraph training, LatentProjection projection) {
    WeightValues.initialise(session, projection.slots());
    for (long number = 0; number < projection.steps(); number++) {
      projection.train(session, training, number, batches.indices(number));
    }
  }

  private double[] named(int[] labels) {
    double[] shares = new double[rootstock.count()];
    for (int label : labels) {
      shares[label] += 1.0 / labels.length;
    }
    log(shares);
    return shares;
  }

  private double[] shares(Session session, ClassStart kind) {
    int classes = rootstock.count();
    int count = Math.max(LEAST_PER_CLASS, Math.min(MOST_PER_CLASS, DRAWN_IN_ALL / classes));
    long[] seeds = new long[count];
    Arrays.setAll(seeds, i -> i);
    int width = rootstock.architecture().latent();
    float[] rows = LatentDraws.normal(width, options.watch().truncation(), seeds);
    double[][] means = new double[classes][];
    for (int k = 0; k < classes; k++) {
      double[] one = new double[classes];
      one[k] = 1;
      WeightValues.set(session, classVector, rootstock.mixedClass(one));
      means[k] = ofDrawn(session, rows, count);
    }
    ClassMixture mixture = new ClassMixture(means, ofPhotographs(session));
    double[] shares = new double[classes];
    shares[mixture.nearest()] = 1;
    if (kind == ClassStart.COMBINATION) {
      shares = mixture.shares();
    }
    log(shares);
    return shares;
  }

  private void log(double[] shares) {
    for (int k = 0; k < shares.length; k++) {
      if (shares[k] > 0.01) {
        LOG.info(
            "the class vector starts with {} of class {}",
            "%.2f".formatted(shares[k]),
            rootstock.classes().nameOf(k));
      }
    }
  }

  private double[] ofDrawn(Session session, float[] rows, int count) {
    try (TFloat32 feed = Tensors.floats(Shape.of(count, rows.length / count), rows);
        Result result = session.runner().feed(z, feed).fetch(drawn).run()) {
      return mean(Tensors.toFloats((TFloat32) result.get(0)), count);
    }
  }

  private double[] ofPhotographs(Session session) {
    int batch = batches.batchSize();
    double[] sum = null;
    for (int from = 0; from < targets.count(); from += batch) {
      int[] chosen = new int[batch];
      int first = from;
      Arrays.setAll(chosen, i -> Math.min(first + i, targets.count() - 1));
      int taken = Math.min(batch, targets.count() - from);
      try (TUint8 images = targets.batch(chosen);
          Result result =
              session.runner().feed(targets.pixels(), images).fetch(photographed).run()) {
        double[] part = mean(Tensors.toFloats((TFloat32) result.get(0)), batch, taken);
        sum = sum == null ? new double[part.length] : sum;
        for (int f = 0; f < part.length; f++) {
          sum[f] += part[f] * taken / targets.count();
        }
      }
    }
    return sum;
  }

  private static double[] mean(float[] rows, int count) {
    return mean(rows, count, count);
  }

  /** The mean of the first rows. */
  private static double[] mean(float[] rows, int count, int taken) {
    int width = rows.length / count;
    double[] mean = new double[width];
    for (int i = 0; i < taken * width; i++) {
      mean[i % width] += rows[i] / (double) taken;
    }
    return mean;
  }
}
