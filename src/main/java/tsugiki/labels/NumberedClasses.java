package tsugiki.labels;

import java.util.List;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;

/**
 * Classes that have numbers in place of names: drawn labels and clusters.
 *
 * @param count how many
 * @param word what one is called
 */
record NumberedClasses(int count, String word) {
  /**
   * As many as were chosen, or as there are folders.
   *
   * @param labels the source, as the argument names it
   * @param chosen how many; 0 for the number of folders
   * @throws BadInputException if none were chosen and there is one folder
   */
  static NumberedClasses of(String labels, String word, int chosen, ImageSet images) {
    int folders = images.classNames().size();
    if (chosen == 0 && folders == 1) {
      throw new BadInputException(
          "⟨labels⟩ %s needs a number of labels, since the data has one folder; give ⟨labelCount⟩"
              .formatted(labels));
    }
    return new NumberedClasses(chosen > 0 ? chosen : folders, word);
  }

  /** Their names in order, such as {@code cluster-007}. */
  List<String> names() {
    return IntStream.range(0, count).mapToObj(i -> "%s-%03d".formatted(word, i)).toList();
  }
}
