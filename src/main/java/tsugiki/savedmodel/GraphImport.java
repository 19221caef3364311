package tsugiki.savedmodel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphNodes;

/**
 * Copies nodes of a model into a graph that is being built, connected to what is there already:
 * TensorFlow Java's {@code importGraphDef} connects an import to nothing. What does not depend on
 * the tensors that are replaced, the variables above all, is copied once.
 */
final class GraphImport {
  private static final class Definitions {
    /** Every operation that TensorFlow knows, by name; made when a model is first copied. */
    static final Map<String, OpDef> ALL =
        TensorFlow.registeredOpList().getOpList().stream()
            .collect(Collectors.toMap(OpDef::getName, op -> op));
  }

  private final String model;
  private final GraphNodes net;
  private final Ops shared;
  private final Map<String, Output<?>> replaced = new HashMap<>();
  private final Map<String, Operation> once = new HashMap<>();

  /**
   * Makes one for one graph.
   *
   * @param model what errors call the model
   * @param net its nodes
   * @param shared the scope of what is copied once
   */
  GraphImport(String model, GraphNodes net, Ops shared) {
    this.model = model;
    this.net = net;
    this.shared = shared;
  }

  /** From now on, whatever reads that tensor of the model reads this one. */
  void replaceAlways(String tensor, Output<?> by) {
    replaced.put(full(tensor), by);
  }

  /** An operation that depends on nothing but what was always replaced. */
  Operation operation(String node) {
    copy(shared, node, Map.of(), once);
    return once.get(node);
  }

  /**
   * A tensor of the model.
   *
   * @param tf the scope of what is copied for it
   * @param tensor its name, {@code node:0}
   * @param instead tensors of this graph by the names of those of the model that they stand for
   */
  Output<?> tensor(Ops tf, String tensor, Map<String, Output<?>> instead) {
    Map<String, Output<?>> here = new HashMap<>();
    instead.forEach((name, output) -> here.put(full(name), output));
    if (here.containsKey(full(tensor))) {
      return here.get(full(tensor));
    }
    Map<String, Operation> fresh = new HashMap<>();
    copy(tf, GraphNodes.node(tensor), here, fresh);
    return output(full(tensor), fresh);
  }

  /** Copies a node and what it needs, inputs first. */
  private void copy(Ops tf, String end, Map<String, Output<?>> here, Map<String, Operation> fresh) {
    Set<String> dependent = dependent(end, here);
    Deque<String> open = new ArrayDeque<>(List.of(end));
    Set<String> visited = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.peek();
      if (once.containsKey(name) || fresh.containsKey(name)) {
        open.pop();
      } else if (visited.add(name)) {
        inputs(name, here).forEach(open::push);
      } else {
        open.pop();
        if (dependent.contains(name)) {
          fresh.put(name, build(tf, node(name), here, fresh));
        } else {
          once.put(name, build(shared, node(name), Map.of(), fresh));
        }
      }
    }
  }

  /** The nodes below {@code end} that what is replaced here reaches. */
  private Set<String> dependent(String end, Map<String, Output<?>> here) {
    Set<String> found = new HashSet<>();
    if (here.isEmpty()) {
      return found;
    }
    Set<String> needed = net.needed(List.of(end));
    for (boolean grew = true; grew; ) {
      grew = false;
      for (String name : needed) {
        boolean reached =
            node(name).getInputList().stream()
                .anyMatch(
                    input ->
                        here.containsKey(full(input)) || found.contains(GraphNodes.node(input)));
        grew |= reached && found.add(name);
      }
    }
    return found;
  }

  private List<String> inputs(String name, Map<String, Output<?>> here) {
    return node(name).getInputList().stream()
        .filter(input -> !replaced.containsKey(full(input)) && !here.containsKey(full(input)))
        .map(GraphNodes::node)
        .toList();
  }

  private NodeDef node(String name) {
    NodeDef node = net.nodes().get(name);
    if (node == null) {
      throw new BadInputException(
          model + " is damaged (its graph lacks the node " + name + "); get it again");
    }
    return node;
  }

  private Operation build(
      Ops tf, NodeDef node, Map<String, Output<?>> here, Map<String, Operation> fresh) {
    OpDef definition = Definitions.ALL.get(node.getOp());
    if (definition == null) {
      throw new BadInputException(
          "%s has the operation %s, which TensorFlow Java does not know; freeze the model"
              .formatted(model, node.getOp()));
    }
    String name =
        node.getName().replaceAll("[^A-Za-z0-9_.-]", ".").replaceFirst("^[^A-Za-z0-9.]", "n$0");
    OperationBuilder builder =
        tf.scope().env().opBuilder(node.getOp(), tf.scope().makeOpName(name), tf.scope());
    List<Output<?>> data = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (input.startsWith("^")) {
        String before = GraphNodes.node(input);
        builder.addControlInput(fresh.getOrDefault(before, once.get(before)));
      } else {
        String tensor = full(input);
        Output<?> other = here.getOrDefault(tensor, replaced.get(tensor));
        data.add(other != null ? other : output(tensor, fresh));
      }
    }
    addInputs(builder, definition, node, data);
    node.getAttrMap()
        .forEach(
            (key, value) -> {
              if (!key.startsWith("_")) { // Notes for other loaders.
                builder.setAttr(key, value);
              }
            });
    return builder.build();
  }

  private static void addInputs(
      OperationBuilder builder, OpDef definition, NodeDef node, List<Output<?>> data) {
    int next = 0;
    for (OpDef.ArgDef argument : definition.getInputArgList()) {
      boolean counted = !argument.getNumberAttr().isEmpty();
      if (counted || !argument.getTypeListAttr().isEmpty()) {
        int count =
            counted
                ? Math.toIntExact(node.getAttrOrThrow(argument.getNumberAttr()).getI())
                : node.getAttrOrThrow(argument.getTypeListAttr()).getList().getTypeCount();
        builder.addInputList(data.subList(next, next + count).toArray(new Output<?>[0]));
        next += count;
      } else {
        builder.addInput(data.get(next++));
      }
    }
  }

  private Output<?> output(String tensor, Map<String, Operation> fresh) {
    String node = GraphNodes.node(tensor);
    int index = Integer.parseInt(tensor.substring(node.length() + 1));
    return fresh.getOrDefault(node, once.get(node)).output(index);
  }

  /** {@code node:0} for {@code node}. */
  private static String full(String tensor) {
    return tensor.startsWith("^") || tensor.contains(":") ? tensor : tensor + ":0";
  }
}
