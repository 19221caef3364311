package tsugiki.graft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import tsugiki.graph.Gradients;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.LatentPrior;
import tsugiki.loss.PerceptualLoss;
import tsugiki.train.Adam;
import tsugiki.train.Updates;

/**
 * The training graph of a graft: the loss
 *
 * <pre>
 *   L = |G(z + ε) − x|₁ + λ_p Σ w_i |f_i(G(z + ε)) − f_i(x)|₁ + λ_z prior(z) + λ_e |y|²
 * </pre>
 *
 * (Noguchi and Harada 2019, equations 3 to 6; Takeda and Yanai), every |·|₁ a mean, and one node
 * that carries out a step. The weights of the generator that the method does not train are in no
 * list that a gradient is built for.
 */
final class GraftGraph {
  /** Fresh normal samples a latent vector of the batch, for the prior. */
  private static final long SAMPLES_PER_LATENT = 10;

  private final GraftOptions options;
  private final Weights slots = Weights.create(0).in("adam");
  private final Targets targets;
  private final Placeholder<TInt64> indices;
  private final Placeholder<TFloat32> update;
  private final Placeholder<TFloat32> factor;
  private final Randomness random;
  private final Map<String, Operand<TFloat32>> scalars = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> terms;
  private final Map<String, Operand<TFloat32>> traced = new LinkedHashMap<>();
  private final NoOp step;

  /**
   * Builds it.
   *
   * @param generator the grafted generator
   * @param targets the training images and their maps
   * @param batch images a step
   */
  GraftGraph(
      Graph graph, GraftOptions options, GraftedGenerator generator, Targets targets, int batch) {
    this.options = options;
    this.targets = targets;
    Ops tf = Ops.create(graph);
    Ops latent = tf.withSubScope("Latents");
    indices =
        latent.withName("indices").placeholder(TInt64.class, Placeholder.shape(Shape.of(batch)));
    random = new Randomness(latent, options.learning().seed());
    Ops stepping = tf.withSubScope("Step");
    update = scalar(stepping, "update");
    factor = scalar(stepping, "factor");

    Shape shape = Shape.of(batch, generator.architecture().latent());
    Operand<TFloat32> z =
        latent.gather(latents(latent, generator, targets.count()), indices, latent.constant(0));
    Operand<TFloat32> noise =
        weighted(latent, random.normal(latent, "noise", shape), options.learning().noise());
    Operand<TFloat32> images =
        generator.apply(tf.withSubScope("Generator"), latent.math.add(z, noise));

    Ops losses = tf.withSubScope("Loss");
    Operand<TFloat32> l1 =
        Reduce.meanAbsoluteDifference(
            losses.withSubScope("Reconstruction"), images, targets.images());
    Ops perceptual = losses.withSubScope("Perceptual");
    terms =
        PerceptualLoss.terms(perceptual, targets.mapsOf(perceptual, images), targets.maps(indices));
    Operand<TFloat32> percept =
        PerceptualLoss.weighted(
            perceptual, terms, termWeights(perceptual, generator.scion(), terms.size()));
    Ops priorScope = losses.withSubScope("LatentPrior");
    Shape many = Shape.of(SAMPLES_PER_LATENT * batch, generator.architecture().latent());
    Operand<TFloat32> samples = random.normal(priorScope, "prior", many);
    Operand<TFloat32> prior = LatentPrior.apply(priorScope, z, samples);
    Ops size = losses.withSubScope("Embedding");
    Operand<TFloat32> embedding = Reduce.mean(size, size.math.square(generator.classVector(size)));
    Operand<TFloat32> loss =
        losses.math.addN(
            List.of(
                l1,
                weighted(losses, percept, options.loss().perceptualWeight()),
                weighted(losses, prior, options.loss().priorWeight()),
                weighted(losses, embedding, options.loss().embeddingWeight())));
    scalars.put("loss", loss);
    scalars.put("l1", l1);
    scalars.put("perceptual", percept);
    scalars.put("prior", prior);
    scalars.put("embedding", embedding);
    traced.put("noise", noise);
    traced.put("prior.samples", samples);
    step = step(stepping, loss, generator.weights().trained());
  }

  private static Placeholder<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  /** The latent vector of every training image [count, D], from N(0, 1). */
  static Variable<TFloat32> latents(Ops tf, GraftedGenerator generator, long count) {
    return generator
        .scion()
        .trained(
            tf,
            "latents",
            Shape.of(count, generator.architecture().latent()),
            Initializer.normal(1));
  }

  /** The weights of the perceptual terms; {@link #balancedWeights} finds them. */
  private static Variable<TFloat32> termWeights(Ops tf, Weights scion, int count) {
    return scion.untrained(tf, "perceptual_weights", Shape.of(count), Initializer.ones());
  }

  private static Operand<TFloat32> weighted(Ops tf, Operand<TFloat32> term, float weight) {
    return tf.math.mul(term, tf.constant(weight));
  }

  private NoOp step(Ops tf, Operand<TFloat32> loss, List<Weight> weights) {
    List<Operand<TFloat32>> gradients =
        Gradients.of(tf, loss, weights.stream().map(Weight::variable).toList());
    for (int i = 0; i < weights.size(); i++) {
      traced.put("gradient/" + weights.get(i).name(), gradients.get(i));
    }
    List<Operand<TFloat32>> reads = new ArrayList<>(gradients);
    reads.addAll(scalars.values());
    return Updates.apply(
        tf,
        reads,
        new PendingUpdates(),
        after -> {
          List<Op> nodes = new ArrayList<>();
          for (int i = 0; i < weights.size(); i++) {
            Weight weight = weights.get(i);
            Operand<TFloat32> rate = after.math.mul(factor, after.constant(rate(weight.name())));
            nodes.addAll(
                Adam.standard()
                    .apply(after, slots, List.of(weight), List.of(gradients.get(i)), rate, update));
          }
          return nodes;
        });
  }

  private float rate(String name) {
    return switch (name) {
      case "graft/latents" -> options.learning().latentRate();
      case "graft/class_vector" -> options.learning().embeddingRate();
      default -> options.learning().layerRate();
    };
  }

  /** Carries out a step on the images of these indices. */
  Map<String, Double> train(Session session, long number, int[] batch) {
    Map<String, Double> values = new LinkedHashMap<>();
    run(session.runner().addTarget(step), scalars, number, batch)
        .forEach((name, value) -> values.put(name, (double) value[0]));
    return values;
  }

  /**
   * What a step would see, without taking it: the loss and its terms, the noise and the prior's
   * samples that it draws as {@code noise} and {@code prior.samples}, and every gradient as {@code
   * gradient/} and the weight's name.
   */
  Map<String, float[]> trace(Session session, long number, int[] batch) {
    Map<String, Operand<TFloat32>> fetches = new LinkedHashMap<>(scalars);
    fetches.putAll(traced);
    return run(session.runner(), fetches, number, batch);
  }

  private Map<String, float[]> run(
      Session.Runner runner, Map<String, Operand<TFloat32>> fetches, long number, int[] batch) {
    fetches.values().forEach(runner::fetch);
    try (TInt64 key = TInt64.scalarOf(number);
        TInt64 chosen = Tensors.longs(batch);
        TFloat32 count = TFloat32.scalarOf(number + 1);
        TFloat32 decay = TFloat32.scalarOf((float) options.learning().rateFactor(number));
        TUint8 images = targets.batch(batch)) {
      runner
          .feed(random.step(), key)
          .feed(indices, chosen)
          .feed(update, count)
          .feed(factor, decay)
          .feed(targets.pixels(), images);
      try (Result result = runner.run()) {
        Map<String, float[]> values = new LinkedHashMap<>();
        fetches
            .keySet()
            .forEach(
                name -> values.put(name, Tensors.toFloats((TFloat32) result.get(values.size()))));
        return values;
      }
    }
  }

  /**
   * Weighs the perceptual terms so that each counts 1/n at the start, and their sum 1: networks
   * differ by orders of magnitude in the size of their maps, and the reference's weight fits one of
   * them alone.
   */
  float[] balancedWeights(Session session, int[] batch) {
    Session.Runner runner = session.runner();
    terms.forEach(runner::fetch);
    float[] weights = new float[terms.size()];
    try (TInt64 key = TInt64.scalarOf(0);
        TInt64 chosen = Tensors.longs(batch);
        TUint8 images = targets.batch(batch)) {
      runner.feed(random.step(), key).feed(indices, chosen).feed(targets.pixels(), images);
      try (Result result = runner.run()) {
        for (int i = 0; i < weights.length; i++) {
          weights[i] = 1 / (weights.length * Math.max(Tensors.scalar(result.get(i)), 1e-12f));
        }
      }
    }
    return weights;
  }

  /** The optimiser's moments. */
  Weights slots() {
    return slots;
  }
}
