package tsugiki.gan;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Step;

/**
 * The first step of two tiny networks on four images of noise: the discriminator's outputs, the
 * metrics, and the gradients that the step followed. Those are what Adam's first moments are after
 * one step, since their decay is 0.
 */
final class RecordedStep {
  private static final GanNetworks NETWORKS = TinyGan.smallest(TinyGan.CLASSES.size());

  private static final String MOMENTS = "adam/m/";
  private static final Set<String> OF_GENERATOR = Set.of("fake_for_generator", "fake_rotations");

  private final Map<String, float[]> outputs = new LinkedHashMap<>();
  private final Map<String, Double> measured = new LinkedHashMap<>();
  private final Map<String, float[]> gradients = new LinkedHashMap<>();

  /** Takes it. */
  RecordedStep(GanOptions options, TrainingLabels labels) {
    try (Graph graph = new Graph()) {
      AveragedGenerator average = new AveragedGenerator(graph, options, NETWORKS, labels);
      GanGraph gan = new GanGraph(graph, options, 1, NETWORKS, labels, NETWORKS, average);
      try (Session session = Sessions.open(graph)) {
        for (Weights network : gan.networks()) {
          WeightValues.initialise(session, network);
        }
        average.network().clear(session);
        int[] chosen = IntStream.range(0, options.batch()).toArray();
        byte[] pixels = TinyGan.smallImages().select(chosen).pixels();
        Set<String> names = new LinkedHashSet<>(gan.outputs().outputs().keySet());
        boolean rotation = names.removeAll(OF_GENERATOR);
        try (Step.Batch feeds = gan.reals().feeds(pixels, chosen, new long[chosen.length])) {
          outputs.putAll(
              gan.discriminatorStep()
                  .trace(session, 0, feeds.tensors(), names.toArray(String[]::new)));
          measured.putAll(gan.discriminatorStep().run(session, 0, feeds.tensors()));
        }
        if (rotation) {
          outputs.putAll(
              gan.generatorStep().trace(session, 0, Map.of(), OF_GENERATOR.toArray(String[]::new)));
        } else {
          float[] scores = gan.generatorStep().trace(session, 0, Map.of(), "fake").get("fake");
          outputs.put("fake_for_generator", scores);
        }
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
