package tsugiki.recognition;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.data.FileLabels;
import tsugiki.data.GivenSource;
import tsugiki.data.SingleLabel;

/**
 * Options of the labels that a feature network learns, as {@code options.json} keeps them.
 *
 * @param labels {@code all} (every image's folder), {@code single} for no labels, a share such as
 *     {@code 10%} of the images of every folder, or a CSV file that ends in {@code .csv}
 * @param labelSeed which images keep their label with a share; it is not the run's seed, so that
 *     feature networks and GANs on the same data see the same labels
 */
// Older runs have what only the labels of a GAN need.
@JsonIgnoreProperties({"label_count", "features"})
@RecordBuilder
public record LearnedLabels(String labels, long labelSeed) implements LearnedLabelsBuilder.With {
  /** Checks both. */
  public LearnedLabels {
    Objects.requireNonNull(labels, "labels");
    // A run is resumed from anywhere.
    labels = FileLabels.absolute(labels);
    if (GivenSource.of(labels, labelSeed).isEmpty()) {
      throw new BadInputException(
          "⟨recipe⟩ features learns labels that are true, and ⟨labels⟩ is "
              + labels
              + "; give all, a share such as 10%, a CSV file, or single for no labels");
    }
  }

  /** Every image's folder. */
  public static LearnedLabels defaults() {
    return new LearnedLabels("all", 0);
  }

  /** Where the labels come from. */
  public GivenSource source() {
    return GivenSource.of(labels, labelSeed).orElseThrow();
  }

  /** Whether all images have the same label, so that there are no classes. */
  boolean single() {
    return source() instanceof SingleLabel;
  }
}
