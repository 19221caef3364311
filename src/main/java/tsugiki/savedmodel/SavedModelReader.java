package tsugiki.savedmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.graph.VariableOps;

/** The reader of the file {@code saved_model.pb}; it runs nothing. */
public final class SavedModelReader {
  /** The tag of the graph that is served. */
  static final String TAG = "serve";

  /** Graphs are of megabytes; weights lie beside them. */
  static final long MOST_BYTES = 1L << 30;

  private SavedModelReader() {}

  /**
   * Checks every graph of a model that others wrote: what loading it and calling any of its
   * signatures would run must only compute.
   *
   * @throws BadInputException if the folder holds no SavedModel, a damaged or a too large one, or
   *     one with another operation, naming it
   */
  public static void checkTrusted(Path directory) {
    for (MetaGraphDef model : graphs(directory)) {
      for (SignatureDef signature : model.getSignatureDefMap().values()) {
        TrustedOps.checked(directory, model, signature);
      }
    }
  }

  /**
   * The nodes of all graphs of a model.
   *
   * @throws BadInputException if the folder holds no SavedModel, or a damaged or a too large one
   */
  public static List<NodeDef> nodes(Path directory) {
    return graphs(directory).stream()
        .flatMap(model -> model.getGraphDef().getNodeList().stream())
        .toList();
  }

  /**
   * The graph that is served.
   *
   * @throws BadInputException if the folder holds no SavedModel, a damaged one, one without its
   *     weights, or one that is not served
   */
  static MetaGraphDef serving(Path directory) {
    MetaGraphDef model =
        graphs(directory).stream()
            .filter(SavedModelReader::isServed)
            .findFirst()
            .orElseThrow(() -> damaged(directory, "no graph is tagged " + TAG, null));
    Path index = SavedModelWriter.index(directory);
    if (hasVariables(model) && !Files.isRegularFile(index)) {
      throw damaged(directory, "its weights are missing: there is no " + index, null);
    }
    return model;
  }

  private static boolean hasVariables(MetaGraphDef model) {
    return model.getGraphDef().getNodeList().stream()
        .anyMatch(n -> VariableOps.TYPES.contains(n.getOp()));
  }

  /**
   * The graph that is served, or the first one of a model that is not. Of a file it is the graph in
   * it, see {@link GraphFile}.
   *
   * @throws BadInputException if the folder holds no SavedModel, or a damaged one
   */
  static MetaGraphDef any(Path directory) {
    if (GraphFile.isOne(directory)) {
      return GraphFile.read(directory);
    }
    List<MetaGraphDef> graphs = graphs(directory);
    return graphs.stream()
        .filter(SavedModelReader::isServed)
        .findFirst()
        .or(() -> graphs.stream().findFirst())
        .orElseThrow(() -> damaged(directory, "it holds no graph", null));
  }

  static BadInputException damaged(Path directory, String what, Throwable cause) {
    return new BadInputException(
        "the SavedModel " + directory + " cannot be loaded (" + what + "); get it again", cause);
  }

  private static boolean isServed(MetaGraphDef graph) {
    return graph.getMetaInfoDef().getTagsList().equals(List.of(TAG));
  }

  private static List<MetaGraphDef> graphs(Path directory) {
    Path file = SavedModelWriter.graph(directory);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          directory
              + " is no SavedModel: there is no "
              + file
              + "; give the model/ folder of a run");
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw damaged(
            directory,
            "its graph has %d bytes, a network's far fewer".formatted(Files.size(file)),
            null);
      }
      return SavedModel.parseFrom(Files.readAllBytes(file)).getMetaGraphsList();
    } catch (IOException e) {
      throw damaged(directory, Reason.of(e), e);
    }
  }
}
