package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.DiffAugment;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Rows;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weights;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;
import tsugiki.runtime.WeightValues;

/**
 * What the discriminator says of real and of generated images: scores of the upright ones, and
 * where the options ask for it the answers of a rotation head and of a class head.
 *
 * <p>Real and generated images pass separately, each together with their turned ones; no layer of
 * the discriminator mixes images. The discriminator's own step does not need the turned generated
 * images, and so leaves them out.
 */
final class Judgement {
  /** One pass: what was seen in the upright images, and in the turned ones too. */
  private record Pass(List<Operand<TFloat32>> upright, Operand<TFloat32> all) {}

  private final int batch;
  private final Weights weights;
  private final PendingUpdates updates = new PendingUpdates();
  private final SpectralNorm kernels = new SpectralNorm(updates);
  private final Discriminator discriminator;
  private final RealBatch reals;
  private final SupervisionOptions supervision;
  private final Optional<RotationTask> rotation;
  private final Optional<CoTraining> coTraining;
  private final Map<String, Operand<TFloat32>> answers = new LinkedHashMap<>();

  /**
   * Builds it.
   *
   * @param factory makes the discriminator
   * @param augment what images go through first
   * @param reals the training images
   * @param known what is known of their classes
   * @param generator what draws the others
   */
  Judgement(
      Ops tf,
      GanOptions options,
      Discriminators factory,
      DiffAugment augment,
      RealBatch reals,
      TrainingLabels known,
      TrainedGenerator generator) {
    this.reals = reals;
    batch = options.batch();
    supervision = options.supervision();
    weights = Weights.create(options.seed()).in("discriminator");
    discriminator = factory.create(weights, kernels);
    DiscriminatorHeads heads = new DiscriminatorHeads(weights, kernels);
    int classes = known.classNames().size();
    rotation =
        supervision.rotation()
            ? Optional.of(new RotationTask(heads, supervision.turned(batch)))
            : Optional.empty();
    coTraining =
        supervision.coTraining()
            ? Optional.of(new CoTraining(heads, classes, supervision.softLabels()))
            : Optional.empty();
    requireLabels(known);

    Ops ofReal = tf.withSubScope("DiscriminatorOfReal");
    Pass real =
        pass(ofReal, augment.apply(ofReal.withSubScope("Augment"), reals.images(), "real"), true);
    answers.put("real", discriminator.score(ofReal, real.upright(), classes(ofReal, real)));
    rotation.ifPresent(task -> answers.put("real_turns", task.logits(ofReal, real.all())));

    ClassVectors asked = ClassVectors.ofLabels(generator.labels(), classes);
    Ops ofFake = tf.withSubScope("DiscriminatorOfFake");
    Operand<TFloat32> drawn =
        augment.apply(ofFake.withSubScope("Augment"), generator.images(), "fake");
    Pass fake = pass(ofFake, drawn, false);
    answers.put("fake", discriminator.score(ofFake, fake.upright(), asked));
    rotation.ifPresent(
        task -> {
          Ops ofTurned = tf.withSubScope("DiscriminatorOfTurnedFake");
          Pass turned = pass(ofTurned, drawn, true);
          answers.put("fake_for_generator", discriminator.score(ofTurned, turned.upright(), asked));
          answers.put("fake_turns", task.logits(ofTurned, turned.all()));
        });
  }

  private void requireLabels(TrainingLabels known) {
    if (coTraining.isPresent() ? known.soft() : !known.allKnown()) {
      throw new IllegalArgumentException(
          coTraining.isPresent()
              ? "co-training takes labels, not rows of probabilities"
              : "images without a label need co-training");
    }
  }

  /** Looks at images, and at their turned ones if it is to be. */
  private Pass pass(Ops tf, Operand<TFloat32> images, boolean alsoTurned) {
    if (rotation.isEmpty() || !alsoTurned) {
      List<Operand<TFloat32>> seen = discriminator.look(tf, images);
      return new Pass(seen, seen.get(0));
    }
    Operand<TFloat32> all = discriminator.look(tf, rotation.get().shown(tf, images)).get(0);
    return new Pass(List.of(Rows.of(tf, all, 0, batch)), all);
  }

  /** The classes that real images are said to show. */
  private ClassVectors classes(Ops tf, Pass real) {
    if (coTraining.isEmpty()) {
      return reals.classes();
    }
    Operand<TFloat32> logits = coTraining.get().logits(tf, real.upright().get(0));
    answers.put("real_classes", logits);
    return coTraining.get().completed(tf, logits, reals.labels());
  }

  /** Scores of the training images. */
  Operand<TFloat32> real() {
    return answers.get("real");
  }

  /** Scores of generated images, for the discriminator's step. */
  Operand<TFloat32> fake() {
    return answers.get("fake");
  }

  /** The same for the generator's step. */
  Operand<TFloat32> fakeForGenerator() {
    return answers.getOrDefault("fake_for_generator", fake());
  }

  /** Adds λ · the class head's loss and β · the rotations of real images. */
  void addToDiscriminator(Ops tf, LossTerms loss) {
    coTraining.ifPresent(
        task ->
            loss.add(
                "loss_class",
                task.loss(tf, answers.get("real_classes"), reals.labels()),
                supervision.labelWeight()));
    rotation.ifPresent(
        task ->
            loss.add(
                "loss_rotation_real",
                task.loss(tf, answers.get("real_turns")),
                supervision.rotationWeightD()));
  }

  /** Adds α · the rotations of generated images. */
  void addToGenerator(Ops tf, LossTerms loss) {
    rotation.ifPresent(
        task ->
            loss.add(
                "loss_rotation_fake",
                task.loss(tf, answers.get("fake_turns")),
                supervision.rotationWeightG()));
  }

  /** All that the discriminator and its heads answer, before it becomes a loss, by name. */
  Map<String, Operand<TFloat32>> answers() {
    return answers;
  }

  /** The discriminator's weights, its heads included. */
  Weights weights() {
    return weights;
  }

  /** The new values of its spectral norms. */
  PendingUpdates updates() {
    return updates;
  }

  /** The weights' numbers by name as the network multiplies by them, spectral norms divided out. */
  Map<String, float[]> effectiveValues(Session session) {
    return WeightValues.get(session, weights.all(), kernels::value);
  }
}
