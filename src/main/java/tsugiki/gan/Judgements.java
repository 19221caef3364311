package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.train.BestMoment;

/**
 * The judgements of a training by the scores of its averaged generator against images that it does
 * not see: which moment is kept, and when the training ends because none gets better.
 */
final class Judgements {
  private static final Logger LOG = LoggerFactory.getLogger(Judgements.class);

  /** How the name begins of the best score so far. */
  static final String BEST = "best_";

  /** The name of the step that has it. */
  static final String STEP = BEST + "step";

  private final GanTraining training;
  private final BestMoment best;
  private final String score;
  private final long every;
  private final long patience;

  /**
   * Makes them.
   *
   * @param training keeps its best moment
   * @param score the name of what is judged by, the less the better
   * @param every steps between scores
   * @param patience the scores without a better one after which the training ends; 0 for never
   */
  Judgements(GanTraining training, String score, long every, long patience) {
    this.training = training;
    this.score = score;
    this.every = every;
    this.patience = patience;
    best = training.best().orElseThrow();
  }

  /**
   * Judges a moment.
   *
   * @param scores of the averaged generator as it is
   * @param done the number of finished steps
   * @return the scores, and the best so far with its step
   */
  Map<String, Double> of(Map<String, Double> scores, long done) {
    training.judge(scores.get(score), done);
    Map<String, Double> all = new LinkedHashMap<>(scores);
    all.put(STEP, (double) best.step(training.session()));
    all.put(BEST + score, best.cost(training.session()));
    return all;
  }

  /** Whether the training ends after so many steps, whose score was judged. */
  boolean ended(long done) {
    if (patience == 0 || done % every != 0) {
      return false;
    }
    long step = best.step(training.session());
    if (step == 0 || done - step < patience * every) {
      return false;
    }
    LOG.info("ended after step {}: {} scores since step {} were no better", done, patience, step);
    return true;
  }
}
