package tsugiki.data;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * Labels in a CSV file (RFC 4180, UTF-8): one line per image, with its name and its class. The name
 * is the image's path in the data with '/' between folders, or its file name where that is unique.
 * A first line {@code image,class} is a header; images that the file does not name have no label.
 */
public final class LabelFile {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setIgnoreEmptyLines(true)
          // Outside quotes alone: a folder's name may end with a space.
          .setIgnoreSurroundingSpaces(true)
          .get();

  /** The name of the file that a run keeps. */
  public static final String IN_RUN = "labels.csv";

  private static final List<String> HEADER = List.of("image", "class");

  /** Stands for a file name that several images have. */
  private static final int AMBIGUOUS = -2;

  private final Path file;
  private final Map<String, Integer> images;
  private final Map<Integer, String> classes = new TreeMap<>();

  private LabelFile(Path file, ImageSet images) {
    this.file = file;
    this.images = indices(images.names());
  }

  /**
   * Reads a file.
   *
   * @param images the images that it may name
   * @return labels whose classes are sorted by name
   * @throws BadInputException if it cannot be read, or a line names no image, two images or no
   *     class, or contradicts an earlier one
   */
  public static GivenLabels read(Path file, ImageSet images) {
    LabelFile labels = new LabelFile(file, images);
    try (CSVParser lines = parser(file)) {
      for (CSVRecord line : lines) {
        labels.add(line, lines.getCurrentLineNumber());
      }
    } catch (IOException | UncheckedIOException e) {
      String reason = Files.exists(file) ? Reason.of(e) : "there is no such file";
      throw new BadInputException(
          "⟨labels⟩ %s cannot be read (%s); give a file with an image's name and its class's name per line"
              .formatted(file, reason),
          e);
    }
    return labels.given(images.count());
  }

  /**
   * Reads a user's file. Where its classes are folders of the data, the folders are the classes,
   * and the truth of the missing labels.
   *
   * @throws BadInputException as {@link #read} does, if only some of its classes are folders, if a
   *     folder then has no labelled image, and if a class looks misspelt where the folders do not
   *     tell the classes
   */
  static GivenLabels given(Path file, ImageSet images) {
    GivenLabels read = read(file, images);
    List<String> folders = images.classNames();
    List<String> others =
        read.classNames().stream().filter(name -> !folders.contains(name)).toList();
    if (folders.size() == 1 || others.size() == read.classNames().size()) {
      MisspeltClass.refuse("⟨labels⟩ " + file, read, images);
      return read;
    }
    if (!others.isEmpty()) {
      throw new BadInputException(
          "⟨labels⟩ %s has the class %s, which is no folder of the data as its other classes are (%s); correct it, or name all classes otherwise than the folders"
              .formatted(file, String.join(", ", others), String.join(", ", folders)));
    }
    List<String> unlabelled =
        folders.stream().filter(name -> !read.classNames().contains(name)).toList();
    if (!unlabelled.isEmpty()) {
      throw new BadInputException(
          "⟨labels⟩ %s labels no image of the class %s; label some, or leave the class out by ⟨classes⟩"
              .formatted(file, String.join(", ", unlabelled)));
    }
    int[] labels =
        Arrays.stream(read.labels())
            .map(c -> c < 0 ? c : folders.indexOf(read.classNames().get(c)))
            .toArray();
    return new GivenLabels(folders, labels, images.labels());
  }

  /** The images that a file from {@link #write} names. */
  public static Set<String> names(Path file) {
    try (CSVParser lines = parser(file)) {
      return lines.stream().skip(1).map(line -> line.get(0)).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CSVParser parser(Path file) throws IOException {
    return CSVParser.builder()
        .setInputStream(BOMInputStream.builder().setPath(file).get())
        .setCharset(StandardCharsets.UTF_8)
        .setFormat(FORMAT)
        .get();
  }

  /**
   * Writes labels as {@link #read} takes them; images without one are left out.
   *
   * @param labels [N], negative for an image without a label
   */
  public static void write(Path file, ImageSet images, int[] labels, List<String> classNames) {
    AtomicFile.write(
        file,
        out -> {
          CSVPrinter lines =
              new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
          lines.printRecord(HEADER);
          for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
              lines.printRecord(images.names().get(i), classNames.get(labels[i]));
            }
          }
          lines.flush();
        });
  }

  private static Map<String, Integer> indices(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String last = names.get(i).substring(names.get(i).lastIndexOf('/') + 1);
      indices.merge(last, i, (first, second) -> AMBIGUOUS);
    }
    for (int i = 0; i < names.size(); i++) {
      indices.put(names.get(i), i);
    }
    return indices;
  }

  private void add(CSVRecord line, long number) {
    if (line.getRecordNumber() == 1 && line.toList().equals(HEADER)) {
      return;
    }
    if (line.size() != 2 || line.get(0).isEmpty() || line.get(1).isEmpty()) {
      throw wrong(number, "has not an image's name and a class's name; write `image.png,class`");
    }
    String name = line.get(0);
    Integer image = images.get(name);
    if (image == null) {
      throw wrong(number, "names '" + name + "', which is no image of the data; correct the name");
    }
    if (image == AMBIGUOUS) {
      throw wrong(
          number, "names '" + name + "', which several folders have; write the folder before it");
    }
    String earlier = classes.put(image, line.get(1));
    if (earlier != null && !earlier.equals(line.get(1))) {
      throw wrong(
          number,
          "gives '%s' the class %s, and an earlier line %s; keep one"
              .formatted(name, line.get(1), earlier));
    }
  }

  private BadInputException wrong(long number, String what) {
    return new BadInputException("⟨labels⟩ %s line %d %s".formatted(file, number, what));
  }

  private GivenLabels given(int count) {
    if (classes.isEmpty()) {
      throw new BadInputException(
          "⟨labels⟩ %s labels no image; give an image's name and its class's name per line"
              .formatted(file));
    }
    List<String> names = classes.values().stream().distinct().sorted().toList();
    int[] labels = new int[count];
    Arrays.fill(labels, GivenLabels.NONE);
    classes.forEach((image, name) -> labels[image] = names.indexOf(name));
    return new GivenLabels(names, labels, new int[0]);
  }
}
