package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Kernels;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Rows;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weights;
import tsugiki.loss.GradientPenalty;
import tsugiki.model.ClassVectors;
import tsugiki.model.DiscriminatorHeads;
import tsugiki.runtime.WeightValues;
import tsugiki.train.LossSum;

/**
 * The discriminator's outputs for real and for generated images: scores of the upright ones and of
 * {@link RotatedViews}, and where the options want them the logits of a rotation head and of a
 * class head.
 *
 * <p>Real and generated images pass separately, each together with their rotated ones. The
 * discriminator's own step does not need the rotated generated images, and so leaves them out.
 */
final class DiscriminatorOutputs {
  /** One pass: features of the images that are scored, and of those of the rotation head too. */
  private record Pass(List<Operand<TFloat32>> scored, Operand<TFloat32> all) {}

  private final int batch;
  private final FrozenLayers frozen;
  private final Weights weights;
  private final Weights adapted = Weights.create(0).in("augmentation");
  private final PendingUpdates updates = new PendingUpdates();
  private final SpectralNorm norm = new SpectralNorm(updates);
  private final Kernels kernels;
  private final DiscriminatorNetwork discriminator;
  private final RealBatch reals;
  private final GanOptions options;
  private final SupervisionOptions supervision;
  private final AugmentedImages augment;
  private final Optional<Lecam> lecam;
  private final Optional<SpectrumMatch> spectrum;
  private final Consistency consistency;
  private final RotatedViews views;
  private final Optional<RotationTask> rotation;
  private final Optional<CoTraining> coTraining;
  private final TrainedGenerator generator;
  private final Map<String, Operand<TFloat32>> outputs = new LinkedHashMap<>();

  /**
   * Builds them.
   *
   * @param networks decide on spectral normalisation
   * @param discriminator theirs or a projected one
   * @param random draws augmentations and the places of the gradient penalty
   * @param reals the training images
   * @param known what is known of their classes
   * @param generator draws the generated images
   * @throws BadInputException if the gradient penalty cannot be built on the discriminator
   */
  DiscriminatorOutputs(
      Ops tf,
      GanOptions options,
      GanNetworks networks,
      DiscriminatorNetwork discriminator,
      Randomness random,
      RealBatch reals,
      TrainingLabels known,
      TrainedGenerator generator) {
    this.reals = reals;
    this.options = options;
    this.discriminator = discriminator;
    this.generator = generator;
    batch = options.batch();
    supervision = options.supervision();
    views = RotatedViews.of(options);
    frozen = new FrozenLayers(discriminator, options.discriminator().freezeD());
    weights = frozen.weights(options.seed());
    kernels = networks.spectralNorm() ? norm : Kernels.PLAIN;
    augment = new AugmentedImages(tf.withSubScope("Augmentation"), options, random, adapted);
    consistency = new Consistency(options, random, outputs);
    lecam = Lecam.of(tf, options.augmentation(), adapted);
    spectrum =
        SpectrumMatch.of(tf, adapted, networks.imageSize(), options.augmentation().spectrum());
    DiscriminatorHeads heads = new DiscriminatorHeads(weights, kernels);
    int classes = known.classNames().size();
    rotation =
        supervision.rotation()
            ? Optional.of(new RotationTask(heads, supervision.rotatedImages(batch)))
            : Optional.empty();
    coTraining =
        supervision.coTraining()
            ? Optional.of(new CoTraining(heads, classes, supervision.softLabels()))
            : Optional.empty();
    requireLabels(known);

    // Running statistics follow real images alone: two updates of one variable have no order.
    Layers ofReals = Layers.trained(weights, kernels, updates);
    Layers ofFakes = Layers.trained(weights, kernels, new PendingUpdates());
    Ops ofReal = tf.withSubScope("DiscriminatorOfReal");
    Operand<TFloat32> realImages =
        views.images(ofReal, augment.real(ofReal.withSubScope("Augment"), reals.images()));
    Pass real = pass(ofReal, ofReals, realImages, true);
    ClassVectors realClasses = views.classes(realClasses(ofReal, real));
    outputs.put("real", discriminator.score(ofReal, ofReals, real.scored(), realClasses));
    rotation.ifPresent(task -> outputs.put("real_rotations", task.logits(ofReal, real.all())));

    ClassVectors fakeClasses = views.classes(ClassVectors.ofLabels(generator.labels(), classes));
    Ops ofFake = tf.withSubScope("DiscriminatorOfFake");
    Operand<TFloat32> fakeImages =
        views.images(ofFake, augment.fake(ofFake.withSubScope("Augment"), generator.images()));
    Pass fake = pass(ofFake, ofFakes, fakeImages, false);
    outputs.put("fake", discriminator.score(ofFake, ofFakes, fake.scored(), fakeClasses));
    rotation.ifPresent(
        task -> {
          Ops ofRotated = tf.withSubScope("DiscriminatorOfRotatedFake");
          Pass rotated = pass(ofRotated, ofFakes, fakeImages, true);
          outputs.put(
              "fake_for_generator",
              discriminator.score(ofRotated, ofFakes, rotated.scored(), fakeClasses));
          outputs.put("fake_rotations", task.logits(ofRotated, rotated.all()));
        });
    Consistency.Scores scoresOfReal = (ops, images) -> scores(ops, ofFakes, images, realClasses);
    Consistency.Scores scoresOfFake = (ops, images) -> scores(ops, ofFakes, images, fakeClasses);
    consistency.ofReal(tf, realImages, real(), scoresOfReal);
    consistency.ofFake(tf, fakeImages, fake(), scoresOfFake);
    generator
        .neighbours()
        .ifPresent(
            near ->
                consistency.ofLatents(
                    tf,
                    generator.images(),
                    near,
                    fake(),
                    (ops, images) ->
                        scoresOfFake.of(ops, views.images(ops, augment.fake(ops, images)))));
    if (options.loss().penalised()) {
      Ops ofMixed = tf.withSubScope("GradientPenalty");
      Operand<TFloat32> share =
          random.uniform(ofMixed, "gradient penalty", Shape.of(views.count(), 1, 1, 1));
      outputs.put(
          "penalty",
          penalty(
              ofMixed,
              GradientPenalty.between(ofMixed, realImages, fakeImages, share),
              realClasses));
    }
  }

  private Operand<TFloat32> scores(
      Ops tf, Layers layers, Operand<TFloat32> images, ClassVectors classes) {
    return discriminator.score(tf, layers, discriminator.features(tf, layers, images), classes);
  }

  private void requireLabels(TrainingLabels known) {
    if (coTraining.isPresent() ? known.soft() : !known.allKnown()) {
      throw new IllegalArgumentException(
          coTraining.isPresent()
              ? "co-training takes labels, not rows of probabilities"
              : "images without a label need co-training");
    }
  }

  /** Features of images, and of their rotated ones if they are wanted. */
  private Pass pass(Ops tf, Layers layers, Operand<TFloat32> images, boolean alsoRotated) {
    if (rotation.isEmpty() || !alsoRotated) {
      List<Operand<TFloat32>> features = discriminator.features(tf, layers, images);
      return new Pass(features, features.get(0));
    }
    Operand<TFloat32> all =
        discriminator.features(tf, layers, rotation.get().withRotated(tf, images)).get(0);
    return new Pass(List.of(Rows.of(tf, all, 0, batch)), all);
  }

  /** The penalty at mixed images, which are scored as the classes of the real ones. */
  private Operand<TFloat32> penalty(Ops tf, Operand<TFloat32> images, ClassVectors classes) {
    Layers layers =
        new Layers(
            weights,
            kernels,
            epsilon -> {
              throw new BadInputException(
                  "⟨loss⟩ "
                      + options.loss()
                      + " bounds the slope at each image by itself, and this discriminator normalises over the batch; use another loss");
            });
    return GradientPenalty.apply(tf, images, scores(tf, layers, images, classes));
  }

  /** The classes of the real images: known ones as they are, the others predicted. */
  private ClassVectors realClasses(Ops tf, Pass real) {
    if (coTraining.isEmpty()) {
      return reals.classes();
    }
    Operand<TFloat32> logits = coTraining.get().logits(tf, views.upright(tf, real.scored().get(0)));
    outputs.put("real_classes", logits);
    return coTraining.get().completed(tf, logits, reals.labels());
  }

  /** Scores of the training images. */
  Operand<TFloat32> real() {
    return outputs.get("real");
  }

  /** Scores of generated images, for the discriminator's step. */
  Operand<TFloat32> fake() {
    return outputs.get("fake");
  }

  /** The same for the generator's step. */
  Operand<TFloat32> fakeForGenerator() {
    return outputs.getOrDefault("fake_for_generator", fake());
  }

  /**
   * Adds what the discriminator's loss has beside the scores: λ · the class head's loss, β · the
   * rotations of real images, the weighted gradient penalty, and what consistency and LeCam ask
   * for. ADA's probability follows the scores, the means of {@link SpectrumMatch} the images.
   */
  void addToDiscriminator(Ops tf, LossSum loss) {
    coTraining.ifPresent(
        task ->
            loss.add(
                "loss_class",
                task.loss(tf, outputs.get("real_classes"), reals.labels()),
                supervision.labelWeight()));
    rotation.ifPresent(
        task ->
            loss.add(
                "loss_rotation_real",
                task.loss(tf, outputs.get("real_rotations")),
                supervision.rotationWeightD()));
    if (outputs.containsKey("penalty")) {
      loss.add("gradient_penalty", outputs.get("penalty"), options.gradientPenalty());
    }
    consistency.addToDiscriminator(loss);
    lecam.ifPresent(held -> held.addTo(tf, loss, real(), fake(), updates));
    augment.follow(tf, real(), updates);
    spectrum.ifPresent(match -> match.follow(tf, reals.images(), generator.images(), updates));
  }

  /**
   * Adds α · the rotations of generated images, the distance of images that zCR widens, and their
   * spectrum's distance from that of real ones.
   */
  void addToGenerator(Ops tf, LossSum loss) {
    rotation.ifPresent(
        task ->
            loss.add(
                "loss_rotation_fake",
                task.loss(tf, outputs.get("fake_rotations")),
                supervision.rotationWeightG()));
    consistency.addToGenerator(loss);
    spectrum.ifPresent(match -> match.addTo(tf, loss, generator.images()));
  }

  /** All outputs of the discriminator and its heads, before they become a loss, by name. */
  Map<String, Operand<TFloat32>> outputs() {
    return outputs;
  }

  /** ADA's probability as it is before the step, where there is one. */
  Optional<Operand<TFloat32>> probability(Ops tf) {
    return augment.probability(tf);
  }

  /** What the augmentations, LeCam and the spectra follow the training by. */
  Weights adapted() {
    return adapted;
  }

  /** The discriminator's weights, its heads included. */
  Weights weights() {
    return weights;
  }

  /** Its layers that do not train. */
  FrozenLayers frozen() {
    return frozen;
  }

  /** The new values of its spectral norms and statistics. */
  PendingUpdates updates() {
    return frozen.without(updates, weights);
  }

  /** The weights' numbers by name as the network multiplies by them, spectral norms divided out. */
  Map<String, float[]> effectiveValues(Session session) {
    return WeightValues.get(session, weights.all(), norm::value);
  }
}
