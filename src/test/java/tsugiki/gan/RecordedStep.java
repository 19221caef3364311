package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import tsugiki.graph.Tensors;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;

/**
 * The first step of two tiny networks on four images of noise: the discriminator's outputs, the
 * metrics, and the gradients that the step followed. Those are what Adam's first moments are after
 * one step, since their decay is 0.
 */
final class RecordedStep {
  private static final GanNetworks NETWORKS = TinyGan.smallest(TinyGan.CLASSES.size());

  private static final String MOMENTS = "adam/m/";

  private final Map<String, float[]> outputs = new LinkedHashMap<>();
  private final Map<String, Double> measured = new LinkedHashMap<>();
  private final Map<String, float[]> gradients = new LinkedHashMap<>();

  /** Takes it. */
  RecordedStep(GanOptions options, TrainingLabels labels) {
    try (Graph graph = new Graph()) {
      AveragedGenerator average = new AveragedGenerator(graph, options, NETWORKS, labels);
      GanGraph gan = new GanGraph(graph, options, NETWORKS, labels, NETWORKS, average);
      try (Session session = Sessions.open(graph)) {
        for (Weights network : gan.networks()) {
          WeightValues.initialise(session, network);
        }
        average.clear(session);
        int[] chosen = IntStream.range(0, options.batch()).toArray();
        byte[] pixels = TinyGan.smallImages().select(chosen).pixels();
        try (RealBatch.Feeds feeds = gan.reals().feeds(pixels, chosen, new long[chosen.length])) {
          Map<String, Operand<TFloat32>> all = gan.outputs().outputs();
          Map<String, Operand<TFloat32>> forD = new LinkedHashMap<>(all);
          forD.keySet().removeAll(List.of("fake_for_generator", "fake_rotations"));
          output(feeds.to(session.runner()), gan, 0, forD);
          measured.putAll(gan.trainDiscriminator(session, 0, feeds));
        }
        Map<String, Operand<TFloat32>> forG = new LinkedHashMap<>();
        forG.put("fake_for_generator", gan.outputs().fakeForGenerator());
        gan.outputs().outputs().entrySet().stream()
            .filter(output -> output.getKey().equals("fake_rotations"))
            .forEach(output -> forG.put(output.getKey(), output.getValue()));
        output(session.runner(), gan, 1, forG);
        measured.putAll(gan.trainGenerator(session, 0));
        WeightValues.get(session, gan.state())
            .forEach(
                (name, values) -> {
                  if (name.startsWith(MOMENTS)) {
                    gradients.put(name.substring(MOMENTS.length()), values);
                  }
                });
      }
    }
  }

  private void output(
      Session.Runner runner, GanGraph gan, long draw, Map<String, Operand<TFloat32>> which) {
    which.values().forEach(runner::fetch);
    try (TInt64 key = TInt64.scalarOf(draw);
        Result result = runner.feed(gan.drawNumber(), key).run()) {
      int i = 0;
      for (String name : which.keySet()) {
        outputs.put(name, Tensors.toFloats((TFloat32) result.get(i++)));
      }
    }
  }

  /** An output of the discriminator, by name, in row-major order. */
  float[] output(String name) {
    return outputs.get(name);
  }

  /** A measured scalar. */
  double measured(String name) {
    return measured.get(name);
  }

  /** The names of all measured scalars. */
  Iterable<String> measuredNames() {
    return measured.keySet();
  }

  /** The gradient that a step followed for a weight. */
  float[] gradient(String weight) {
    return gradients.get(weight);
  }
}
