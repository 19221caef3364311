package tsugiki.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.types.TInt64;
import tsugiki.graph.BatchNorm;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.Randomness;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;

/**
 * The average of a network over its training, with standing statistics (Brock et al. 2019, appendix
 * C) where it normalises over the batch: what is drawn from and exported. The network is built on
 * {@link #weights()} twice: as it is served, and to sum up the statistics of random batches.
 */
public final class AveragedNetwork {
  private static final Set<String> SUMS = Set.of("mean_sum", "variance_sum", "sum_count");

  private final Weights weights;
  private NoOp accumulate;
  private Randomness random;
  private int batches;

  /**
   * Begins one.
   *
   * @param scope the name of the network, below which its weights lie
   */
  public AveragedNetwork(String scope) {
    weights = Weights.create(0, name -> false).in(scope);
  }

  /** The averages, and the statistics that follow from them. */
  public Weights weights() {
    return weights;
  }

  /**
   * Says how the standing statistics are taken.
   *
   * @param tf the scope of the batches
   * @param sums what the network that was built on random inputs adds up
   * @param inputs draws these; its step is the number of the batch
   * @param count how many batches
   */
  public void standing(Ops tf, PendingUpdates sums, Randomness inputs, int count) {
    accumulate = Updates.apply(tf, List.of(), sums, after -> List.of());
    random = inputs;
    batches = count;
  }

  /** The weights that are averages; the others, statistics, follow from them. */
  public List<Weight> followed() {
    return weights.all().stream().filter(weight -> !isStatistic(lastPart(weight.name()))).toList();
  }

  private static boolean isStatistic(String name) {
    return SUMS.contains(name) || name.equals("mean") || name.equals("variance");
  }

  /**
   * The averages for a checkpoint, under {@code average/}: they have the names that they are
   * exported under, which are the trained network's own. Statistics are taken anew before every
   * use.
   */
  public List<Weight> state() {
    return followed().stream().map(AveragedNetwork::renamed).toList();
  }

  private static Weight renamed(Weight weight) {
    return new Weight(
        "average/" + weight.name(),
        weight.shape(),
        weight.trained(),
        weight.initializer(),
        weight.variable(),
        weight.feed(),
        weight.assign());
  }

  /** Sets everything to zero, which the first average and the first statistics replace. */
  public void clear(Session session) {
    setZero(session, weights.all());
  }

  /** Takes the standing statistics anew; call it before every use, since the weights move. */
  public void settle(Session session) {
    weights.derive(session);
    List<Weight> sums =
        weights.all().stream().filter(weight -> SUMS.contains(lastPart(weight.name()))).toList();
    if (sums.isEmpty()) {
      return; // A network without batch normalisation.
    }
    setZero(session, sums);
    for (long i = 0; i < batches; i++) {
      try (TInt64 key = TInt64.scalarOf(i)) {
        session.runner().feed(random.step(), key).addTarget(accumulate).run().close();
      }
    }
    Map<String, float[]> values = WeightValues.get(session, weights.all());
    Map<Weight, float[]> means = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      String sum = weight.name() + "_sum";
      if (values.containsKey(sum)) {
        String scope = weight.name().substring(0, weight.name().lastIndexOf('/') + 1);
        float count = values.get(scope + "sum_count")[0];
        means.put(weight, BatchNorm.standing(values.get(sum), count));
      }
    }
    WeightValues.set(session, means);
  }

  private static void setZero(Session session, List<Weight> some) {
    Map<Weight, float[]> zeros = new LinkedHashMap<>();
    some.forEach(weight -> zeros.put(weight, new float[(int) weight.count()]));
    WeightValues.set(session, zeros);
  }

  /** All weights by name as they go into a file, statistics included. */
  public Map<String, float[]> values(Session session) {
    settle(session);
    Map<String, float[]> values = new TreeMap<>(WeightValues.get(session, weights.all()));
    values.keySet().removeIf(name -> SUMS.contains(lastPart(name)));
    return values;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
