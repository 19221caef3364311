package tsugiki.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.features.Features;

/** The most probable classes of every image, for people, and all probabilities, for programs. */
public final class ClassTable {
  /** The number of classes per image that is usually quoted. */
  public static final int TOP = 5;

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').setQuoteMode(QuoteMode.MINIMAL).get();

  private ClassTable() {}

  /**
   * One image.
   *
   * @param image its name
   * @param classes the most probable classes, the first one first
   */
  public record Row(String image, List<Share> classes) {}

  /**
   * A class of an image.
   *
   * @param name the class's name, or its number where it has none
   * @param number from 0
   * @param probability in [0, 1]
   */
  public record Share(String name, int number, double probability) {}

  /**
   * The rows of all images.
   *
   * @throws BadInputException if there are names for another number of classes
   */
  public static List<Row> rows(ClassProbabilities classes) {
    int count = classes.values().dimensions();
    if (!classes.names().isEmpty() && classes.names().size() != count) {
      throw new BadInputException(
          "⟨classNames⟩ lists %d names, and there are %d classes; give one name per line, in order"
              .formatted(classes.names().size(), count));
    }
    return IntStream.range(0, classes.values().count()).mapToObj(i -> row(classes, i)).toList();
  }

  private static Row row(ClassProbabilities classes, int row) {
    Features values = classes.values();
    List<Share> top =
        IntStream.range(0, values.dimensions())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -values.get(row, c)))
            .limit(TOP)
            .map(c -> new Share(name(classes, c), c, values.get(row, c)))
            .toList();
    return new Row(classes.images().isEmpty() ? "row " + row : classes.images().get(row), top);
  }

  private static String name(ClassProbabilities classes, int number) {
    return classes.names().isEmpty() ? Integer.toString(number) : classes.names().get(number);
  }

  /**
   * Writes a file, which appears when it is whole.
   *
   * @param file {@code .csv} or {@code .json} for the most probable classes, or {@code .npy} for
   *     all probabilities
   * @throws BadInputException if there are names for another number of classes
   */
  public static void write(Path file, ClassProbabilities classes) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      AtomicFile.write(file, out -> writeNumpy(out, classes));
    } else if (name.endsWith(".csv")) {
      AtomicFile.write(file, out -> writeCsv(out, classes));
    } else {
      ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      AtomicFile.write(file, out -> out.write(json.writeValueAsBytes(rows(classes))));
    }
  }

  /**
   * Writes one line per image: its name, then name and probability of its most probable classes.
   *
   * @param out where to, in UTF-8; left open
   */
  public static void writeCsv(OutputStream out, ClassProbabilities classes) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter csv = new CSVPrinter(text, FORMAT);
    csv.print("image");
    for (int i = 1; i <= Math.min(TOP, classes.values().dimensions()); i++) {
      csv.print("class_" + i);
      csv.print("probability_" + i);
    }
    csv.println();
    for (Row row : rows(classes)) {
      csv.print(row.image());
      for (Share share : row.classes()) {
        csv.print(share.name());
        csv.print((float) share.probability());
      }
      csv.println();
    }
    csv.flush();
  }

  /** Writes all probabilities as float32 [N, C]; the stream is left open. */
  public static void writeNumpy(OutputStream out, ClassProbabilities classes) throws IOException {
    Features values = classes.values();
    NumpyFile.write(out, values.toArray(), values.count(), values.dimensions());
  }
}
