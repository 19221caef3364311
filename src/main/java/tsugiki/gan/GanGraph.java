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
import org.tensorflow.types.TUint8;
import tsugiki.augment.DiffAugment;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.Gradients;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Pixels;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.HingeLoss;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanGenerator;
import tsugiki.train.Adam;
import tsugiki.train.Ema;
import tsugiki.train.Updates;

/**
 * The training graph of a class-conditional GAN: generator, discriminator, one node that carries
 * out a step of each, and one that moves the averaged generator. Both steps draw their own latent
 * vectors and labels.
 */
final class GanGraph {
  private static final Adam ADAM = new Adam(0f, 0.999f, 1e-6f);

  private final GanOptions options;
  private final BigGanArchitecture architecture;
  private final Weights generator;
  private final Weights discriminator;
  private final Weights slots;
  private final Randomness random;
  private final Placeholder<TUint8> images;
  private final Placeholder<TInt64> labels;
  private final Placeholder<TFloat32> update;
  private final Placeholder<TFloat32> decay;
  private final List<Operand<TFloat32>> discriminatorScalars;
  private final List<Operand<TFloat32>> generatorScalars;
  private final NoOp discriminatorStep;
  private final NoOp generatorStep;
  private final NoOp averageStep;

  /**
   * Builds it.
   *
   * @param graph an empty graph
   * @param options how to train
   * @param architecture the networks' shape
   * @param factory makes the discriminator
   * @param average the averaged generator, built before
   */
  GanGraph(
      Graph graph,
      GanOptions options,
      BigGanArchitecture architecture,
      Discriminators factory,
      AveragedGenerator average) {
    this.options = options;
    this.architecture = architecture;
    Ops tf = Ops.create(graph);
    long batch = options.batch();
    long side = architecture.size();
    Ops reals = tf.withSubScope("Reals");
    images =
        reals
            .withName("images")
            .placeholder(TUint8.class, Placeholder.shape(Shape.of(batch, side, side, 3)));
    labels = reals.withName("labels").placeholder(TInt64.class, Placeholder.shape(Shape.of(batch)));
    Ops counters = tf.withSubScope("Counters");
    update = scalar(counters, "update");
    random = new Randomness(counters, options.seed());
    Ops averaging = tf.withSubScope("Average");
    decay = scalar(averaging, "decay");
    generator = Weights.create(options.seed()).in("generator");
    discriminator = Weights.create(options.seed()).in("discriminator");
    slots = Weights.create(0).in("adam");

    PendingUpdates ofGenerator = new PendingUpdates();
    PendingUpdates ofDiscriminator = new PendingUpdates();
    SpectralNorm normalised = new SpectralNorm(ofGenerator);
    Ops drawing = tf.withSubScope("Generator");
    Operand<TInt64> fakeLabels =
        random.integers(drawing, "label", Shape.of(batch), architecture.classes());
    Operand<TFloat32> fake = fake(drawing, normalised, ofGenerator, fakeLabels);
    Discriminator judge = factory.create(discriminator, new SpectralNorm(ofDiscriminator));
    DiffAugment augment = new DiffAugment(random, options.augment());
    Operand<TFloat32> real = Pixels.toFloats(reals, images);
    Ops ofReal = tf.withSubScope("DiscriminatorOfReal");
    Operand<TFloat32> realScores =
        judge.score(ofReal, augment.apply(ofReal.withSubScope("Augment"), real, "real"), labels);
    Ops ofFake = tf.withSubScope("DiscriminatorOfFake");
    Operand<TFloat32> fakeScores =
        judge.score(
            ofFake, augment.apply(ofFake.withSubScope("Augment"), fake, "fake"), fakeLabels);

    Ops d = tf.withSubScope("DiscriminatorStep");
    Operand<TFloat32> lossD = HingeLoss.discriminator(d, realScores, fakeScores);
    discriminatorScalars = List.of(lossD, Reduce.mean(d, realScores), Reduce.mean(d, fakeScores));
    discriminatorStep =
        step(d, lossD, discriminator.trained(), ofDiscriminator, options.discriminatorRate());
    Ops g = tf.withSubScope("GeneratorStep");
    Operand<TFloat32> lossG = HingeLoss.generator(g, fakeScores);
    generatorScalars = List.of(lossG);
    generatorStep = step(g, lossG, generator.trained(), ofGenerator, options.generatorRate());
    averageStep =
        Ema.node(averaging, average.followed(), weight -> source(normalised, weight), decay);
  }

  private static Placeholder<TFloat32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
  }

  private Operand<TFloat32> fake(
      Ops tf, SpectralNorm kernels, PendingUpdates updates, Operand<TInt64> classes) {
    Operand<TFloat32> z = random.normal(tf, "z", Shape.of(options.batch(), architecture.latent()));
    BatchNorm.Settings norm = BatchNorm.Settings.batch(architecture.epsilon(), updates);
    return new BigGanGenerator(architecture, generator, kernels, norm)
        .apply(tf, z, AveragedGenerator.embed(tf, generator, architecture, classes));
  }

  private Operand<TFloat32> source(SpectralNorm normalised, Weight average) {
    return normalised.covers(average.name())
        ? normalised.effective(average.name())
        : generator.get(average.name().substring(generator.path().length())).variable();
  }

  private NoOp step(
      Ops tf, Operand<TFloat32> loss, List<Weight> weights, PendingUpdates pending, float rate) {
    List<Operand<TFloat32>> gradients =
        Gradients.of(tf, loss, weights.stream().map(Weight::variable).toList());
    List<Operand<TFloat32>> reads = new ArrayList<>(gradients);
    reads.add(loss);
    return Updates.apply(
        tf,
        reads,
        pending,
        after -> ADAM.apply(after, slots, weights, gradients, after.constant(rate), update));
  }

  /**
   * One step of the discriminator.
   *
   * @param number its number from 0
   * @return its loss and its mean scores of real and generated images
   */
  Map<String, Double> trainDiscriminator(
      Session session, long number, TUint8 batch, TInt64 batchLabels) {
    try (TInt64 key = TInt64.scalarOf(2 * number);
        TFloat32 count = TFloat32.scalarOf(number + 1);
        Result result =
            fetch(
                    session
                        .runner()
                        .feed(images, batch)
                        .feed(labels, batchLabels)
                        .feed(random.step(), key)
                        .feed(update, count)
                        .addTarget(discriminatorStep),
                    discriminatorScalars)
                .run()) {
      return scalars(result, "loss_d", "score_real", "score_fake");
    }
  }

  /** One step of the generator and of its average. */
  Map<String, Double> trainGenerator(Session session, long number) {
    Map<String, Double> scalars;
    try (TInt64 key = TInt64.scalarOf(2 * number + 1);
        TFloat32 count = TFloat32.scalarOf(number + 1);
        Result result =
            fetch(
                    session
                        .runner()
                        .feed(random.step(), key)
                        .feed(update, count)
                        .addTarget(generatorStep),
                    generatorScalars)
                .run()) {
      scalars = scalars(result, "loss_g");
    }
    average(session, options.averageDecay(number));
    return scalars;
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

  private static Session.Runner fetch(Session.Runner runner, List<Operand<TFloat32>> outputs) {
    outputs.forEach(runner::fetch);
    return runner;
  }

  private static Map<String, Double> scalars(Result result, String... names) {
    Map<String, Double> scalars = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      scalars.put(names[i], (double) Tensors.scalar(result.get(i)));
    }
    return scalars;
  }

  /** The discriminator's weights, its heads included. */
  List<Weight> discriminatorWeights() {
    return discriminator.all();
  }

  /** All that a resumed run needs: both networks and the optimisers' moments. */
  List<Weight> state() {
    List<Weight> state = new ArrayList<>(generator.all());
    state.addAll(discriminator.all());
    state.addAll(slots.all());
    return state;
  }

  /** The weights that start with initial values, network by network. */
  List<Weights> networks() {
    return List.of(generator, discriminator, slots);
  }
}
