package tsugiki.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Resample;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.ResNet50;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/**
 * ResNet-50 with the weights of a Keras HDF5 file. Its maps are those of the four stages at the
 * images' own size; its features are taken at 224 pixels.
 *
 * @param file for messages
 * @param arrays what it holds
 * @param output what its features are
 */
record ResNet50Network(Path file, NamedArrays arrays, Output output) implements FrozenNetwork {
  /** What it is called on the command line. */
  static final String NAME = "resnet50";

  /** The vectors that scores can be made of. */
  enum Output {
    /** The mean over the last map. */
    FEATURES("2048", "mean over the last map, 2048 channels"),
    /** The classes' logits. */
    LOGITS("logits", "logits of 1000 classes"),
    /** Their softmax. */
    PROBABILITIES("probabilities", "softmax of the logits of 1000 classes");

    private final String word;
    private final String description;

    Output(String word, String description) {
      this.word = word;
      this.description = description;
    }
  }

  /** What Keras calls our weights of a normalisation; the others have one name. */
  private static final Map<String, String> OF_NORM =
      Map.of("gain", "gamma", "bias", "beta", "mean", "moving_mean", "variance", "moving_variance");

  /** What the top layer is called in files of keras_applications, before it was part of Keras. */
  private static final String OLDER_TOP = "probs/";

  /**
   * With a file's weights.
   *
   * @param argument the argument that named it, for the message
   * @throws BadInputException if it is not there or holds no ResNet-50
   */
  static ResNet50Network open(String argument, String file) {
    if (file.isEmpty() || !Files.isRegularFile(Path.of(file))) {
      throw new BadInputException(
          "%s %s:%s names no file of weights; write %s:FILE, where FILE is Keras' HDF5"
              .formatted(argument, NAME, file, NAME));
    }
    Path path = Path.of(file);
    ResNet50Network network =
        new ResNet50Network(path, WeightFiles.open(argument, path), Output.FEATURES);
    if (network.find("conv1_conv/kernel").isEmpty()) {
      throw new BadInputException(
          "%s %s holds no ResNet-50 of Keras (no array conv1_conv/kernel); give the file of keras.applications.ResNet50, saved as .h5"
              .formatted(argument, path));
    }
    return network;
  }

  @Override
  public FrozenNetwork withTap(String tap) {
    return Arrays.stream(Output.values())
        .filter(other -> other.word.equals(tap))
        .findFirst()
        .map(other -> new ResNet50Network(file, arrays, other))
        .orElseThrow(
            () ->
                new BadInputException(
                    "⟨tap⟩ is %s; ResNet-50 has the taps 2048, logits, probabilities"
                        .formatted(tap)));
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    return new ResNet50(weights).maps(tf, images);
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    Operand<TFloat32> resized = Resample.bilinear(tf, pixels, ResNet50.SIDE, ResNet50.SIDE);
    ResNet50 network = new ResNet50(weights);
    List<Operand<TFloat32>> maps = network.maps(tf, Vgg16Network.unit(tf, resized));
    Operand<TFloat32> pooled = ResNet50.pooled(tf, maps.get(maps.size() - 1));
    return switch (output) {
      case FEATURES -> pooled;
      case LOGITS -> network.logits(tf, pooled);
      case PROBABILITIES -> tf.nn.softmax(network.logits(tf, pooled));
    };
  }

  @Override
  public void fill(Session session, Weights weights) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      values.put(weight, values(weight.name().substring(weights.path().length()), weight));
    }
    WeightValues.set(session, values);
    weights.derive(session);
  }

  private float[] values(String name, Weight weight) {
    String found =
        find(ofKeras(name))
            .or(() -> find(ofKeras(name).replace("predictions/", OLDER_TOP)))
            .orElseThrow(
                () ->
                    new BadInputException(
                        "%s lacks the weights %s of ResNet-50; give the whole network"
                            .formatted(file, ofKeras(name))));
    long[] wanted = weight.shape().asArray();
    long[] shape = arrays.shape(found);
    if (!Arrays.equals(shape, wanted)) {
      throw new BadInputException(
          "%s holds %s in the shape %s where ResNet-50 has %s; give ResNet-50's weights"
              .formatted(file, found, Arrays.toString(shape), Arrays.toString(wanted)));
    }
    return arrays.values(found);
  }

  private static String ofKeras(String name) {
    int slash = name.indexOf('/');
    String layer = name.substring(0, slash);
    String part = name.substring(slash + 1);
    return layer + "/" + (layer.endsWith("_bn") ? OF_NORM.get(part) : part);
  }

  /** The array of that name, with what Keras' versions put before and after it. */
  private Optional<String> find(String name) {
    return arrays.names().stream()
        .filter(
            full -> {
              String bare = full.endsWith(":0") ? full.substring(0, full.length() - 2) : full;
              return bare.equals(name) || bare.endsWith("/" + name);
            })
        .findFirst();
  }

  @Override
  public int classes() {
    return output == Output.FEATURES ? 0 : ResNet50.CLASSES;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> weightsDigest() {
    return WeightOrigin.of(file).digest();
  }

  @Override
  public Optional<String> labelsSeen() {
    return Optional.of("ImageNet");
  }

  @Override
  public String protocol() {
    return String.format(
        Locale.ROOT,
        "ResNet-50 with Keras' weights, each image resized by itself to %d pixels, %s",
        ResNet50.SIDE,
        output.description);
  }
}
