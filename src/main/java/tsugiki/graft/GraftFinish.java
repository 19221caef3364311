package tsugiki.graft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.WeightValues;
import tsugiki.train.BestMoment;
import tsugiki.train.BorrowedWeights;
import tsugiki.train.Course;

/**
 * The finish of a graft in training: its steps, the average that is drawn from meanwhile, the best
 * moment of the average, which is drawn from and exported after the last step, and the steps that
 * then find the latent vectors of the training images through it.
 */
final class GraftFinish {
  private static final Logger LOG = LoggerFactory.getLogger(GraftFinish.class);

  /** What a step of the finish costs, in steps of the graft; measured with the defaults. */
  private static final double COST = 3;

  private final FinishOptions options;
  private final long from;
  private final FinishGraph graph;
  private final GraftGraph graft;
  private final Optional<LatentProjection> projection;
  private final BestMoment best;
  private Optional<String> taken = Optional.empty();
  private long done;

  /**
   * Builds it beside a graft.
   *
   * @param tf the graph's root scope
   * @param projector the frozen network of the discriminator
   * @param batch images per step
   */
  static GraftFinish of(
      Ops tf,
      GraftOptions options,
      GraftedGenerator generator,
      GraftGraph graft,
      Targets targets,
      FrozenNetwork projector,
      int batch) {
    return new GraftFinish(
        tf,
        options,
        new FinishGraph(tf, options, generator, graft, targets, projector, batch),
        graft);
  }

  private GraftFinish(Ops tf, GraftOptions options, FinishGraph graph, GraftGraph graft) {
    this.options = options.finish();
    this.graph = graph;
    this.graft = graft;
    from = options.learning().steps();
    best = new BestMoment(tf, graph.moved());
    long last = from + this.options.finishSteps();
    long steps = this.options.finishLatentSteps();
    projection =
        steps == 0
            ? Optional.empty()
            : Optional.of(
                graft.projection(
                    tf.withSubScope("FinishLatents"),
                    graft.closeness(),
                    this.options.finishLatentRate(),
                    steps,
                    options.learning().accumulate(),
                    number -> last + number));
  }

  /**
   * Fills what the finish adds.
   *
   * @throws tsugiki.base.BadInputException if nothing of the discriminator to begin with fits
   */
  void initialise(Session session) {
    List<Weights> added = new ArrayList<>(graph.networks());
    added.addAll(best.networks());
    projection.map(LatentProjection::slots).ifPresent(added::add);
    WeightValues.initialise(session, added);
    graph.fill(session);
    taken =
        options
            .source()
            .map(
                source ->
                    source.fillDiscriminator(
                        session, graph.discriminator(), FinishGraph.SCOPE + "/"));
  }

  /** Says what the discriminator of a new run begins with. */
  void begin() {
    taken.ifPresent(
        words ->
            LOG.info(
                "the discriminator of the finish begins with that of {}: {}",
                options.finishFrom(),
                words));
  }

  /** Everything that a resumed run needs beside the graft's own state. */
  List<Weight> state() {
    List<Weight> state = new ArrayList<>();
    graph.networks().forEach(network -> state.addAll(network.all()));
    state.addAll(statistics());
    state.addAll(best.state());
    projection.map(LatentProjection::slots).ifPresent(slots -> state.addAll(slots.all()));
    return state;
  }

  /** The stored statistics of the generator, where they move. */
  List<Weight> statistics() {
    return graph.moved().stream().filter(weight -> !weight.trained()).toList();
  }

  /** Goes on after so many steps of the run. */
  void enter(long steps) {
    done = steps;
  }

  /** Whether a step of the run, from 0, belongs to the finish. */
  boolean has(long step) {
    return step >= from;
  }

  /** Carries out a step of the run. */
  Map<String, Double> step(Session session, long step, int[] images) {
    long number = step - from;
    Map<String, Double> measured =
        number < options.finishSteps()
            ? graph.train(session, number, images, options.decay(number))
            : project(session, number - options.finishSteps(), images);
    done = step + 1;
    return measured;
  }

  /** A step of the latent vectors alone, through the weights that are kept. */
  private Map<String, Double> project(Session session, long number, int[] images) {
    if (number == 0) {
      WeightValues.set(session, BorrowedWeights.values(session, kept(session), graph.moved()));
    }
    return projection.orElseThrow().train(session, graft, number, images);
  }

  /** What such a step would compute, without taking it. */
  Map<String, float[]> trace(Session session, long step, int[] images, String... names) {
    return graph.trace(session, step - from, images, names);
  }

  /**
   * Judges the average where that is due after so many steps of the run, and keeps it if it costs
   * less than all before.
   *
   * @param judge looks at samples of the generator, which has the average's weights meanwhile
   * @return what was measured; nothing at other steps
   */
  Map<String, Double> judge(Session session, long done, Supplier<FinishJudge.Verdict> judge) {
    if (!options.isJudged(done - from)) {
      return Map.of();
    }
    FinishJudge.Verdict verdict = with(session, graph.average(), judge);
    best.offer(session, verdict.cost(), done - from, graph.average());
    return verdict.measured();
  }

  /** The step of the finish that the best moment followed; 0 where nothing was judged. */
  long bestStep(Session session) {
    return best.step(session);
  }

  /**
   * Does something with the weights that a user would get now: before the finish those in training,
   * during it their average, and at its end the best moment, which then is in place.
   */
  <T> T shown(Session session, Supplier<T> work) {
    return done <= from || done > from + options.finishSteps()
        ? work.get()
        : with(session, kept(session), work);
  }

  /** The best moment at the end of the finish, where one was chosen; otherwise the average. */
  private List<Weight> kept(Session session) {
    boolean chosen = done == from + options.finishSteps() && bestStep(session) > 0;
    return chosen ? best.weights() : graph.average();
  }

  /** Does something with other weights in the place of those in training. */
  private <T> T with(Session session, List<Weight> others, Supplier<T> work) {
    return BorrowedWeights.with(session, others, graph.moved(), work);
  }

  /** The steps' place in words, and their cost: one of the finish counts for several. */
  Course course() {
    return new Course() {
      @Override
      public String place(long done, long steps) {
        long number = done - from;
        if (number < 0) {
          return "step %d of %d".formatted(done, from);
        }
        return number < options.finishSteps() || options.finishLatentSteps() == 0
            ? "finish, step %d of %d".formatted(number, options.finishSteps())
            : "latent vectors, step %d of %d"
                .formatted(number - options.finishSteps(), options.finishLatentSteps());
      }

      @Override
      public double work(long done) {
        long finishing = Math.min(Math.max(0, done - from), options.finishSteps());
        return done - finishing + COST * finishing;
      }
    };
  }
}
