package tsugiki.gan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.AdversarialLoss;
import tsugiki.train.Ema;
import tsugiki.train.LossSum;
import tsugiki.train.Schedule;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepInputs;

/**
 * The training graph of a GAN: generator, discriminator, a step of each, and a node that moves the
 * averaged generator. Both steps draw their own latent vectors and labels.
 */
final class GanGraph {
  /** How the names of the activations' weights end. */
  private static final String ALPHA = "/alpha";

  /** The generator's step draws all that it needs. */
  private static final Step.Batch NO_FEEDS = new Step.Batch(Map.of());

  private final GanOptions options;
  private final RealBatch reals;
  private final StepInputs inputs;
  private final TrainedGenerator generator;
  private final DiscriminatorOutputs outputs;
  private final Placeholder<TFloat32> decay;
  private final Step discriminatorStep;
  private final Step generatorStep;
  private final NoOp averageStep;

  /**
   * Builds it.
   *
   * @param graph an empty graph
   * @param options how to train
   * @param replicas how many share each batch
   * @param networks what is trained
   * @param labels what is known of the images' classes, which are the networks'
   * @param discriminator the networks' own or another
   * @param average the averaged generator, built before
   * @throws BadInputException if the discriminator cannot be trained with the loss
   */
  GanGraph(
      Graph graph,
      GanOptions options,
      int replicas,
      GanNetworks networks,
      TrainingLabels labels,
      DiscriminatorNetwork discriminator,
      AveragedGenerator average) {
    this.options = options;
    Ops tf = GraphScope.ops(graph, replicas);
    GanOptions share = options.shared(replicas);
    reals = new RealBatch(tf.withSubScope("Reals"), options.batch(), networks.imageSize(), labels);
    inputs = new StepInputs(tf.withSubScope("Counters"), options.seed());
    Randomness random = inputs.random().perImage();
    Ops averaging = tf.withSubScope("Average");
    decay =
        averaging.withName("decay").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    generator = new TrainedGenerator(tf.withSubScope("Generator"), share, networks, random, labels);
    try {
      outputs =
          new DiscriminatorOutputs(
              tf, share, networks, discriminator, random, reals, labels, generator);
      discriminatorStep = discriminatorStep(tf.withSubScope("DiscriminatorStep"));
    } catch (IllegalArgumentException e) {
      throw options.loss().penalised() ? noPenalty(e) : e;
    }
    generatorStep = generatorStep(tf.withSubScope("GeneratorStep"));
    averageStep = Ema.node(averaging, average.network().followed(), generator::source, decay);
  }

  private Step discriminatorStep(Ops tf) {
    LossSum loss =
        new LossSum(tf, "loss_d")
            .add(AdversarialLoss.discriminator(tf, options.loss(), outputs.real(), outputs.fake()));
    outputs.addToDiscriminator(tf, loss);
    StepBuilder step = started(tf, loss, outputs.weights());
    outputs.probability(tf).ifPresent(p -> step.measure("ada_probability", p));
    return step.measure("score_real", Reduce.mean(tf, outputs.real()))
        .measure("score_fake", Reduce.mean(tf, outputs.fake()))
        .group(
            outputs.weights().trained(),
            options.adam().adam(),
            Schedule.constant(options.discriminatorRate()))
        .updates(outputs.updates())
        .key(number -> 2 * number)
        .build(tf);
  }

  private Step generatorStep(Ops tf) {
    LossSum loss =
        new LossSum(tf, "loss_g")
            .add(AdversarialLoss.generator(tf, options.loss(), outputs.fakeForGenerator()));
    outputs.addToGenerator(tf, loss);
    return started(tf, loss, generator.weights())
        .group(
            generator.weights().trained(),
            options.adam().adam(),
            Schedule.constant(options.generatorRate()))
        .updates(generator.updates())
        .key(number -> 2 * number + 1)
        .build(tf);
  }

  /** A step that measures the mean of every α of the network's activations, before it moves. */
  private StepBuilder started(Ops tf, LossSum loss, Weights network) {
    StepBuilder step = new StepBuilder(inputs, loss).parts(options.accumulate());
    outputs.outputs().forEach(step::trace);
    for (Weight weight : network.trained()) {
      if (weight.name().endsWith(ALPHA)) {
        String layer = weight.name().substring(0, weight.name().length() - ALPHA.length());
        step.measure("alpha_" + layer.replace('/', '_'), Reduce.mean(tf, weight.variable()));
      }
    }
    return step;
  }

  private BadInputException noPenalty(IllegalArgumentException reason) {
    return new BadInputException(
        "⟨loss⟩ %s needs the second derivatives of the discriminator, which has none here (%s); use another loss"
            .formatted(options.loss(), reason.getMessage()),
        reason);
  }

  /**
   * One step of the discriminator.
   *
   * @param number its number from 0
   * @param batch the training images of each part
   * @return its loss, its mean scores of real and generated images, and the other terms of the loss
   */
  Map<String, Double> trainDiscriminator(
      Session session, long number, IntFunction<Step.Batch> batch) {
    return discriminatorStep.run(session, number, batch);
  }

  /** One step of the generator and of its average. */
  Map<String, Double> trainGenerator(Session session, long number) {
    Map<String, Double> scalars =
        new LinkedHashMap<>(generatorStep.run(session, number, part -> NO_FEEDS));
    average(session, options.averageDecay(number));
    return scalars;
  }

  /**
   * Moves the averaged generator's weights towards the generator's.
   *
   * @param kept the share of the average that stays; 0 makes it the generator as it is
   */
  void average(Session session, float kept) {
    try (TFloat32 share = TFloat32.scalarOf(kept)) {
      session.runner().feed(decay, share).addTarget(averageStep).run().close();
    }
  }

  /** The generator's weights, as it trains. */
  List<Weight> generatorWeights() {
    return generator.weights().all();
  }

  /** The training images of a discriminator's step. */
  RealBatch reals() {
    return reals;
  }

  /** The discriminator and its outputs. */
  DiscriminatorOutputs outputs() {
    return outputs;
  }

  /** The discriminator's step, which also traces all outputs. */
  Step discriminatorStep() {
    return discriminatorStep;
  }

  /** The generator's step, which also traces all outputs; those of real images need a batch. */
  Step generatorStep() {
    return generatorStep;
  }

  /** All that a resumed run needs: both networks and the optimisers' moments. */
  List<Weight> state() {
    List<Weight> state = new ArrayList<>();
    networks().forEach(network -> state.addAll(network.all()));
    return state;
  }

  /** What the two optimisers train: the generator's weights and the discriminator's. */
  List<Weight> trained() {
    List<Weight> trained = new ArrayList<>(generator.weights().trained());
    trained.addAll(outputs.weights().trained());
    return trained;
  }

  /** The weights that start with initial values, network by network. */
  List<Weights> networks() {
    return List.of(
        generator.weights(),
        outputs.weights(),
        outputs.adapted(),
        discriminatorStep.slots(),
        generatorStep.slots());
  }
}
