package tsugiki.pretrained;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.weights.NamedArrays;

/**
 * The constants of the official frozen graph {@code classify_image_graph_def.pb}. They are read and
 * nothing of the graph is run, so that the file may come from anywhere.
 */
final class FrozenInceptionGraph implements NamedArrays {
  /** How the file is called in the official archive. */
  static final String OFFICIAL_NAME = "classify_image_graph_def.pb";

  private static final String CONSTANT = "Const";
  private static final String SCALED = "scale_after_normalization";
  private static final String NORM = "BatchNormWithGlobalNormalization";

  private final Path file;
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final Map<String, NodeDef> norms = new LinkedHashMap<>();

  private FrozenInceptionGraph(Path file, GraphDef graph) {
    this.file = file;
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals(CONSTANT)) {
        TensorProto value = node.getAttrOrThrow("value").getTensor();
        if (value.getDtype() == DataType.DT_FLOAT) {
          constants.put(node.getName(), value);
        }
      } else if (node.getOp().equals(NORM)) {
        norms.put(node.getName(), node);
      }
    }
  }

  /**
   * Reads the file.
   *
   * @throws BadInputException if it is no frozen graph, or its normalisations have another ε or do
   *     not say whether they scale
   */
  static FrozenInceptionGraph read(Path file) {
    FrozenInceptionGraph graph;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      graph = new FrozenInceptionGraph(file, GraphDef.parseFrom(in));
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "'%s' cannot be read as a frozen graph (%s); get %s again"
              .formatted(file, Reason.of(e), OFFICIAL_NAME),
          e);
    }
    graph.checkNorms();
    return graph;
  }

  private void checkNorms() {
    for (NodeDef norm : norms.values()) {
      float epsilon = norm.getAttrOrDefault("variance_epsilon", number(0)).getF();
      if (Math.abs(epsilon - InceptionArrays.EPSILON) > 1e-8) {
        throw new BadInputException(
            "the node %s of '%s' normalises with the epsilon %s, where Inception v3 has %s; give %s"
                .formatted(norm.getName(), file, epsilon, InceptionArrays.EPSILON, OFFICIAL_NAME));
      }
      if (!norm.containsAttr(SCALED)) {
        throw new BadInputException(
            "the node %s of '%s' does not say whether it multiplies by its factor (no attribute %s); give %s"
                .formatted(norm.getName(), file, SCALED, OFFICIAL_NAME));
      }
    }
  }

  private static AttrValue number(float value) {
    return AttrValue.newBuilder().setF(value).build();
  }

  /**
   * What lies where: {@code conv/conv2d_params}, {@code conv/batchnorm/beta}. A factor that the
   * graph has but does not multiply by is left out.
   */
  InceptionLayout layout() {
    return new InceptionLayout(this::convolution, "softmax/weights", "softmax/biases", false);
  }

  private ConvolutionNames convolution(String layer) {
    String norm = layer + "/batchnorm";
    NodeDef node = norms.get(norm);
    boolean scaled = node == null || node.getAttrOrThrow(SCALED).getB();
    return new ConvolutionNames(
        layer + "/conv2d_params",
        scaled ? Optional.of(norm + "/gamma") : Optional.empty(),
        norm + "/beta",
        norm + "/moving_mean",
        norm + "/moving_variance");
  }

  @Override
  public Set<String> names() {
    return constants.keySet();
  }

  @Override
  public long[] shape(String name) {
    return ConstantTensor.shape(constant(name));
  }

  @Override
  public float[] values(String name) {
    return ConstantTensor.floats(constant(name))
        .orElseThrow(
            () ->
                new BadInputException(
                    "the constant %s of '%s' does not have the %d numbers of its shape; get %s again"
                        .formatted(
                            name, file, ConstantTensor.count(constant(name)), OFFICIAL_NAME)));
  }

  private TensorProto constant(String name) {
    TensorProto constant = constants.get(name);
    if (constant == null) {
      throw new BadInputException(
          "'%s' has no constant %s; give %s".formatted(file, name, OFFICIAL_NAME));
    }
    return constant;
  }
}
