package tsugiki.graft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.graph.Initializer;
import tsugiki.graph.Kernels;
import tsugiki.graph.PendingUpdates;
import tsugiki.graph.SpectralNorm;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.WeightValues;

/**
 * The kernels of a graft's generator while it trains. Where the method normalises a kernel W, the
 * layer multiplies by s · W / σ(W) in its place: σ is the largest singular value by {@link
 * SpectralNorm}, and s is σ of the rootstock's kernel, so that the graft begins at the rootstock.
 * The reference (Noguchi and Harada 2019) has s = 1, as every kernel has that was trained under
 * spectral normalisation.
 *
 * <p>All users of one generator share the variables; each has its own object of this class.
 */
final class GraftKernels implements Kernels {
  private final GraftMethod method;
  private final Weights vectors;
  private final PendingUpdates updates = new PendingUpdates();
  private final SpectralNorm norm;
  private final Map<Weight, Operand<TFloat32>> values = new LinkedHashMap<>();
  private final Map<Weight, Weight> sizes = new LinkedHashMap<>();

  /** Makes those of a generator; its layers ask for them. */
  GraftKernels(GraftedGenerator generator) {
    method = generator.method();
    vectors = generator.scion().in("spectral");
    norm = new SpectralNorm(updates, vectors);
  }

  @Override
  public Operand<TFloat32> kernel(
      Ops tf, Weights weights, String name, Shape shape, Initializer initializer) {
    String full = weights.path() + name;
    if (!method.normalises(full)) {
      return Kernels.PLAIN.kernel(tf, weights, name, shape, initializer);
    }
    Operand<TFloat32> unit = norm.kernel(tf, weights, name, shape, initializer);
    String size = full + "_norm";
    Operand<TFloat32> value =
        tf.math.mul(unit, vectors.untrained(tf, size, Shape.scalar(), Initializer.ones()));
    values.put(weights.get(name), value);
    sizes.put(weights.get(name), vectors.get(size));
    return value;
  }

  /** What the next step has to carry out: an iteration of every σ. */
  PendingUpdates updates() {
    return updates;
  }

  /** The weights of a generator as they go into a file: kernels as its layers multiply by them. */
  Map<String, float[]> values(Session session, GraftedGenerator generator) {
    List<Weight> all = new ArrayList<>(generator.weights().all());
    all.removeIf(weight -> weight.name().startsWith(vectors.path()));
    Map<String, float[]> kept = new LinkedHashMap<>(WeightValues.get(session, all));
    normalised(session).forEach((weight, value) -> kept.put(weight.name(), value));
    return kept;
  }

  private Map<Weight, float[]> normalised(Session session) {
    Map<Weight, float[]> found = new LinkedHashMap<>();
    if (values.isEmpty()) {
      return found;
    }
    Session.Runner runner = session.runner();
    values.values().forEach(runner::fetch);
    try (Result result = runner.run()) {
      int i = 0;
      for (Weight weight : values.keySet()) {
        found.put(weight, Tensors.toFloats((TFloat32) result.get(i++)));
      }
    }
    return found;
  }

  /** Finds σ of the rootstock's kernels, once they are filled, and sets every s. */
  void fill(Session session) {
    if (sizes.isEmpty()) {
      return;
    }
    Map<String, float[]> kernels = WeightValues.get(session, List.copyOf(sizes.keySet()));
    Map<Weight, float[]> settled = new LinkedHashMap<>();
    for (Weight kernel : sizes.keySet()) {
      Weight u = vectors.get(kernel.name() + SpectralNorm.VECTOR);
      settled.put(
          u, SpectralNorm.settled(kernels.get(kernel.name()), WeightValues.get(session, u)));
    }
    WeightValues.set(session, settled);
    Map<Weight, float[]> found = new LinkedHashMap<>();
    normalised(session)
        .forEach(
            (weight, unit) ->
                found.put(
                    sizes.get(weight),
                    new float[] {(float) (length(kernels.get(weight.name())) / length(unit))}));
    WeightValues.set(session, found);
  }

  private static double length(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
