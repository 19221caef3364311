package tsugiki.graph;

import java.util.Set;

/** The operations that hold a variable. */
public final class VariableOps {
  /** Their types, of TensorFlow 1 and 2. */
  public static final Set<String> TYPES = Set.of("VariableV2", "VarHandleOp", "Variable");

  private VariableOps() {}
}
