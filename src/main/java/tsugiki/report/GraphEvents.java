package tsugiki.report;

import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.proto.GraphDef;

/** The event file of a graph that no training writes, for TensorBoard's page Graphs. */
public final class GraphEvents {
  private GraphEvents() {}

  /**
   * Writes it.
   *
   * @param folder made when missing
   * @return the file
   * @throws tsugiki.base.BadInputException when the folder cannot be made
   * @throws java.io.UncheckedIOException when the file cannot be written; nothing of it is left
   *     then
   */
  public static Path write(Path folder, GraphDef graph) {
    boolean made = !Files.exists(folder);
    EventWriter writer = EventWriter.open(folder);
    boolean whole = false;
    try {
      try (writer) {
        writer.graph(graph);
      }
      whole = true;
      return writer.file();
    } finally {
      if (!whole) {
        writer.file().toFile().delete();
        if (made) {
          folder.toFile().delete();
        }
      }
    }
  }
}
