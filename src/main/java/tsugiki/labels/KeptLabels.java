package tsugiki.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.data.GivenLabels;
import tsugiki.data.ImageSet;
import tsugiki.data.LabelFile;
import tsugiki.train.RunDirectory;

/**
 * Labels of a feature network, as a run keeps them: {@code labels.csv}, for soft labels {@code
 * label-probabilities.npy}, for clusters {@code cluster-centres.npy}.
 *
 * @param labels [N]
 * @param probabilities [N, C] in row-major order, or null
 * @param centres of the clusters [C, D] in row-major order, or null
 */
record KeptLabels(int[] labels, float[] probabilities, float[] centres) {
  private static final String PROBABILITIES = "label-probabilities.npy";
  private static final String CENTRES = "cluster-centres.npy";

  /** Whether a run has kept labels. */
  static boolean in(Path run) {
    return Files.exists(run.resolve(LabelFile.IN_RUN));
  }

  /**
   * Reads them.
   *
   * @param classNames of the labels, in order
   * @throws BadInputException if an image has no label there
   */
  static KeptLabels read(Path run, ImageSet images, List<String> classNames) {
    GivenLabels kept = LabelFile.read(run.resolve(LabelFile.IN_RUN), images);
    for (int i = 0; i < images.count(); i++) {
      if (!kept.known(i) || !classNames.contains(kept.classNames().get(kept.labels()[i]))) {
        throw new BadInputException(
            "%s has no label of this run for '%s'; the data has changed since the run began: give it as it was"
                .formatted(run.resolve(LabelFile.IN_RUN), images.names().get(i)));
      }
    }
    int[] labels =
        Arrays.stream(kept.labels())
            .map(c -> classNames.indexOf(kept.classNames().get(c)))
            .toArray();
    return new KeptLabels(labels, array(run.resolve(PROBABILITIES)), array(run.resolve(CENTRES)));
  }

  private static float[] array(Path file) {
    return Files.exists(file) ? NumpyFile.read(file).floats() : null;
  }

  /** Writes them. */
  void write(RunDirectory run, ImageSet images, List<String> classNames) {
    int classes = classNames.size();
    try {
      if (probabilities != null) {
        NumpyFile.write(run.resolve(PROBABILITIES), probabilities, labels.length, classes);
      }
      if (centres != null) {
        NumpyFile.write(run.resolve(CENTRES), centres, classes, centres.length / classes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Last, since its presence says that all is there.
    LabelFile.write(run.resolve(LabelFile.IN_RUN), images, labels, classNames);
  }
}
