package tsugiki.pretrained;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/**
 * The graph of {@code classify_image_graph_def.pb} with its node names, operations and shapes, but
 * random weights. It is written down here once more, node by node and apart from the code that it
 * judges. With another prefix the same constants serve a network with other poolings beside it.
 */
final class OfficialInceptionGraph {
  private static final AttrValue FLOAT = type(DataType.DT_FLOAT);

  /** The constants by name, in row-major order. */
  final Map<String, float[]> values = new LinkedHashMap<>();

  /** Their shapes. */
  final Map<String, long[]> shapes = new LinkedHashMap<>();

  // BatchNormWithGlobalNormalization may be in graphs of versions before 9 only.
  private final GraphDef.Builder graph =
      GraphDef.newBuilder().setVersions(VersionDef.newBuilder().setProducer(8));
  private final Map<String, Integer> channels = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(20151205);
  private String prefix;
  private boolean countsPadding;
  private String lastPool;

  OfficialInceptionGraph() {
    graph.addNode(node("ExpandDims", "Placeholder").putAttr("dtype", FLOAT));
    network("", false, "MaxPool");
    shape("softmax/weights", 2048, 1008);
    draw("softmax/weights", Math.sqrt(1.0 / 2048), 0);
    shape("softmax/biases", 1008);
    draw("softmax/biases", 1, 0);
    add("softmax/logits/MatMul", "MatMul", "pool_3/_reshape", "softmax/weights");
    add("softmax/logits", "Add", "softmax/logits/MatMul", "softmax/biases");
    add("softmax", "Softmax", "softmax/logits");
  }

  GraphDef build() {
    return graph.build();
  }

  /** Adds the network under a prefix: {@code keras/mixed_10/join}. */
  void network(String prefix, boolean countsPadding, String lastPool) {
    this.prefix = prefix;
    this.countsPadding = countsPadding;
    this.lastPool = lastPool;
    integers(prefix + "ResizeBilinear/size", List.of(2L), 299, 299);
    add("ResizeBilinear", "ResizeBilinear", "/ExpandDims", "ResizeBilinear/size");
    number("Sub/y", 128);
    number("Mul/y", 0.0078125f);
    add("Sub", "Sub", "ResizeBilinear", "Sub/y");
    channels.put(add("Mul", "Mul", "Sub", "Mul/y"), 3);
    conv("conv", "Mul", 3, 3, 32, 2, "VALID");
    conv("conv_1", "conv", 3, 3, 32, 1, "VALID");
    conv("conv_2", "conv_1", 3, 3, 64, 1, "SAME");
    pool("pool", "MaxPool", "conv_2", 3, 2, "VALID");
    conv("conv_3", "pool", 1, 1, 80, 1, "VALID");
    conv("conv_4", "conv_3", 3, 3, 192, 1, "VALID");
    pool("pool_1", "MaxPool", "conv_4", 3, 2, "VALID");
    fine("mixed", "pool_1", 32);
    fine("mixed_1", "mixed/join", 64);
    fine("mixed_2", "mixed_1/join", 64);
    String x = "mixed_2/join";
    conv("mixed_3/conv", x, 3, 3, 384, 2, "VALID");
    conv("mixed_3/tower/conv", x, 1, 1, 64, 1, "SAME");
    conv("mixed_3/tower/conv_1", "mixed_3/tower/conv", 3, 3, 96, 1, "SAME");
    conv("mixed_3/tower/conv_2", "mixed_3/tower/conv_1", 3, 3, 96, 2, "VALID");
    pool("mixed_3/pool", "MaxPool", x, 3, 2, "VALID");
    join("mixed_3", "conv", "tower/conv_2", "pool");
    middle("mixed_4", "mixed_3/join", 128);
    middle("mixed_5", "mixed_4/join", 160);
    middle("mixed_6", "mixed_5/join", 160);
    middle("mixed_7", "mixed_6/join", 192);
    x = "mixed_7/join";
    conv("mixed_8/tower/conv", x, 1, 1, 192, 1, "SAME");
    conv("mixed_8/tower/conv_1", "mixed_8/tower/conv", 3, 3, 320, 2, "VALID");
    conv("mixed_8/tower_1/conv", x, 1, 1, 192, 1, "SAME");
    conv("mixed_8/tower_1/conv_1", "mixed_8/tower_1/conv", 1, 7, 192, 1, "SAME");
    conv("mixed_8/tower_1/conv_2", "mixed_8/tower_1/conv_1", 7, 1, 192, 1, "SAME");
    conv("mixed_8/tower_1/conv_3", "mixed_8/tower_1/conv_2", 3, 3, 192, 2, "VALID");
    pool("mixed_8/pool", "MaxPool", x, 3, 2, "VALID");
    join("mixed_8", "tower/conv_1", "tower_1/conv_3", "pool");
    coarse("mixed_9", "mixed_8/join", "AvgPool");
    coarse("mixed_10", "mixed_9/join", this.lastPool);
    pool("pool_3", "AvgPool", "mixed_10/join", 8, 1, "VALID");
    integers(prefix + "pool_3/_reshape/shape", List.of(2L), -1, 2048);
    add("pool_3/_reshape", "Reshape", "pool_3", "pool_3/_reshape/shape");
  }

  private void fine(String block, String x, int pooled) {
    conv(block + "/conv", x, 1, 1, 64, 1, "SAME");
    conv(block + "/tower/conv", x, 1, 1, 48, 1, "SAME");
    conv(block + "/tower/conv_1", block + "/tower/conv", 5, 5, 64, 1, "SAME");
    conv(block + "/tower_1/conv", x, 1, 1, 64, 1, "SAME");
    conv(block + "/tower_1/conv_1", block + "/tower_1/conv", 3, 3, 96, 1, "SAME");
    conv(block + "/tower_1/conv_2", block + "/tower_1/conv_1", 3, 3, 96, 1, "SAME");
    pool(block + "/tower_2/pool", "AvgPool", x, 3, 1, "SAME");
    conv(block + "/tower_2/conv", block + "/tower_2/pool", 1, 1, pooled, 1, "SAME");
    join(block, "conv", "tower/conv_1", "tower_1/conv_2", "tower_2/conv");
  }

  private void middle(String block, String x, int width) {
    String twice = block + "/tower_1/";
    conv(block + "/conv", x, 1, 1, 192, 1, "SAME");
    conv(block + "/tower/conv", x, 1, 1, width, 1, "SAME");
    conv(block + "/tower/conv_1", block + "/tower/conv", 1, 7, width, 1, "SAME");
    conv(block + "/tower/conv_2", block + "/tower/conv_1", 7, 1, 192, 1, "SAME");
    conv(twice + "conv", x, 1, 1, width, 1, "SAME");
    conv(twice + "conv_1", twice + "conv", 7, 1, width, 1, "SAME");
    conv(twice + "conv_2", twice + "conv_1", 1, 7, width, 1, "SAME");
    conv(twice + "conv_3", twice + "conv_2", 7, 1, width, 1, "SAME");
    conv(twice + "conv_4", twice + "conv_3", 1, 7, 192, 1, "SAME");
    pool(block + "/tower_2/pool", "AvgPool", x, 3, 1, "SAME");
    conv(block + "/tower_2/conv", block + "/tower_2/pool", 1, 1, 192, 1, "SAME");
    join(block, "conv", "tower/conv_2", "tower_1/conv_4", "tower_2/conv");
  }

  private void coarse(String block, String x, String pool) {
    String once = block + "/tower/";
    String twice = block + "/tower_1/";
    conv(block + "/conv", x, 1, 1, 320, 1, "SAME");
    conv(once + "conv", x, 1, 1, 384, 1, "SAME");
    conv(once + "mixed/conv", once + "conv", 1, 3, 384, 1, "SAME");
    conv(once + "mixed/conv_1", once + "conv", 3, 1, 384, 1, "SAME");
    conv(twice + "conv", x, 1, 1, 448, 1, "SAME");
    conv(twice + "conv_1", twice + "conv", 3, 3, 384, 1, "SAME");
    conv(twice + "mixed/conv", twice + "conv_1", 1, 3, 384, 1, "SAME");
    conv(twice + "mixed/conv_1", twice + "conv_1", 3, 1, 384, 1, "SAME");
    pool(block + "/tower_2/pool", pool, x, 3, 1, "SAME");
    conv(block + "/tower_2/conv", block + "/tower_2/pool", 1, 1, 192, 1, "SAME");
    join(
        block,
        "conv",
        "tower/mixed/conv",
        "tower/mixed/conv_1",
        "tower_1/mixed/conv",
        "tower_1/mixed/conv_1",
        "tower_2/conv");
  }

  private void conv(String name, String x, int height, int width, int out, int stride, String pad) {
    int in = channels.get(prefix + x);
    shape(name + "/conv2d_params", height, width, in, out);
    draw(name + "/conv2d_params", Math.sqrt(2.0 / (height * width * in)), 0);
    String norm = name + "/batchnorm";
    for (String part : List.of("/beta", "/gamma", "/moving_mean", "/moving_variance")) {
      shape(norm + part, out);
    }
    draw(norm + "/beta", 0.1, 0);
    draw(norm + "/moving_mean", 0.1, 0);
    draw(norm + "/moving_variance", 0.2, 1);
    // The stem has ones, in the short form that a constant of one number may have.
    draw(norm + "/gamma", name.startsWith("mixed") ? 0.2 : 0, 1);
    NodeDef.Builder product =
        node(prefix + name + "/Conv2D", "Conv2D", prefix + x, name + "/conv2d_params");
    graph.addNode(
        product
            .putAttr("T", FLOAT)
            .putAttr("strides", ints(1, stride, stride, 1))
            .putAttr("padding", text(pad)));
    graph.addNode(
        node(
                prefix + norm,
                "BatchNormWithGlobalNormalization",
                prefix + name + "/Conv2D",
                norm + "/moving_mean",
                norm + "/moving_variance",
                norm + "/beta",
                norm + "/gamma")
            .putAttr("T", FLOAT)
            .putAttr("variance_epsilon", AttrValue.newBuilder().setF(0.001f).build())
            .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(true).build()));
    channels.put(add(name, "Relu", norm), out);
  }

  private void pool(String name, String op, String x, int size, int stride, String padding) {
    String input = prefix + x;
    String borders = padding;
    if (op.equals("AvgPool") && padding.equals("SAME") && countsPadding) {
      integers(prefix + name + "/border", List.of(4L, 2L), 0, 0, 1, 1, 1, 1, 0, 0);
      input = add(name + "/padded", "Pad", x, name + "/border");
      borders = "VALID";
    }
    graph.addNode(
        node(prefix + name, op, input)
            .putAttr("T", FLOAT)
            .putAttr("ksize", ints(1, size, size, 1))
            .putAttr("strides", ints(1, stride, stride, 1))
            .putAttr("padding", text(borders)));
    channels.put(prefix + name, channels.get(prefix + x));
  }

  private void join(String block, String... branches) {
    String name = prefix + block + "/join";
    integers(name + "/concat_dim", List.of(), 3);
    NodeDef.Builder join = node(name, "Concat", name + "/concat_dim");
    int sum = 0;
    for (String branch : branches) {
      join.addInput(prefix + block + "/" + branch);
      sum += channels.get(prefix + block + "/" + branch);
    }
    graph.addNode(
        join.putAttr("T", FLOAT)
            .putAttr("N", AttrValue.newBuilder().setI(branches.length).build()));
    channels.put(name, sum);
  }

  /** A node whose inputs have the prefix, unless they begin with a slash or are weights. */
  private String add(String name, String op, String... inputs) {
    NodeDef.Builder node = node(prefix + name, op);
    for (String input : inputs) {
      boolean shared = input.startsWith("/") || values.containsKey(input);
      node.addInput(shared ? input.replaceFirst("^/", "") : prefix + input);
    }
    // ResizeBilinear's is the type of its input, too.
    graph.addNode(node.putAttr("T", FLOAT));
    return prefix + name;
  }

  private static NodeDef.Builder node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
  }

  private void shape(String name, long... shape) {
    shapes.put(name, shape);
  }

  /** Draws a constant around a mean, at the first call of its name. */
  private void draw(String name, double deviation, double mean) {
    if (values.containsKey(name)) {
      return;
    }
    long count = 1;
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long side : shapes.get(name)) {
      count *= side;
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(side));
    }
    float[] drawn = new float[(int) count];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (mean + deviation * Math.sqrt(3) * (2 * random.nextDouble() - 1));
    }
    values.put(name, drawn);
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(shape);
    if (deviation == 0) {
      tensor.addFloatVal((float) mean);
    } else {
      ByteBuffer bytes =
          ByteBuffer.allocate(drawn.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(drawn);
      tensor.setTensorContent(ByteString.copyFrom(bytes));
    }
    constant(name, FLOAT, tensor);
  }

  private void number(String name, float value) {
    constant(
        prefix + name,
        FLOAT,
        TensorProto.newBuilder()
            .setDtype(DataType.DT_FLOAT)
            .setTensorShape(TensorShapeProto.newBuilder())
            .addFloatVal(value));
  }

  private void integers(String name, List<Long> shape, int... numbers) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    shape.forEach(side -> sides.addDim(TensorShapeProto.Dim.newBuilder().setSize(side)));
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(sides);
    for (int number : numbers) {
      tensor.addIntVal(number);
    }
    constant(name, type(DataType.DT_INT32), tensor);
  }

  private void constant(String name, AttrValue type, TensorProto.Builder tensor) {
    graph.addNode(
        node(name, "Const")
            .putAttr("dtype", type)
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue text(String text) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
  }

  private static AttrValue ints(long... numbers) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (long number : numbers) {
      list.addI(number);
    }
    return AttrValue.newBuilder().setList(list).build();
  }
}
