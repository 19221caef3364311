package tsugiki.recognition;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.model.FeatureNetwork;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;

/**
 * The weights of a trained feature network that a student begins with. Heads that it lacks, or that
 * have another shape, begin at random.
 *
 * @param folder its SavedModel
 */
record StudentStart(Path folder) {
  /**
   * Opens it without TensorFlow's library.
   *
   * @throws BadInputException if it is none, or has other stages than the student
   */
  static StudentStart open(Path folder, FeatureNetwork.Architecture student) {
    FeatureNetwork.Architecture start =
        ModelMetadata.read(folder).architecture(FeatureNetwork.Architecture.class);
    if (!start.widths().equals(student.widths()) || !start.depths().equals(student.depths())) {
      throw new BadInputException(
          "⟨student⟩ %s has stages of %s channels and %s blocks, and the student %s and %s; give the same ⟨channels⟩ or another network"
              .formatted(
                  folder, start.widths(), start.depths(), student.widths(), student.depths()));
    }
    return new StudentStart(folder);
  }

  /** Puts the weights that fit into a session. */
  void fill(Session session, List<Weight> weights) {
    Map<String, TensorBundle.Entry> stored = TensorBundle.read(SavedModelWriter.variables(folder));
    Map<Weight, float[]> values = new HashMap<>();
    for (Weight weight : weights) {
      TensorBundle.Entry entry = stored.get(weight.name());
      if (entry != null && entry.values().length == weight.count()) {
        values.put(weight, entry.values());
      }
    }
    WeightValues.set(session, values);
  }
}
