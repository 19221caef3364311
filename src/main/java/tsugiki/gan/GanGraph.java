package tsugiki.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.base.BadInputException;
import tsugiki.graph.Gradients;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.train.Adam;
import tsugiki.train.Ema;
import tsugiki.train.Updates;

/**
 * The training graph of a GAN: generator, discriminator, one node that carries out a step of each,
 * and one that moves the averaged generator. Both steps draw their own latent vectors and labels.
 */
final class GanGraph {
  private final GanOptions options;
  private final RealBatch reals;
  private final TrainedGenerator generator;
  private final DiscriminatorOutputs outputs;
  private final Weights slots = Weights.create(0).in("adam");
  private final Randomness random;
  private final Placeholder<TFloat32> update;
  private final Placeholder<TFloat32> decay;
  private final Map<String, Operand<TFloat32>> discriminatorScalars = new LinkedHashMap<>();
  private final Map<String, Operand<TFloat32>> generatorScalars = new LinkedHashMap<>();
  private final NoOp discriminatorStep;
  private final NoOp generatorStep;
  private final NoOp averageStep;

  /**
   * Builds it.
   *
   * @param graph an empty graph
   * @param options how to train
   * @param networks what is trained
   * @param labels what is known of the images' classes, which are the networks'
   * @param discriminator the networks' own or another
   * @param average the averaged generator, built before
   * @throws BadInputException if the discriminator cannot be trained with the loss
   */
  GanGraph(
      Graph graph,
      GanOptions options,
      GanNetworks networks,
      TrainingLabels labels,
      DiscriminatorNetwork discriminator,
      AveragedGenerator average) {
    this.options = options;
    Ops tf = Ops.create(graph);
    reals = new RealBatch(tf.withSubScope("Reals"), options.batch(), networks.imageSize(), labels);
    Ops counters = tf.withSubScope("Counters");
    update = scalar(counters, "update");
    random = new Randomness(counters, options.seed());
    Ops averaging = tf.withSubScope("Average");
    decay = scalar(averaging, "decay");
    generator =
        new TrainedGenerator(tf.withSubScope("Generator"), options, networks, random, labels);
    try {
      outputs =
          new DiscriminatorOutputs(
              tf, options, networks, discriminator, random, reals, labels, generator);
      discriminatorStep = discriminatorStep(tf.withSubScope("DiscriminatorStep"));
    } catch (IllegalArgumentException e) {
      throw options.loss().penalised() ? noPenalty(e) : e;
    }
    Ops g = tf.withSubScope("GeneratorStep");
    LossTerms lossG = new LossTerms(g, options.loss().generator(g, outputs.fakeForGenerator()));
    outputs.addToGenerator(g, lossG);
    generatorScalars.put("loss_g", lossG.total());
    generatorScalars.putAll(lossG.extra());
    generatorStep =
        step(
            g,
            lossG.total(),
            generator.weights().trained(),
            generator.updates(),
            options.generatorRate());
    averageStep = Ema.node(averaging, average.followed(), generator::source, decay);
  }

  private NoOp discriminatorStep(Ops tf) {
    LossTerms loss =
        new LossTerms(tf, options.loss().discriminator(tf, outputs.real(), outputs.fake()));
    outputs.addToDiscriminator(tf, loss);
    discriminatorScalars.put("loss_d", loss.total());
    discriminatorScalars.put("score_real", Reduce.mean(tf, outputs.real()));
    discriminatorScalars.put("score_fake", Reduce.mean(tf, outputs.fake()));
    discriminatorScalars.putAll(loss.extra());
    return step(
        tf,
        loss.total(),
        outputs.weights().trained(),
        outputs.updates(),
        options.discriminatorRate());
  }

  private BadInputException noPenalty(IllegalArgumentException reason) {
    return new BadInputException(
        "⟨loss⟩ %s needs the second derivatives of the discriminator, which has none here (%s); use another loss"
            .formatted(options.loss(), reason.getMessage()),
        reason);
  }

  private static Placeholder<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private NoOp step(
      Ops tf, Operand<TFloat32> loss, List<Weight> weights, PendingUpdates pending, float rate) {
    List<Operand<TFloat32>> gradients =
        Gradients.of(tf, loss, weights.stream().map(Weight::variable).toList());
    List<Operand<TFloat32>> reads = new ArrayList<>(gradients);
    reads.add(loss);
    Adam adam = options.adam().adam();
    return Updates.apply(
        tf,
        reads,
        pending,
        after -> adam.apply(after, slots, weights, gradients, after.constant(rate), update));
  }

  /**
   * One step of the discriminator.
   *
   * @param number its number from 0
   * @param batch the training images
   * @return its loss, its mean scores of real and generated images, and its other terms
   */
  Map<String, Double> trainDiscriminator(Session session, long number, RealBatch.Feeds batch) {
    return run(
        batch.to(session.runner()), discriminatorStep, discriminatorScalars, 2 * number, number);
  }

  /** One step of the generator and of its average. */
  Map<String, Double> trainGenerator(Session session, long number) {
    Map<String, Double> scalars =
        run(session.runner(), generatorStep, generatorScalars, 2 * number + 1, number);
    average(session, options.averageDecay(number));
    return scalars;
  }

  private Map<String, Double> run(
      Session.Runner runner,
      NoOp step,
      Map<String, Operand<TFloat32>> outputs,
      long key,
      long number) {
    outputs.values().forEach(runner::fetch);
    try (TInt64 draws = TInt64.scalarOf(key);
        TFloat32 count = TFloat32.scalarOf(number + 1);
        Result result =
            runner.feed(random.step(), draws).feed(update, count).addTarget(step).run()) {
      Map<String, Double> scalars = new LinkedHashMap<>();
      int i = 0;
      for (String name : outputs.keySet()) {
        scalars.put(name, (double) Tensors.scalar(result.get(i++)));
      }
      return scalars;
    }
  }

  /**
   * Moves the averaged generator's weights towards the generator's.
   *
   * @param kept how much of the average stays; 0 makes it the generator as it is
   */
  void average(Session session, float kept) {
    try (TFloat32 share = TFloat32.scalarOf(kept)) {
      session.runner().feed(decay, share).addTarget(averageStep).run().close();
    }
  }

  /** The training images of a discriminator's step. */
  RealBatch reals() {
    return reals;
  }

  /** The discriminator and its outputs. */
  DiscriminatorOutputs outputs() {
    return outputs;
  }

  /** The scalar to feed with the number that all draws of a run follow from. */
  Placeholder<TInt64> drawNumber() {
    return random.step();
  }

  /** All that a resumed run needs: both networks and the optimisers' moments. */
  List<Weight> state() {
    List<Weight> state = new ArrayList<>(generator.weights().all());
    state.addAll(outputs.weights().all());
    state.addAll(slots.all());
    return state;
  }

  /** The weights that start with initial values, network by network. */
  List<Weights> networks() {
    return List.of(generator.weights(), outputs.weights(), slots);
  }
}
