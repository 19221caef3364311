package tsugiki.pretrained;

import java.nio.file.Path;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Small frozen graphs of the kind of the official Inception's, for tests of other packages. */
public final class FrozenGraphs {
  private FrozenGraphs() {}

  /** One: two constants, a normalisation and a placeholder. */
  public static byte[] small() {
    return GraphDef.newBuilder()
        .addNode(NodeDef.newBuilder().setName("in").setOp("Placeholder").putAttr("dtype", FLOAT))
        .addNode(constant("conv/conv2d_params", 1, 1, 3, 2))
        .addNode(constant("conv/batchnorm/beta", 2))
        .addNode(
            NodeDef.newBuilder()
                .setName("conv/batchnorm")
                .setOp("BatchNormWithGlobalNormalization")
                .addInput("in")
                .addInput("conv/batchnorm/beta")
                .putAttr("T", FLOAT)
                .putAttr("variance_epsilon", AttrValue.newBuilder().setF(0.001f).build())
                .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(false).build()))
        .build()
        .toByteArray();
  }

  private static final AttrValue FLOAT = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();

  static NodeDef constant(String name, int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT);
    int count = 1;
    for (int size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
      count *= size;
    }
    for (int i = 0; i < count; i++) {
      tensor.addFloatVal(i);
    }
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Const")
        .putAttr("dtype", FLOAT)
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor.setTensorShape(shape)).build())
        .build();
  }

  /**
   * Reads all constants of one, as the official Inception's are read.
   *
   * @throws tsugiki.base.BadInputException if it cannot be
   */
  public static void read(Path file) {
    FrozenInceptionGraph graph = FrozenInceptionGraph.read(file);
    graph.names().forEach(graph::values);
  }
}
