package tsugiki.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;
import tsugiki.gan.GanNetworkOptions;
import tsugiki.gan.GanRecipes;

/**
 * The flags of {@code train} for what is trained: data and networks. A flag that is left out stays
 * null, here and in the other groups; the options' records have the defaults.
 */
final class NetworkFlags {
  @Option(
      names = "--data",
      paramLabel = "P",
      description = "A folder or zip of images (or a folder in a zip), with one folder a class.")
  private Path data;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "NAME",
      description =
          "The classes to keep, in the order of their labels; a class is named by its folder or"
              + " by how the folder's name ends. Default: all.")
  private List<String> classes = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "R",
      converter = TrainRecipe.Converter.class,
      completionCandidates = TrainRecipe.Names.class,
      description =
          "One of ${COMPLETION-CANDIDATES}. features is the network for --features, which learns"
              + " rotations and the labels that it may see; the others are GANs. Default: ${DEFAULT-VALUE}.")
  private TrainRecipe recipe = TrainRecipe.BIGGAN;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "The images' side: 32, 64, 128, 256 or 512. Default: ${bundle:default.size}; of features any multiple of"
              + " 16, by default 32.")
  private Integer size;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "The base number of channels; the paper's is 96. Default: ${bundle:default.channels}; of"
              + " features 32.")
  private Integer channels;

  @Option(
      names = "--multipliers",
      split = ",",
      paramLabel = "N",
      description =
          "The generator's channels over the base: of the first 4-pixel map, then after each"
              + " doubling. Default: the paper's for the size, at 64 pixels 16,16,8,4,2.")
  private List<Integer> multipliers;

  @Option(
      names = "--attention",
      paramLabel = "PIXELS",
      description =
          "The resolution with self-attention, 0 for none. Default:"
              + " ${bundle:default.attention}, at 32 pixels 0.")
  private Integer attention;

  @Option(
      names = "--embedding",
      paramLabel = "N",
      description = "The length of a class's vector. Default: ${bundle:default.embedding}.")
  private Integer embedding;

  @Option(
      names = "--noise",
      negatable = true,
      fallbackValue = "true",
      description =
          "Double the generator's maps smoothly and add noise that follows from the latent vector"
              + " in every block, so that texture has no weave of dots. Default:"
              + " ${bundle:default.noise}.")
  private Boolean noise;

  @Option(
      names = "--half",
      negatable = true,
      fallbackValue = "true",
      description =
          "Keep the SavedModel's kernels in 16 bits on disk, which halves the file. Default: yes.")
  private boolean half = true;

  Path data() {
    return data;
  }

  List<String> classes() {
    return classes;
  }

  TrainRecipe recipe() {
    return recipe;
  }

  Integer size() {
    return size;
  }

  Integer channels() {
    return channels;
  }

  boolean half() {
    return half;
  }

  /** The networks of that recipe, with the flags that were given. */
  GanNetworkOptions options(String recipe) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("size", size);
    values.put("channels", channels);
    values.put("multipliers", multipliers);
    values.put("attention", attention);
    values.put("embedding", embedding);
    values.put("noise", noise);
    values.values().removeIf(Objects::isNull);
    return GanRecipes.options(recipe, values);
  }
}
