package tsugiki.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tsugiki.base.BadInputException;

/** Finds and decodes the images of a training, all or those of some classes. */
public final class TrainingImages {
  private TrainingImages() {}

  /** The same, where every image must be usable. */
  public static ImageSet load(Path data, List<String> classes, int size) {
    return load(data, classes, size, BadImagePolicy.FAIL);
  }

  /**
   * Decodes the images of the chosen classes, once.
   *
   * @param data a folder, a zip, or a folder in a zip
   * @param classes the classes to keep, in the order of their labels: a class is named by its
   *     folder or by how the folder's name ends; empty keeps all, sorted
   * @param size the side that the images get, in pixels
   * @param policy what becomes of an image that cannot be used
   * @return squares, labelled in the order in which the classes were named
   * @throws BadInputException if the data or a class is not there, or an image cannot be used
   */
  public static ImageSet load(Path data, List<String> classes, int size, BadImagePolicy policy) {
    try (ImageSource source = ImageSource.open(data)) {
      if (classes.isEmpty()) {
        return ImageSet.load(source, size, policy);
      }
      List<String> folders = folders(classes, source);
      ImageSet sorted = ImageSet.load(source.only(Set.copyOf(folders)), size, policy);
      int[] labels = new int[sorted.count()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = folders.indexOf(sorted.classNames().get(sorted.label(i)));
      }
      return sorted.withLabels(labels, classes);
    }
  }

  /** The folder of each class. */
  private static List<String> folders(List<String> classes, ImageSource source) {
    List<String> all = source.classNames();
    List<String> folders = new ArrayList<>();
    for (String name : classes) {
      String folder = folder(name, all, source);
      if (folders.contains(folder)) {
        throw new BadInputException(
            "⟨classes⟩ names the folder " + folder + " twice; leave one name out");
      }
      folders.add(folder);
    }
    return folders;
  }

  private static String folder(String name, List<String> all, ImageSource source) {
    if (all.contains(name)) {
      return name;
    }
    List<String> found = all.stream().filter(folder -> folder.endsWith(name)).toList();
    if (found.isEmpty() || name.isEmpty()) {
      throw new BadInputException(
          "⟨classes⟩ names '%s', but no folder of %s ends so; there are %s"
              .formatted(name, source, String.join(", ", all)));
    }
    if (found.size() > 1) {
      throw new BadInputException(
          "⟨classes⟩ names '%s', which %s all end with; write more of the name"
              .formatted(name, String.join(", ", found)));
    }
    return found.get(0);
  }
}
