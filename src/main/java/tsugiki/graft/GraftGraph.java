package tsugiki.graft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Initializer;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.PerceptualLoss;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Adam;
import tsugiki.train.LossSum;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The training graph of a graft: the loss
 *
 * <pre>
 *   L = |G(z + ε) − x|₁ + λ_p Σ w_i |f_i(G(z + ε)) − f_i(x)|₁ + λ_z prior(z) + λ_e |y|²
 * </pre>
 *
 * (Noguchi and Harada 2019, equations 3 to 6; Takeda and Yanai), every |·|₁ a mean, and its step.
 * The latent vectors z of the training images and the weights w of the perceptual terms belong to
 * the training and not to the generator.
 */
final class GraftGraph {
  /** The factor on the mean square of the latent vectors, as for the image of {@code invert}. */
  private static final float LATENT_SIZE = 0.01f;

  private final LearningOptions learning;
  private final GraftedGenerator generator;
  private final Targets targets;
  private final Weights state;
  private final Placeholder<TInt64> indices;
  private final int terms;
  private final StepInputs inputs;
  private final LossSum loss;
  private final LossSum closeness;
  private final Step step;
  private final Optional<LatentProjection> projection;
  private final GraftKernels kernels;

  /**
   * Builds it.
   *
   * @param tf the graph's root scope
   * @param batch images per part of a step, of all replicas
   */
  GraftGraph(Ops tf, GraftOptions options, GraftedGenerator generator, Targets targets, int batch) {
    learning = options.learning();
    this.generator = generator;
    this.targets = targets;
    state = Weights.create(learning.seed()).in("graft");
    Ops stepping = tf.withSubScope("Step");
    inputs = new StepInputs(stepping, learning.seed());
    Randomness random = inputs.random();
    int width = generator.architecture().latent();

    Ops latent = tf.withSubScope("Latents");
    indices =
        latent.withName("indices").placeholder(TInt64.class, Placeholder.shape(Shape.of(batch)));
    Operand<TFloat32> all =
        state.trained(latent, "latents", Shape.of(targets.count(), width), Initializer.normal(1));
    Operand<TFloat32> z = latent.gather(all, indices, latent.constant(0));
    Operand<TFloat32> noise =
        latent.math.mul(
            random.perImage().normal(latent, "noise", Shape.of(batch / Replicas.count(tf), width)),
            latent.constant(learning.noise()));
    kernels = new GraftKernels(generator);
    Operand<TFloat32> images =
        generator.apply(
            tf.withSubScope("Generator"),
            latent.math.add(Replicas.rows(latent, z), noise),
            kernels);

    Ops losses = tf.withSubScope("Loss");
    Operand<TFloat32> l1 =
        Reduce.meanAbsoluteDifference(
            losses.withSubScope("Reconstruction"), images, targets.images());
    Ops perceptual = losses.withSubScope("Perceptual");
    List<Operand<TFloat32>> distances =
        PerceptualLoss.terms(perceptual, targets.mapsOf(perceptual, images), targets.maps(indices));
    terms = distances.size();
    Operand<TFloat32> balance =
        state.untrained(perceptual, "perceptual_weights", Shape.of(terms), Initializer.ones());
    Operand<TFloat32> weighted = PerceptualLoss.weighted(perceptual, distances, balance);
    Ops priorScope = losses.withSubScope("LatentPrior");
    LatentTerm prior = LatentTerm.of(priorScope, options, random, z, all);
    Ops size = losses.withSubScope("Embedding");
    LossOptions weights = options.loss();
    loss =
        new LossSum(losses, "loss")
            .add("l1", l1)
            .add("perceptual", weighted, weights.perceptualWeight())
            .add("prior", prior.value(), weights.priorWeight())
            .add(
                "embedding",
                Reduce.mean(size, size.math.square(generator.classVector(size))),
                weights.embeddingWeight());
    closeness =
        new LossSum(losses.withSubScope("Closeness"), "closeness")
            .add("l1", l1)
            .add("perceptual", weighted, weights.perceptualWeight())
            .add("size", Reduce.mean(losses, losses.math.square(z)), LATENT_SIZE);
    StepBuilder builder =
        new StepBuilder(inputs, loss)
            .trace("noise", noise)
            .updates(kernels.updates())
            .parts(learning.accumulate());
    prior.samples().ifPresent(samples -> builder.trace("prior.samples", samples));
    for (int i = 0; i < terms; i++) {
      builder.trace(term(i), Replicas.mean(perceptual, distances.get(i)));
    }
    step = grouped(builder).build(stepping);
    StartOptions start = learning.start();
    projection =
        start.latentStart() == LatentStart.PROJECTION
            ? Optional.of(
                projection(
                    stepping.withSubScope("Projection"),
                    loss,
                    learning.latentRate(),
                    start.projectionSteps(),
                    1,
                    number -> -1 - number))
            : Optional.empty();
  }

  /**
   * Adds steps that move the latent vectors alone.
   *
   * @param tf their scope
   * @param minimised what they minimise
   * @param rate the first learning rate
   * @param key of the random numbers of a step
   */
  LatentProjection projection(
      Ops tf, LossSum minimised, float rate, long steps, int parts, LongUnaryOperator key) {
    return new LatentProjection(tf, rate, steps, parts, key, inputs, minimised, latents());
  }

  private static String term(int i) {
    return "perceptual." + i;
  }

  /** The latent vectors, the class vector and the layers learn at rates of their own. */
  private StepBuilder grouped(StepBuilder builder) {
    // What a finish alone trains waits.
    List<Weight> layers = new ArrayList<>(generator.weights().trained());
    layers.removeIf(weight -> !generator.method().trained().test(weight.name()));
    layers.remove(classVector());
    return builder
        .group(List.of(latents()), Adam.standard(), falling(learning.latentRate()))
        .group(List.of(classVector()), Adam.standard(), falling(learning.embeddingRate()))
        .group(layers, Adam.standard(), falling(learning.layerRate()));
  }

  private Schedule falling(float rate) {
    return learning.schedule().schedule(rate, learning);
  }

  /** The latent vector of every training image [count, D], from N(0, 1). */
  Weight latents() {
    return state.get("latents");
  }

  /** The class vector. */
  Weight classVector() {
    return generator.scion().get("class_vector");
  }

  /** The scalars that every step is fed with. */
  StepInputs inputs() {
    return inputs;
  }

  /** The loss with its terms. */
  LossSum loss() {
    return loss;
  }

  /**
   * The loss without the prior and the class vector's, and with a little of the latent vectors'
   * mean square: for generators that draw what they were shown, where the prior would hold all
   * latent vectors at the mean image.
   */
  LossSum closeness() {
    return closeness;
  }

  /** The weights of the perceptual terms; {@link #balancedWeights} finds them. */
  Weight termWeights() {
    return state.get("perceptual_weights");
  }

  /** Everything that trains: the latent vectors, and what trains in the generator. */
  List<Weight> trained() {
    List<Weight> trained = new ArrayList<>(state.trained());
    trained.addAll(generator.weights().trained());
    return trained;
  }

  /** Everything that a resumed run needs. */
  List<Weight> checkpoint() {
    List<Weight> kept = new ArrayList<>(trained());
    kept.add(termWeights());
    generator.scion().all().stream().filter(weight -> !weight.trained()).forEach(kept::add);
    kept.addAll(step.slots().all());
    return kept;
  }

  /** Fills what the training adds with its initial values. */
  void initialise(Session session) {
    WeightValues.initialise(session, generator.scion(), state, step.slots());
  }

  /** Finds the norms of the rootstock's kernels, once these are filled. */
  void measureNorms(Session session) {
    kernels.fill(session);
  }

  /** Carries out a step on the images of these indices, as many as all its parts have. */
  Map<String, Double> train(Session session, long number, int[] batch) {
    return train(step, session, number, batch);
  }

  /** The same with another step of the graph. */
  Map<String, Double> train(Step other, Session session, long number, int[] batch) {
    int size = batch.length / other.parts();
    return other.run(
        session, number, part -> feeds(Arrays.copyOfRange(batch, part * size, (part + 1) * size)));
  }

  private Step.Batch feeds(int[] images) {
    return new Step.Batch(
        Map.of(indices, Tensors.longs(images), targets.pixels(), targets.batch(images)));
  }

  /** What moves the latent vectors to where they start; empty where they start as drawn. */
  Optional<LatentProjection> projection() {
    return projection;
  }

  /**
   * What a step's first part would compute, without taking it: the loss, its terms, the noise and
   * the prior's samples that it draws as {@code noise} and {@code prior.samples}, and every
   * gradient as {@code gradient/} and the weight's name.
   *
   * @param names which of them; all where none is given
   */
  Map<String, float[]> trace(Session session, long number, int[] batch, String... names) {
    return trace(step, session, number, batch, names);
  }

  /** The same of another step of the graph. */
  Map<String, float[]> trace(
      Step other, Session session, long number, int[] batch, String... names) {
    try (Step.Batch feeds = feeds(batch)) {
      return other.trace(session, number, feeds.tensors(), names);
    }
  }

  /**
   * Weighs the perceptual terms so that each counts 1/n at the start, and their sum 1: networks
   * differ by orders of magnitude in the size of their maps, and the reference's weight fits one of
   * them alone.
   */
  float[] balancedWeights(Session session, int[] batch) {
    String[] names = new String[terms];
    for (int i = 0; i < terms; i++) {
      names[i] = term(i);
    }
    Map<String, float[]> sizes = new LinkedHashMap<>(trace(session, 0, batch, names));
    float[] weights = new float[terms];
    for (int i = 0; i < terms; i++) {
      weights[i] = 1 / (terms * Math.max(sizes.get(term(i))[0], 1e-12f));
    }
    return weights;
  }
}
