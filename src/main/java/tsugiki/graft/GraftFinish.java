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
 * The finish of a graft in training: its steps, the average that is drawn from meanwhile, and the
 * best moment of the average, which is drawn from and exported after the last step.
 */
final class GraftFinish {
  private static final Logger LOG = LoggerFactory.getLogger(GraftFinish.class);

  /** What a step of the finish costs, in steps of the graft; measured with the defaults. */
  private static final double COST = 3;

  private final FinishOptions options;
  private final long from;
  private final FinishGraph graph;
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
        options.finish(),
        options.learning().steps(),
        new FinishGraph(tf, options, generator, graft, targets, projector, batch));
  }

  private GraftFinish(Ops tf, FinishOptions options, long from, FinishGraph graph) {
    this.options = options;
    this.from = from;
    this.graph = graph;
    best = new BestMoment(tf, graph.moved());
  }

  /**
   * Fills what the finish adds.
   *
   * @throws tsugiki.base.BadInputException if nothing of the discriminator to begin with fits
   */
  void initialise(Session session) {
    List<Weights> added = new ArrayList<>(graph.networks());
    added.addAll(best.networks());
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
    Map<String, Double> measured = graph.train(session, number, images, options.decay(number));
    done = step + 1;
    return measured;
  }

  /** What such a step would compute, without taking it. */
  Map<String, float[]> trace(Session session, long step, int[] images, String... names) {
    return graph.trace(session, step - from, images, names);
  }

  private boolean isJudged(long done) {
    long number = done - from;
    return number > 0 && (number % options.finishJudgeEvery() == 0 || number == options.steps());
  }

  /**
   * Judges the average where that is due after so many steps of the run, and keeps it if none
   * before has cost less.
   *
   * @param judge looks at samples of the generator, which has the average's weights meanwhile
   * @return what was measured; nothing at other steps
   */
  Map<String, Double> judge(Session session, long done, Supplier<FinishJudge.Verdict> judge) {
    if (!isJudged(done)) {
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
   * during it their average, and at its end the best moment.
   */
  <T> T shown(Session session, Supplier<T> work) {
    if (done <= from) {
      return work.get();
    }
    boolean chosen = done == from + options.steps() && bestStep(session) > 0;
    return with(session, chosen ? best.weights() : graph.average(), work);
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
        return done < from
            ? "step %d of %d".formatted(done, from)
            : "finish, step %d of %d".formatted(done - from, steps - from);
      }

      @Override
      public double work(long done) {
        return Math.min(done, from) + COST * Math.max(0, done - from);
      }
    };
  }
}
