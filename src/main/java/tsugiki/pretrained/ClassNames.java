package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/** The names of the classes of an imported network. */
public final class ClassNames {
  private ClassNames() {}

  /**
   * The names that a user gives.
   *
   * @param file one name a line, in the order of the labels
   * @throws BadInputException if it cannot be read
   */
  public static List<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(n -> !n.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new BadInputException(
          "⟨classNames⟩ %s cannot be read (%s); give a text file with one name a line"
              .formatted(file, Reason.of(e)),
          e);
    }
  }

  /**
   * ImageNet's names, which come with the archive that {@code fetch inception} downloads.
   *
   * @param classes the number of the network's classes
   * @return none where the archive is not in the cache, or the network has other classes
   */
  public static List<String> ofImageNet(int classes) {
    Path graph = WeightCache.ofUser().file(PublishedFile.INCEPTION);
    List<String> names = ImageNetLabels.bySynset(graph.getParent());
    return names.size() == classes ? names : List.of();
  }
}
