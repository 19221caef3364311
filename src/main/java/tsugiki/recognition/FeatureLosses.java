package tsugiki.recognition;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Rotation;
import tsugiki.graph.Rows;
import tsugiki.loss.CrossEntropy;
import tsugiki.model.FeatureNetwork;
import tsugiki.recognition.TeacherNetwork.Target;
import tsugiki.train.LossSum;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The losses of a feature network in training, and the shares of right answers. With rotations the
 * classes and the turns are learned from every image at all four angles: L = −¼ Σ_r {E log p(r |
 * F(x^r)) + γ E log p(y | F(x^r))} of S²GAN's feature network (Lučić et al. 2019). A student learns
 * the maps of its teacher: their unexplained shares and that of its features, and with small
 * weights the classes, and the turns of a few images.
 */
final class FeatureLosses {
  /** The weight of a student's losses beside those of its teacher. */
  private static final float FURTHER = 0.1f;

  private final FeatureTrainingOptions options;
  private final Operand<TInt64> labels;
  private final List<Target> targets;
  private final Map<String, Operand<TFloat32>> accuracies = new LinkedHashMap<>();
  private final LossSum loss;
  private TeacherLoss ofTeacher;

  /**
   * Builds them.
   *
   * @param net the network in training
   * @param features what it makes of the images of a step, upright and rotated
   * @param labels of the upright images
   * @param targets what a student predicts of its teacher at each stage; none without a teacher
   */
  FeatureLosses(
      Ops tf,
      FeatureTrainingOptions options,
      FeatureNetwork net,
      FeatureNetwork.Output features,
      Operand<TInt64> labels,
      List<Target> targets) {
    this.options = options;
    this.labels = labels;
    this.targets = targets;
    Ops losses = tf.withSubScope("Loss");
    loss = new LossSum(losses, "loss");
    if (targets.isEmpty()) {
      learned(tf, losses, net, features.pooled());
    } else {
      taught(tf, losses, net, features);
    }
  }

  private void learned(Ops tf, Ops losses, FeatureNetwork net, Operand<TFloat32> pooled) {
    boolean rotated = options.turned() > 0;
    Operand<TFloat32> ofClasses = net.classLogits(tf.withSubScope("Classes"), pooled);
    Operand<TInt64> wanted =
        rotated ? losses.tile(labels, losses.constant(new int[] {Rotation.TURNS})) : labels;
    loss.add(
        "loss_classes", CrossEntropy.ofKnown(losses, ofClasses, wanted), options.labelWeight());
    accuracies.put("accuracy_classes", CrossEntropy.accuracyOfKnown(losses, ofClasses, wanted));
    if (rotated) {
      Operand<TFloat32> ofTurns = net.turnLogits(tf.withSubScope("Turns"), pooled);
      Operand<TInt64> quarters = Rotation.labels(losses, options.batch());
      loss.add("loss_turns", CrossEntropy.smoothed(losses, ofTurns, quarters, 0));
      accuracies.put("accuracy_turns", CrossEntropy.accuracy(losses, ofTurns, quarters));
    }
  }

  private void taught(Ops tf, Ops losses, FeatureNetwork net, FeatureNetwork.Output features) {
    int batch = options.batch();
    List<Operand<TFloat32>> upright =
        features.maps().stream().map(map -> Rows.of(losses, map, 0, batch)).toList();
    List<Operand<TFloat32>> predicted = net.heads().maps(tf.withSubScope("Maps"), upright);
    ofTeacher = new TeacherLoss(losses, targets, batch, net.heads(), predicted);
    for (int stage = 0; stage < targets.size(); stage++) {
      loss.add("unexplained_map_" + stage, ofTeacher.ofStages().get(stage), 1f / targets.size());
    }
    loss.add("unexplained_features", ofTeacher.ofFeatures());

    Operand<TFloat32> ofClasses =
        net.classLogits(tf.withSubScope("Classes"), Rows.of(losses, features.pooled(), 0, batch));
    loss.add(
        "loss_classes",
        CrossEntropy.ofKnown(losses, ofClasses, labels),
        FURTHER * options.labelWeight());
    accuracies.put("accuracy_classes", CrossEntropy.accuracyOfKnown(losses, ofClasses, labels));
    int turned = turned(options, targets);
    if (turned > 0) {
      Operand<TFloat32> ofTurns =
          net.turnLogits(
              tf.withSubScope("Turns"),
              Rows.of(losses, features.pooled(), batch - turned, turned * Rotation.TURNS));
      Operand<TInt64> quarters = Rotation.labels(losses, turned);
      loss.add("loss_turns", CrossEntropy.smoothed(losses, ofTurns, quarters, 0), FURTHER);
      accuracies.put("accuracy_turns", CrossEntropy.accuracy(losses, ofTurns, quarters));
    }
  }

  /** Images of a batch that are shown at all four angles; of a student's a sixteenth. */
  static int turned(FeatureTrainingOptions options, List<Target> targets) {
    return targets.isEmpty() ? options.turned() : (options.turned() + 15) / 16;
  }

  /** A step that follows from them. */
  StepBuilder step(StepInputs inputs) {
    StepBuilder builder = new StepBuilder(inputs, loss);
    accuracies.forEach(builder::measure);
    return builder;
  }

  /** The loss against the teacher; null without one. */
  TeacherLoss ofTeacher() {
    return ofTeacher;
  }
}
