package tsugiki.recognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Pixels;
import tsugiki.graph.Tensors;
import tsugiki.model.FeatureNetwork;
import tsugiki.model.TeacherHeads;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.runtime.WeightValues;

/**
 * Measures a student against its teacher: before the training the mean and deviation of the
 * teacher's channels, later how much of the teacher's maps it explains on images that it does not
 * learn from.
 */
final class TeacherEvaluation {
  private static final int CHUNK = 64;
  private static final double SMALLEST = 1e-4;

  private final int side;
  private final Placeholder<TUint8> images;
  private final TeacherHeads heads;
  private final TeacherLoss loss;
  private final List<Operand<TFloat32>> moments;

  /**
   * Builds its part of the graph.
   *
   * @param side of the images in pixels
   * @param net the student with its stored statistics
   */
  TeacherEvaluation(Ops tf, int side, FeatureNetwork net, List<Target> targets) {
    this.side = side;
    images =
        tf.withName("images")
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
    heads = net.heads();
    FeatureNetwork.Output features =
        net.apply(tf.withSubScope("Features"), Pixels.toFloats(tf, images));
    List<Operand<TFloat32>> predicted = net.maps(tf.withSubScope("Maps"), features);
    loss = new TeacherLoss(tf.withSubScope("Loss"), targets, -1, heads, predicted);
    moments = loss.moments(tf.withSubScope("Moments"));
  }

  /** Sets the mean and the deviation of the teacher's channels from the first views. */
  void standardise(Session session, Distillation distillation) {
    List<double[]> sums = new ArrayList<>();
    int chunks = Distillation.FIRST / CHUNK;
    for (int chunk = 0; chunk < chunks; chunk++) {
      List<float[]> some =
          run(session, distillation.first(chunk * CHUNK, (chunk + 1) * CHUNK), moments);
      for (int i = 0; i < some.size(); i++) {
        if (chunk == 0) {
          sums.add(new double[some.get(i).length]);
        }
        for (int c = 0; c < some.get(i).length; c++) {
          sums.get(i)[c] += some.get(i)[c] / chunks;
        }
      }
    }
    for (int stage = 0; stage < sums.size() / 2; stage++) {
      double[] means = sums.get(2 * stage);
      float[] mean = new float[means.length];
      double variance = 0;
      for (int c = 0; c < mean.length; c++) {
        mean[c] = (float) means[c];
        double square = sums.get(2 * stage + 1)[c];
        variance += Math.max(0, square - means[c] * means[c]) / mean.length;
      }
      // One scale for all channels: most of them are silent nearly always, and the few places where
      // they are not would decide everything if each had a deviation of 1.
      float[] deviation = new float[mean.length];
      Arrays.fill(deviation, (float) Math.max(SMALLEST, Math.sqrt(variance)));
      WeightValues.set(session, heads.head(stage).get("teacher_mean"), mean);
      WeightValues.set(session, heads.head(stage).get("teacher_deviation"), deviation);
    }
  }

  /**
   * The share of the variance of the teacher's maps and features that the student predicts, on
   * views that are held out: 1 for all of it, 0 for nothing more than the mean.
   */
  Map<String, Double> explained(Session session, Distillation distillation) {
    List<Operand<TFloat32>> shares = new ArrayList<>(loss.ofStages());
    shares.add(loss.ofFeatures());
    double[] sums = new double[shares.size()];
    int chunks = distillation.heldOut() / CHUNK;
    for (int chunk = 0; chunk < chunks; chunk++) {
      Distillation.Batch batch = distillation.heldOut(chunk * CHUNK, (chunk + 1) * CHUNK);
      List<float[]> some = run(session, batch, shares);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += some.get(i)[0] / chunks;
      }
    }
    Map<String, Double> explained = new LinkedHashMap<>();
    for (int stage = 0; stage < sums.length - 1; stage++) {
      explained.put("explained_map_" + stage, 1 - sums[stage]);
    }
    explained.put("explained_features", 1 - sums[sums.length - 1]);
    return explained;
  }

  private List<float[]> run(
      Session session, Distillation.Batch batch, List<Operand<TFloat32>> fetches) {
    Map<Placeholder<?>, Tensor> feeds = new HashMap<>(loss.feeds(batch.maps()));
    feeds.put(images, Tensors.bytes(Shape.of(batch.maps().length, side, side, 3), batch.pixels()));
    Session.Runner runner = session.runner();
    fetches.forEach(runner::fetch);
    feeds.forEach(runner::feed);
    try (Result result = runner.run()) {
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < fetches.size(); i++) {
        values.add(Tensors.toFloats((TFloat32) result.get(i)));
      }
      return values;
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }
}
