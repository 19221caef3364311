package tsugiki.savedmodel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphNodes;
import tsugiki.graph.Resample;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.WeightsFile;

/**
 * Any SavedModel that takes images and gives features: {@code DIR#INPUT,OUTPUT} by the names of a
 * signature, or {@code DIR} where there is one of each. An input of bytes takes them as they are; a
 * float input takes images from 0 to 1, as TensorFlow Hub has it, unless a third word says {@code
 * -1..1} or {@code 0..255}. Its variables are its own and restored from its own checkpoint, so none
 * of them is among {@link Weights}.
 */
public final class LoadedNetwork implements FrozenNetwork {
  /** What it is called on the command line. */
  public static final String KIND = "savedmodel";

  private static final Set<String> CALLS = Set.of("PartitionedCall", "StatefulPartitionedCall");
  private static final String UNIT = "0..1";

  /** By the word for a range, what 0 … 255 is multiplied by and what is then added. */
  private static final Map<String, float[]> RANGES =
      Map.of(
          UNIT,
          new float[] {1 / 255f, 0},
          "-1..1",
          new float[] {1 / 127.5f, -1},
          "0..255",
          new float[] {1, 0});

  private final Path folder;
  private final MetaGraphDef model;
  private final FeatureSignature signature;
  private final String range;
  private final CopiedModel copy;

  private LoadedNetwork(Path folder, MetaGraphDef model, FeatureSignature signature, String range) {
    this.folder = folder;
    this.model = model;
    this.signature = signature;
    this.range = range;
    this.copy = new CopiedModel(folder, model);
  }

  /**
   * Opens one.
   *
   * @param argument the argument that named it, for the message
   * @param name what follows {@code savedmodel:}
   * @throws BadInputException if there is no such model, input or output, or if its graph does more
   *     than compute
   */
  public static LoadedNetwork open(String argument, String name) {
    int hash = name.lastIndexOf('#');
    Path folder = Path.of(hash < 0 ? name : name.substring(0, hash));
    List<String> words = hash < 0 ? List.of() : List.of(name.substring(hash + 1).split(","));
    String range = words.size() == 3 ? words.get(2) : UNIT;
    if (words.size() == 1 || words.size() > 3 || !RANGES.containsKey(range) || name.isEmpty()) {
      throw new BadInputException(
          "%s savedmodel:%s is not understood; write savedmodel:DIR#INPUT,OUTPUT and, for a float"
                  .formatted(argument, name)
              + " input that is not from 0 to 1, a third word -1..1 or 0..255");
    }
    MetaGraphDef model = SavedModelReader.serving(folder);
    FeatureSignature signature =
        FeatureSignature.of(folder, model, words.isEmpty() ? words : words.subList(0, 2));
    MetaGraphDef checked = TrustedOps.checked(folder, model, signature.signature());
    return new LoadedNetwork(folder, checked, signature, range);
  }

  /** One map: the output, as [N, 1, 1, D] where it has no places. */
  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    GraphNodes net = GraphNodes.of(model.getGraphDef());
    Set<String> needed = net.needed(List.of(GraphNodes.node(signature.output().getName())));
    boolean calls = needed.stream().anyMatch(node -> CALLS.contains(net.nodes().get(node).getOp()));
    if (calls || signature.isBytes()) {
      throw new BadInputException(
          "the SavedModel %s gives no gradient (%s), so it can score but not teach; freeze it first"
              .formatted(
                  folder,
                  calls ? "it calls TensorFlow 2 functions" : "its input takes whole numbers"));
    }
    Operand<TFloat32> pixels =
        tf.math.mul(tf.math.add(images, tf.constant(1f)), tf.constant(127.5f));
    Operand<TFloat32> map = output(tf, pixels);
    int rank = map.shape().numDimensions();
    if (rank == 2) {
      map = tf.reshape(map, tf.constant(new long[] {-1, 1, 1, map.shape().get(1)}));
    }
    if (map.shape().hasUnknownDimension() || map.shape().numDimensions() != 4) {
      throw wrongShape(map);
    }
    return List.of(map);
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> output = output(tf, pixels);
    return switch (output.shape().numDimensions()) {
      case 2 -> output;
      case 4 -> tf.math.mean(output, tf.constant(new int[] {1, 2}));
      default -> throw wrongShape(output);
    };
  }

  private BadInputException wrongShape(Operand<TFloat32> output) {
    return new BadInputException(
        "the output %s of the SavedModel %s has the shape %s, not [N, D] or [N, H, W, C]; name"
                .formatted(signature.outputName(), folder, output.shape())
            + " another");
  }

  private Operand<TFloat32> output(Ops tf, Operand<TFloat32> pixels) {
    Operand<TFloat32> x = resized(tf, pixels);
    Operand<?> input;
    if (signature.isBytes()) {
      input = tf.dtypes.cast(tf.math.rint(x), TUint8.class);
    } else {
      float[] line = RANGES.get(range);
      input = tf.math.add(tf.math.mul(x, tf.constant(line[0])), tf.constant(line[1]));
    }
    return copy.tensor(
            tf.withSubScope("SavedModel"),
            signature.output().getName(),
            Map.of(signature.input().getName(), input.asOutput()))
        .expect(TFloat32.class);
  }

  private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> pixels) {
    long height = signature.side(1);
    long width = signature.side(2);
    boolean fits =
        (height < 0 || height == pixels.shape().get(1))
            && (width < 0 || width == pixels.shape().get(2));
    return fits
        ? pixels
        : Resample.bilinear(
            tf,
            pixels,
            Math.toIntExact(height < 0 ? pixels.shape().get(1) : height),
            Math.toIntExact(width < 0 ? pixels.shape().get(2) : width));
  }

  @Override
  public void fill(Session session, Weights weights) {
    copy.restore(session);
  }

  /** Of the graph and the variables; nobody publishes a sum for an arbitrary model. */
  @Override
  public Optional<WeightsFile> weightsFile() {
    return Optional.of(new WeightsFile(ModelFolder.digest(folder), false));
  }

  @Override
  public String name() {
    return KIND + ":" + folder.getFileName();
  }

  @Override
  public String protocol() {
    String takes = signature.isBytes() ? "bytes" : "floats in " + range;
    return "the output %s of %s, which takes %s; a map's mean over its places"
        .formatted(signature.outputName(), folder, takes);
  }
}
