package tsugiki.savedmodel;

import static tsugiki.graph.GraphStructure.line;
import static tsugiki.graph.GraphStructure.number;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import tsugiki.graph.GraphStructure;
import tsugiki.savedmodel.ModelInspection.Signature;
import tsugiki.savedmodel.ModelInspection.Tensor;

/**
 * A model as text: what it takes and gives, its structure as {@link GraphStructure} has it, its
 * card.
 */
public final class InspectionText {
  private InspectionText() {}

  /**
   * The weights and operations of a model, one per line; sizes are inferred where the graph only
   * computes, and left out where it does not.
   *
   * @param model what {@link ModelInspection#of} found
   * @throws tsugiki.base.BadInputException if the model is no longer there
   */
  public static String structure(ModelInspection model) {
    StringBuilder text = new StringBuilder("weights\n");
    for (Tensor weight : model.weights()) {
      long count = weight.shape().stream().reduce(1L, (a, b) -> a * b);
      text.append(line(weight.name(), sizes(weight), number(count)));
    }
    text.append("\noperations\n");
    GraphDef graph = SignatureGraph.called(SavedModelReader.any(Path.of(model.model())));
    text.append(model.refused() == null ? inferred(graph) : plain(graph.getNodeList()));
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      text.append("\nfunction ").append(function.getSignature().getName()).append('\n');
      text.append(plain(function.getNodeDefList()));
    }
    return text.toString();
  }

  /**
   * The signatures, the number of parameters, the size, the kind and the classes.
   *
   * @param model what {@link ModelInspection#of} found
   */
  public static String summary(ModelInspection model) {
    StringBuilder text = new StringBuilder();
    for (Signature signature : model.signatures()) {
      text.append("signature ").append(signature.name()).append('\n');
      signature.inputs().forEach(t -> text.append(line("  takes " + t.name(), t.type(), sizes(t))));
      signature
          .outputs()
          .forEach(t -> text.append(line("  gives " + t.name(), t.type(), sizes(t))));
    }
    text.append('\n').append(line("parameters", number(model.parameters()), ""));
    if (model.constants() > 0) {
      text.append(line("numbers in constants", number(model.constants()), ""));
    }
    text.append(line("bytes on disk", number(model.bytes()), ""));
    text.append(line("kind", model.kind() == null ? "not of this project" : model.kind(), ""));
    if (!model.classes().isEmpty()) {
      text.append(line("classes", number(model.classes().size()), ""));
      text.append("  ").append(String.join(", ", model.classes())).append('\n');
    }
    if (model.refused() != null) {
      text.append('\n').append(model.refused()).append('\n');
    }
    return text.toString();
  }

  /**
   * The beginning of the model card, empty without one.
   *
   * @param model what {@link ModelInspection#of} found
   */
  public static String card(ModelInspection model) {
    return String.join("\n", model.card()).strip();
  }

  private static String inferred(GraphDef definition) {
    try (Graph graph = new Graph()) {
      graph.importGraphDef(definition);
      StringBuilder text = new StringBuilder();
      graph.operations().forEachRemaining(op -> text.append(GraphStructure.operation(op)));
      return text.toString();
    } catch (TensorFlowException | IllegalArgumentException e) {
      return plain(definition.getNodeList()); // A graph of a newer TensorFlow.
    }
  }

  private static String plain(List<NodeDef> nodes) {
    return nodes.stream()
        .filter(node -> GraphStructure.isShown(node.getOp()))
        .map(node -> line(node.getName(), node.getOp(), ""))
        .collect(Collectors.joining());
  }

  private static String sizes(Tensor tensor) {
    return tensor.shape() == null ? "[...]" : tensor.shape().toString().replace("-1", "?");
  }
}
