package tsugiki.labels;

import java.util.Map;
import java.util.Optional;
import tsugiki.gan.TrainingLabels;

/**
 * The labels that a source gives.
 *
 * @param labels of all images
 * @param figures of these labels by name: {@code label_error}, {@code label_purity}, {@code
 *     label_nmi}
 * @param network what a feature network found, which a run keeps
 */
record SourcedLabels(
    TrainingLabels labels, Map<String, Double> figures, Optional<KeptLabels> network) {
  /** Labels without a feature network. */
  SourcedLabels(TrainingLabels labels, Map<String, Double> figures) {
    this(labels, figures, Optional.empty());
  }
}
