package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import tsugiki.augment.DiffAugment;
import tsugiki.gan.Layers;
import tsugiki.gan.ProjectedNetwork;
import tsugiki.gan.SpectrumMatch;
import tsugiki.graph.Initializer;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Reduce;
import tsugiki.graph.Replicas;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.loss.AdversarialLoss;
import tsugiki.loss.GanLoss;
import tsugiki.model.ClassVectors;
import tsugiki.model.FrozenNetwork;
import tsugiki.train.Adam;
import tsugiki.train.Ema;
import tsugiki.train.LossSum;
import tsugiki.train.Optimiser;
import tsugiki.train.Step;
import tsugiki.train.StepBuilder;
import tsugiki.train.StepGradients;

/**
 * The training graph of a finish, beside that of its graft. With the graft's own loss L, images x
 * of the step and z cut as samples are,
 *
 * <pre>
 *   L_G = −E D(T(G(z))) + λ L + μ S   L_D = E max(0, 1 − D(T(x))) + E max(0, 1 + D(T(G(z))))
 * </pre>
 *
 * where D is a projected discriminator (Sauer et al. 2021), T is DiffAugment (Zhao et al. 2020),
 * and S is {@link SpectrumMatch}. Where all of the generator trains, generated images are
 * normalised by the batch's statistics, and the stored ones follow: under those of other weights
 * and latent vectors it would learn slowly and leave its range. Both networks move in one step, by
 * the gradients at the same weights: then the generator and the frozen network pass every generated
 * image once instead of twice.
 */
final class FinishGraph {
  /**
   * BigGAN's (Brock et al. 2019, appendix C), with slots apart from those of the graft's own steps:
   * by a first moment two networks chase each other's past.
   */
  private static final Optimiser ADAM = new Adam(0, 0.999f, 1e-6f).named("finish_adam");

  /** Where the discriminator's weights are. */
  static final String SCOPE = "finish";

  private final GraftGraph graft;
  private final ProjectedNetwork discriminator;
  private final Weights heads;
  private final List<Weight> moved;

  /** Apart from the heads, which may begin with those of another training. */
  private final Weights means = Weights.frozen();

  private final Weights average = Weights.frozen().in("average");
  private final Step step;
  private final Placeholder<TFloat32> decay;
  private final NoOp averaging;

  /**
   * Builds it.
   *
   * @param tf the graph's root scope
   * @param projector the frozen network of the discriminator
   * @param batch images per part of a step, of all replicas
   */
  FinishGraph(
      Ops tf,
      GraftOptions options,
      GraftedGenerator generator,
      GraftGraph graft,
      Targets targets,
      FrozenNetwork projector,
      int batch) {
    this.graft = graft;
    FinishOptions finish = options.finish();
    Ops scope = tf.withSubScope("Finish");
    Randomness random = graft.inputs().random().perImage();
    DiffAugment augment = new DiffAugment(random, finish.finishAugment());
    discriminator =
        new ProjectedNetwork(
            projector, finish.finishSide(), finish.finishWidth(), finish.finishNativeWidth());
    heads = Weights.create(options.learning().seed()).in(SCOPE);
    PendingUpdates norms = new PendingUpdates();
    Layers layers = Layers.trained(heads, new SpectralNorm(norms), norms);

    GraftKernels kernels = new GraftKernels(generator);
    Operand<TFloat32> z =
        random.cutNormal(
            scope.withSubScope("Latents"),
            "finish z",
            Shape.of(batch / Replicas.count(tf), generator.architecture().latent()),
            options.watch().truncation());
    boolean all = finish.finish() == FinishKind.ALL;
    Ops drawing = scope.withSubScope("Generator");
    Operand<TFloat32> images =
        all ? generator.apply(drawing, z, kernels, norms) : generator.apply(drawing, z, kernels);
    Operand<TFloat32> real =
        scores(scope.withSubScope("OfReal"), layers, augment, targets.images(), "finish real");
    Operand<TFloat32> fake =
        scores(scope.withSubScope("OfFake"), layers, augment, images, "finish fake");

    Ops losses = scope.withSubScope("Loss");
    Operand<TFloat32> adversarial = AdversarialLoss.generator(losses, GanLoss.HINGE, fake);
    LossSum ofGenerator = new LossSum(losses, "loss_g");
    if (finish.anchored()) {
      ofGenerator
          .add("adversarial", adversarial)
          .add("anchor", graft.loss().total(), finish.finishAnchor());
    } else {
      ofGenerator.add(adversarial);
    }
    int side = generator.architecture().size();
    Optional<SpectrumMatch> spectrum =
        SpectrumMatch.of(losses, means.in(SCOPE), side, finish.finishSpectrum());
    spectrum.ifPresent(
        match -> {
          match.addTo(losses, ofGenerator, images);
          match.follow(losses, targets.images(), images, norms);
        });
    Operand<TFloat32> ofDiscriminator =
        AdversarialLoss.discriminator(losses, GanLoss.HINGE, real, fake);

    kernels.updates().list().forEach(update -> norms.add(update.variable(), update.value()));
    StepBuilder builder = new StepBuilder(graft.inputs(), ofGenerator);
    builder
        .measure("loss_d", ofDiscriminator)
        .measure("score_real", Reduce.mean(losses, real))
        .measure("score_fake", Reduce.mean(losses, fake))
        .trace("z", z)
        .trace("real", real)
        .trace("fake", fake)
        .updates(norms)
        .parts(options.learning().accumulate())
        .key(number -> options.learning().steps() + number);
    if (finish.anchored()) {
      // The sum is the anchor, and one node is fetched under one name.
      graft.loss().terms().forEach(builder::measure);
    }
    List<Weight> trained = grouped(builder, options, generator);
    moved = new ArrayList<>(trained);
    if (all) {
      moved.addAll(generator.statistics());
    }
    Ops stepping = scope.withSubScope("Step");
    step =
        builder.apply(
            stepping,
            StepGradients.of(stepping.withSubScope("OfGenerator"), ofGenerator.total(), trained)
                .and(
                    StepGradients.of(
                        stepping.withSubScope("OfDiscriminator"),
                        ofDiscriminator,
                        heads.trained())));

    Ops followed = scope.withSubScope("Average");
    decay =
        followed.withName("decay").placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    moved.forEach(
        weight -> average.untrained(followed, weight.name(), weight.shape(), Initializer.zeros()));
    averaging = Ema.node(followed, average.all(), this::source, decay);
  }

  private Operand<TFloat32> scores(
      Ops tf, Layers layers, DiffAugment augment, Operand<TFloat32> images, String purpose) {
    Operand<TFloat32> augmented = augment.apply(tf.withSubScope("Augment"), images, purpose);
    return discriminator.score(
        tf,
        layers,
        discriminator.features(tf, layers, augmented),
        ClassVectors.ofLabels(tf.constant(0L), 1));
  }

  /** The groups of the generator and of the discriminator; returns what trains in the former. */
  private List<Weight> grouped(
      StepBuilder builder, GraftOptions options, GraftedGenerator generator) {
    FinishOptions finish = options.finish();
    List<Weight> layers = new ArrayList<>(generator.weights().trained());
    layers.remove(graft.classVector());
    List<Weight> others = new ArrayList<>(layers);
    others.removeIf(weight -> generator.method().trained().test(weight.name()));
    layers.removeAll(others);
    List<Weight> latents = finish.anchored() ? List.of(graft.latents()) : List.of();
    boolean begun =
        finish.source().filter(source -> source.hasAllOf(heads.trained(), SCOPE + "/")).isPresent();
    builder
        .group(latents, ADAM, finish.falling(finish.finishLatentRate()))
        .group(
            List.of(graft.classVector()),
            ADAM,
            finish.waiting(options.learning().embeddingRate(), begun))
        .group(layers, ADAM, finish.waiting(finish.finishRate(), begun))
        .group(others, ADAM, finish.waiting(finish.finishGeneratorRate(), begun))
        .group(heads.trained(), ADAM, finish.falling(finish.finishDiscriminatorRate()));
    List<Weight> trained = new ArrayList<>(layers);
    trained.addAll(others);
    trained.add(graft.classVector());
    trained.addAll(latents);
    return trained;
  }

  /** What an average follows. */
  private Operand<TFloat32> source(Weight of) {
    String name = of.name().substring(average.path().length());
    return moved.stream()
        .filter(weight -> weight.name().equals(name))
        .findFirst()
        .orElseThrow()
        .variable();
  }

  /** What moves in the generator, with its statistics where they follow, and the latent vectors. */
  List<Weight> moved() {
    return moved;
  }

  /** Carries out a step, its number from 0, and moves the average. */
  Map<String, Double> train(Session session, long number, int[] batch, float kept) {
    Map<String, Double> measured = graft.train(step, session, number, batch);
    try (TFloat32 share = TFloat32.scalarOf(kept)) {
      session.runner().feed(decay, share).addTarget(averaging).run().close();
    }
    return measured;
  }

  /** What such a step would compute, without taking it; as {@link GraftGraph#trace}. */
  Map<String, float[]> trace(Session session, long number, int[] batch, String... names) {
    return graft.trace(step, session, number, batch, names);
  }

  /** The averages of all that moves in the generator, and of the latent vectors. */
  List<Weight> average() {
    return average.all();
  }

  /** Everything of the discriminator that is not frozen. */
  List<Weight> discriminator() {
    return heads.all();
  }

  /** The discriminator's heads, moving means and averages, and the optimisers' slots. */
  List<Weights> networks() {
    return List.of(heads, means, average, step.slots());
  }

  /** Fills the frozen network. */
  void fill(Session session) {
    discriminator.fill(session);
  }
}
