package tsugiki.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
import tsugiki.model.FeatureNetwork;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionOutput;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;

/**
 * A feature network that ships with the program, or another one in its form.
 *
 * @param name {@code starter}, {@code digits} or {@code starter:DIR}
 * @param folder where its SavedModel lies
 * @param architecture its shape
 * @param side the side in pixels that it was trained at
 * @param labels the names of the classes that it was trained on
 * @param probabilities whether its features are the classes' probabilities
 */
public record StarterNetwork(
    String name,
    Path folder,
    FeatureNetwork.Architecture architecture,
    int side,
    List<String> labels,
    boolean probabilities)
    implements FrozenNetwork {
  /** The name of the network of photographs that ships, and of those in its form. */
  static final String STARTER = "starter";

  /** The name of the network of MNIST's digits that ships. */
  static final String DIGITS = "digits";

  /**
   * A network that ships.
   *
   * @param folder below {@code savedmodels}
   * @param version of the networks that have shipped under the name; figures of two do not compare
   * @param labels whose labels it was trained with
   * @param digest as {@link #weightsDigest} computes it
   */
  private record Shipped(String folder, int version, String labels, String digest) {}

  /** The networks that ship, by name. */
  private static final Map<String, Shipped> SHIPPED =
      Map.of(
          STARTER,
          new Shipped(
              "starter-features",
              2,
              "40 classes of Tiny ImageNet, six breeds of dogs among them",
              "6633963f77e2d0dd8341a25bc1dca094d5207cca3f2831b4d4d1b0f2c7fd8ab8"),
          DIGITS,
          new Shipped(
              "digits",
              1,
              "MNIST",
              "fc9e1a65b9d4d57d07cc696a75ad1526dece25470ed4f5e8c891e602d8c1a446"));

  private static final String GRAPH = "saved_model.pb";

  /**
   * Opens a network that ships, from {@link ShippedModels#folder}.
   *
   * @param name {@link #STARTER} or {@link #DIGITS}
   * @throws BadInputException if it is not there
   */
  static StarterNetwork shipped(String name) {
    Path folder = ShippedModels.folder().resolve(SHIPPED.get(name).folder());
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "the network %s should be in the folder %s, which does not exist; start the program by tools/tsugiki, or Java with -D%s=ROOT_OF_THE_PROJECT, or name another network, such as starter:DIR"
              .formatted(name, folder.toAbsolutePath(), ShippedModels.HOME));
    }
    return open(name, folder);
  }

  /**
   * Opens another one.
   *
   * @throws BadInputException if the folder holds no feature network
   */
  public static StarterNetwork at(Path folder) {
    return open(STARTER + ":" + folder, folder);
  }

  private static StarterNetwork open(String name, Path folder) {
    ModelMetadata description = ModelMetadata.read(folder);
    if (!description.kind().equals(ModelMetadata.FEATURES)) {
      throw new BadInputException(
          "%s holds a model of the kind %s and not a feature network; name one that train ⟨recipe⟩ features made"
              .formatted(folder, description.kind()));
    }
    return new StarterNetwork(
        name,
        folder,
        description.architecture(FeatureNetwork.Architecture.class),
        description.size(),
        description.classNames(),
        false);
  }

  /**
   * The same with other features.
   *
   * @param tap {@code features}, {@code probabilities} or empty
   * @throws BadInputException if it has no such tap, or has learned no classes
   */
  @Override
  public StarterNetwork withTap(String tap) {
    boolean classes = tap.equals(InceptionOutput.PROBABILITIES.word());
    if (!classes && !tap.isEmpty() && !tap.equals(ExportedFeatureNetwork.FEATURES)) {
      throw new BadInputException(
          "⟨tap⟩ is %s; the network %s has the taps %s and %s"
              .formatted(
                  tap,
                  SHIPPED.containsKey(name) ? name : STARTER,
                  ExportedFeatureNetwork.FEATURES,
                  InceptionOutput.PROBABILITIES.word()));
    }
    if (classes && labels.isEmpty()) {
      throw new BadInputException(
          "the network %s has learned no labels, so that it gives no class probabilities; name another"
              .formatted(name));
    }
    return new StarterNetwork(name, folder, architecture, side, labels, classes);
  }

  /**
   * Every stage's map. Images above the training's side keep their size, and with it their detail:
   * only what the stages' halvings cannot divide is resized, to the next smaller side that they
   * can. Smaller images are enlarged to the training's side, below which the coarse maps would see
   * mostly padding.
   */
  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    int given = Math.toIntExact(images.shape().get(1));
    int stages = architecture.widths().size();
    int divisible = given >> stages << stages;
    int wanted = Math.max(side, divisible);
    Operand<TFloat32> input =
        wanted == given
            ? images
            : Resample.bilinear(tf.withSubScope("Resize"), images, wanted, wanted);
    FeatureNetwork network = ExportedFeatureNetwork.network(architecture, weights);
    return network.maps(tf, network.apply(tf, input));
  }

  /** The pooled vector or the classes' probabilities, always at the training's side. */
  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    return features(tf, weights, pixels, List.of(this)).get(0);
  }

  @Override
  public boolean sharesPassWith(FrozenNetwork other) {
    return other instanceof StarterNetwork that && folder.equals(that.folder);
  }

  @Override
  public List<Operand<TFloat32>> features(
      Ops tf, Weights weights, Operand<TFloat32> pixels, List<FrozenNetwork> networks) {
    Operand<TFloat32> input = ExportedFeatureNetwork.input(tf.withSubScope("Input"), pixels, side);
    FeatureNetwork network = ExportedFeatureNetwork.network(architecture, weights);
    FeatureNetwork.Output own = network.apply(tf, input);
    Operand<TFloat32> features = network.features(tf, own, network.maps(tf, own));
    return networks.stream()
        .map(
            output ->
                ((StarterNetwork) output).probabilities
                    ? tf.nn.softmax(network.classLogits(tf.withSubScope("Classes"), own.pooled()))
                    : features)
        .toList();
  }

  @Override
  public List<String> classNames() {
    return probabilities ? labels : List.of();
  }

  @Override
  public void fill(Session session, Weights weights) {
    Map<String, Weight> byName = new LinkedHashMap<>();
    for (Weight weight : weights.all()) {
      String below = weight.name().substring(weights.path().length());
      byName.put(ExportedFeatureNetwork.SCOPE + "/" + below, weight);
    }
    Map<Weight, float[]> values = new LinkedHashMap<>();
    TensorBundle.read(SavedModelWriter.variables(folder), byName.keySet())
        .forEach((key, entry) -> values.put(byName.get(key), entry.values()));
    WeightValues.set(session, values);
    weights.derive(session);
  }

  /** Of the SavedModel's graph and variables. */
  @Override
  public Optional<String> weightsDigest() {
    String variables = SavedModelWriter.variables(folder) + ".data-00000-of-00001";
    return new WeightOrigin(List.of(folder.resolve(GRAPH), Path.of(variables))).digest();
  }

  /** Whether it is, byte for byte, a network that ships. */
  @Override
  public boolean published() {
    return weightsDigest()
        .filter(digest -> SHIPPED.values().stream().anyMatch(one -> one.digest().equals(digest)))
        .isPresent();
  }

  @Override
  public Optional<String> labelsSeen() {
    return Optional.ofNullable(SHIPPED.get(name)).map(Shipped::labels);
  }

  @Override
  public String protocol() {
    String which =
        SHIPPED.containsKey(name)
            ? "%s features v%d".formatted(name, SHIPPED.get(name).version())
            : "features of " + folder;
    String what =
        probabilities
            ? "softmax of the logits of %d classes".formatted(architecture.classes())
            : "mean over the last %smap, %d channels"
                .formatted(architecture.taught() ? "foretold " : "", architecture.features());
    return "%s, each image resized by itself to %d pixels, %s".formatted(which, side, what);
  }
}
