package tsugiki.report;

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
   */
  public static Path write(Path folder, GraphDef graph) {
    try (EventWriter events = EventWriter.open(folder)) {
      events.graph(graph);
      return events.file();
    }
  }
}
