package tsugiki.features;

import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.NearestNeighbors;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.base.StatelessRandom;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Tensors;
import tsugiki.runtime.Sessions;

/**
 * Clusters of points by mini-batch k-means (Sculley 2010) from a k-means++ start (Arthur and
 * Vassilvitskii 2007). Start and nearest centres are TensorFlow's own operations, which have no GPU
 * kernels and stay on the processor; the update of a batch is c ← c + (Σx − n·c)/N, N counting all
 * points that the centre has had, n those of the batch.
 *
 * @param centres [K, D] in row-major order
 * @param nearest the centre of every point [N], 0 to K − 1
 * @param distance the mean squared distance of a point to its centre
 */
public record Clusters(float[] centres, int[] nearest, double distance) {
  /** Starts, of which the best result is kept. */
  private static final int STARTS = 4;

  private static final int BATCH = 256;
  private static final int FEWEST_STEPS = 100;
  private static final int PASSES = 2;
  private static final int POINTS_A_CENTRE = 200;
  private static final int RETRIES = 4;

  /**
   * Finds them.
   *
   * @param points [N, D] in row-major order
   * @param dimensions D
   * @param count K, at most N
   * @param seed the same seed finds the same clusters
   * @param settings of the session
   */
  public static Clusters find(
      float[] points, int dimensions, int count, long seed, Sessions.Settings settings) {
    try (Finder finder = new Finder(points, dimensions, count, settings)) {
      Clusters best = null;
      for (int start = 0; start < STARTS; start++) {
        Clusters found = finder.find(Randomness.mix(seed, "k-means " + start));
        best = best == null || found.distance() < best.distance() ? found : best;
      }
      return best;
    }
  }

  /**
   * Finds clusters of images by the {@link #directions} of their features.
   *
   * @param answers what a feature network says of the images
   * @param count K, at most the number of images
   */
  public static Clusters of(
      FeatureModel.Answers answers, int count, long seed, Sessions.Settings settings) {
    int dimensions = answers.features().length / answers.images();
    return find(directions(answers.features(), dimensions), dimensions, count, seed, settings);
  }

  /**
   * Points scaled to length 1, so that their directions are compared: how strongly an image excites
   * a network says little about what it shows.
   *
   * @param points [N, D]
   * @return a copy; a point of zeros stays
   */
  static float[] directions(float[] points, int dimensions) {
    float[] scaled = points.clone();
    for (int from = 0; from < scaled.length; from += dimensions) {
      double sum = 0;
      for (int i = from; i < from + dimensions; i++) {
        sum += (double) scaled[i] * scaled[i];
      }
      double length = sum > 0 ? Math.sqrt(sum) : 1;
      for (int i = from; i < from + dimensions; i++) {
        scaled[i] /= (float) length;
      }
    }
    return scaled;
  }

  /** The graph and the session of a search. */
  private static final class Finder implements AutoCloseable {
    private final float[] points;
    private final int dimensions;
    private final int count;
    private final Graph graph = new Graph();
    private final Session session;
    private final Placeholder<TFloat32> batch;
    private final Placeholder<TFloat32> centres;
    private final Placeholder<TFloat32> counts;
    private final Placeholder<TInt64> seed;
    private final Operand<TFloat32> start;
    private final NearestNeighbors closest;
    private final Operand<TFloat32> newCounts;
    private final Operand<TFloat32> moved;

    Finder(float[] points, int dimensions, int count, Sessions.Settings settings) {
      this.points = points;
      this.dimensions = dimensions;
      this.count = count;
      Ops tf = GraphScope.ops(graph);
      batch = floats(tf, Shape.of(-1, dimensions));
      centres = floats(tf, Shape.of(count, dimensions));
      counts = floats(tf, Shape.of(count, 1));
      seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      start =
          tf.cluster
              .kmeansPlusPlusInitialization(
                  batch, tf.constant((long) count), seed, tf.constant((long) RETRIES))
              .samples();
      closest = tf.image.nearestNeighbors(batch, centres, tf.constant(1L));
      Operand<TInt64> segments =
          tf.reshape(closest.nearestCenterIndices(), tf.constant(new int[] {-1}));
      Operand<TFloat32> one = tf.onesLike(closest.nearestCenterDistances());
      Operand<TFloat32> had = tf.math.unsortedSegmentSum(one, segments, tf.constant(count));
      Operand<TFloat32> sums = tf.math.unsortedSegmentSum(batch, segments, tf.constant(count));
      newCounts = tf.math.add(counts, had);
      Operand<TFloat32> gap = tf.math.sub(sums, tf.math.mul(had, centres));
      Operand<TFloat32> divisor = tf.math.maximum(newCounts, tf.constant(1f));
      moved = tf.math.add(centres, tf.math.div(gap, divisor));
      session = Sessions.open(graph, settings);
    }

    private static Placeholder<TFloat32> floats(Ops tf, Shape shape) {
      return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    }

    /** Enough to see all points, and enough of them to settle every centre. */
    private int steps() {
      int all = points.length / dimensions;
      return Math.max(FEWEST_STEPS, Math.max(PASSES * all, POINTS_A_CENTRE * count) / BATCH);
    }

    Clusters find(long key) {
      float[] found = started(key);
      float[] had = new float[count];
      for (int step = 0; step < steps(); step++) {
        float[][] next = moved(drawn(key, step), found, had);
        found = next[0];
        had = next[1];
      }
      try (TFloat32 all = rows(points);
          TFloat32 now = rows(found);
          Result result =
              session
                  .runner()
                  .feed(batch, all)
                  .feed(centres, now)
                  .fetch(closest.nearestCenterIndices())
                  .fetch(closest.nearestCenterDistances())
                  .run()) {
        TInt64 indices = (TInt64) result.get(0);
        int[] nearest = new int[points.length / dimensions];
        Arrays.setAll(nearest, i -> Math.toIntExact(indices.getLong(i, 0)));
        float[] distances = Tensors.toFloats((TFloat32) result.get(1));
        double sum = 0;
        for (float distance : distances) {
          sum += distance;
        }
        return new Clusters(found, nearest, sum / distances.length);
      }
    }

    private float[] started(long key) {
      try (TFloat32 all = rows(points);
          TInt64 chosen = TInt64.scalarOf(key);
          Result result = session.runner().feed(batch, all).feed(seed, chosen).fetch(start).run()) {
        return Tensors.toFloats((TFloat32) result.get(0));
      }
    }

    /** New centres and counts after a batch. */
    private float[][] moved(float[] some, float[] now, float[] had) {
      try (TFloat32 feed = rows(some);
          TFloat32 from = rows(now);
          TFloat32 before = Tensors.floats(Shape.of(count, 1), had);
          Result result =
              session
                  .runner()
                  .feed(batch, feed)
                  .feed(centres, from)
                  .feed(counts, before)
                  .fetch(moved)
                  .fetch(newCounts)
                  .run()) {
        return new float[][] {
          Tensors.toFloats((TFloat32) result.get(0)), Tensors.toFloats((TFloat32) result.get(1))
        };
      }
    }

    private float[] drawn(long key, int step) {
      int all = points.length / dimensions;
      int[] chosen = StatelessRandom.of(key, step, "batch").ints(BATCH, 0, all).toArray();
      float[] some = new float[BATCH * dimensions];
      for (int i = 0; i < BATCH; i++) {
        System.arraycopy(points, chosen[i] * dimensions, some, i * dimensions, dimensions);
      }
      return some;
    }

    private TFloat32 rows(float[] values) {
      return Tensors.floats(Shape.of(values.length / dimensions, dimensions), values);
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }
}
