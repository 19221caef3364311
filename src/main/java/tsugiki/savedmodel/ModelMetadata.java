package tsugiki.savedmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Doubles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.model.GeneratorArchitecture;

/**
 * The record that is kept with a model: how to build the network again from its weights. It lies in
 * the SavedModel as {@code assets.extra/tsugiki.json}, a folder that TensorFlow leaves alone.
 *
 * @param format the version of this file, {@link #FORMAT}
 * @param kind the family of the network, such as {@link #BIGGAN}
 * @param latent the length of z, or 0 for a network that takes none
 * @param size the side of its images in pixels, or 0 for a network of any size
 * @param classNames the names of its classes in the order of their labels, or empty
 * @param architecture the network's own record, as JSON
 * @param weights the names of the weights in {@code variables/}; the writer fills them in
 * @param classShares how often each class was drawn in training, summing to 1; empty where all were
 *     drawn alike
 * @param truncation within ± which the model's own samples have the entries of z; 0 for anywhere
 */
public record ModelMetadata(
    int format,
    String kind,
    int latent,
    int size,
    List<String> classNames,
    JsonNode architecture,
    List<String> weights,
    List<Double> classShares,
    double truncation) {
  /** The version that this code writes and reads. */
  public static final int FORMAT = 1;

  /** A class-conditional BigGAN generator; the architecture is a {@code BigGanArchitecture}. */
  public static final String BIGGAN = "biggan";

  /** A BigGAN-deep generator; the architecture is a {@code BigGanDeepArchitecture}. */
  public static final String BIGGAN_DEEP = "biggan-deep";

  /**
   * A generator with a graft in it; the architecture holds the generator's, and what grafts have
   * added.
   */
  public static final String GRAFT = "grafted-biggan";

  /** A feature network; the architecture is a {@code FeatureNetwork.Architecture}. */
  public static final String FEATURES = "features";

  /** A discriminator with its heads; the architecture holds that of the GAN's networks. */
  public static final String DISCRIMINATOR = "discriminator";

  /** A generator of one image; the architecture is a {@code PyramidArchitecture}. */
  public static final String PYRAMID = "pyramid";

  private static final String SHARES = "classShares";
  private static final String TRUNCATION = "truncation";
  private static final double USUAL_TRUNCATION = 0.4;
  private static final String FILE = "assets.extra/tsugiki.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addDeserializer(GeneratorArchitecture.class, new GeneratorArchitectureJson()))
          .build();

  /** Copies the lists. */
  public ModelMetadata {
    classNames = List.copyOf(classNames);
    weights = List.copyOf(weights);
    classShares = List.copyOf(classShares);
  }

  /**
   * The description of a model that is about to be written.
   *
   * @param architecture a record of numbers, strings and lists, see {@link #architecture(Class)}
   */
  public static ModelMetadata of(
      String kind, int latent, int size, List<String> classNames, Record architecture) {
    return new ModelMetadata(
        FORMAT,
        kind,
        latent,
        size,
        classNames,
        JSON.valueToTree(architecture),
        List.of(),
        List.of(),
        USUAL_TRUNCATION);
  }

  /**
   * The same of a generator whose classes were not drawn alike.
   *
   * @param shares of the classes, in the order of their labels
   */
  public ModelMetadata withClassShares(double[] shares) {
    return with(weights, Doubles.asList(shares), truncation);
  }

  /**
   * The same of a generator whose samples are drawn otherwise than within ±{@value
   * #USUAL_TRUNCATION}.
   *
   * @param limit of the entries of z, or {@link LatentDraws#UNTRUNCATED}
   */
  public ModelMetadata withTruncation(double limit) {
    return with(weights, classShares, limit == LatentDraws.UNTRUNCATED ? 0 : limit);
  }

  /**
   * How the samples of the model in a folder are drawn.
   *
   * @return a limit of the entries of z, or {@link LatentDraws#UNTRUNCATED}; {@value
   *     #USUAL_TRUNCATION} for models that others wrote
   */
  public static double usualTruncation(Path directory) {
    double limit = find(directory).map(ModelMetadata::truncation).orElse(USUAL_TRUNCATION);
    return limit == 0 ? LatentDraws.UNTRUNCATED : limit;
  }

  /**
   * Reads the description in a model's folder.
   *
   * @throws BadInputException if the folder holds no model of ours, or one of another version
   */
  public static ModelMetadata read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          directory
              + " is no model of this project: "
              + (Files.isDirectory(directory) ? "it holds no " + FILE : "there is no such folder")
              + "; give the model/ folder of a run");
    }
    try {
      JsonNode tree = JSON.readTree(Files.readString(file));
      checkFormat(file, tree);
      // Models of before there were shares.
      if (tree instanceof ObjectNode fields && !fields.has(SHARES)) {
        fields.putArray(SHARES);
      }
      // And of before they said how samples are drawn.
      if (tree instanceof ObjectNode fields && !fields.has(TRUNCATION)) {
        fields.put(TRUNCATION, USUAL_TRUNCATION);
      }
      // And of before a pyramid's method could be chosen.
      tree.findParents("borders").stream()
          .filter(pyramid -> !pyramid.has("method"))
          .forEach(pyramid -> ((ObjectNode) pyramid).put("method", "CONSINGAN"));
      // And of before a BigGAN's generator could have noise.
      tree.findParents("generatorMultipliers").stream()
          .filter(network -> !network.has("noise"))
          .forEach(network -> ((ObjectNode) network).put("noise", false));
      // And of before it could be compare_gan's.
      tree.findParents("discriminatorMultipliers").stream()
          .filter(network -> !network.has("compareGan"))
          .forEach(network -> ((ObjectNode) network).put("compareGan", false));
      // And of before a feature network could have a teacher.
      tree.findParents("depths").stream()
          .filter(network -> !network.has("teacher"))
          .forEach(network -> ((ObjectNode) network).putArray("teacher"));
      // And of before there were grafts onto grafts.
      if (tree.path("kind").asText().equals(GRAFT)
          && tree.path("architecture") instanceof ObjectNode graft
          && !graft.has("earlier")) {
        graft.putArray("earlier");
      }
      ModelMetadata found = JSON.treeToValue(tree, ModelMetadata.class);
      if (found.truncation != 0 && !(found.truncation >= LatentDraws.MIN_TRUNCATION)) {
        throw new BadInputException(
            "%s has the truncation %s; get the model again".formatted(file, found.truncation));
      }
      return found;
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  /**
   * The description, if there is one: models that others wrote have none.
   *
   * @throws BadInputException if it is damaged or of another version
   */
  public static Optional<ModelMetadata> find(Path directory) {
    return Files.isRegularFile(directory.resolve(FILE))
        ? Optional.of(read(directory))
        : Optional.empty();
  }

  /**
   * The network's record.
   *
   * @param type its class
   * @throws BadInputException if the JSON does not make one
   */
  public <T> T architecture(Class<T> type) {
    try {
      return JSON.treeToValue(architecture, type);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "the architecture in " + FILE + " is broken: " + firstLine(e) + "; get the model again",
          e);
    }
  }

  ModelMetadata withWeights(List<String> names) {
    return with(names, classShares, truncation);
  }

  private ModelMetadata with(List<String> names, List<Double> shares, double limit) {
    return new ModelMetadata(
        format, kind, latent, size, classNames, architecture, names, shares, limit);
  }

  void write(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  private static void checkFormat(Path file, JsonNode tree) {
    int found = tree.path("format").asInt(0);
    if (found > FORMAT) {
      throw new BadInputException(
          file
              + " has the format version "
              + found
              + "; this program reads versions up to "
              + FORMAT
              + ": use a newer one");
    }
    if (found < 1) {
      throw new BadInputException(file + " has no format version; get the model again");
    }
  }

  private static BadInputException broken(Path file, Exception e) {
    return new BadInputException(
        file + " cannot be read: " + firstLine(e) + "; get the model again", e);
  }

  private static String firstLine(Exception e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "there is no entry named " + unknown.getPropertyName();
    }
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage().lines().findFirst().orElse("broken JSON")
        : Reason.of(e);
  }
}
