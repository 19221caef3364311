package tsugiki.gan;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tsugiki.base.BadInputException;
import tsugiki.base.OptionalPath;
import tsugiki.data.BadImagePolicy;
import tsugiki.train.Execution;

/**
 * Options of a GAN's training: data, networks, training and observation. Labels are handed to the
 * training beside it ({@link TrainingLabels}). {@link #defaults} has the defaults. {@code
 * options.json} names the kind of {@code network} in {@code recipe}, see {@link GanRecipes}.
 *
 * @param data the images: a folder, a zip, or a folder in a zip; the first level of folders gives
 *     the classes
 * @param classes the classes to keep, in the order of their labels: a class is named by its folder
 *     or by how the folder's name ends; empty keeps all, sorted
 * @param onBadImage what becomes of images that cannot be used
 * @param network the networks
 * @param training how they are trained
 * @param watch how closely that is watched
 * @param half whether the SavedModel's file holds its kernels in 16 bits
 * @param execution where it runs
 * @param licence of the images, for the model card; empty where nobody said
 * @param from the folder of the run or model whose weights it begins with; empty for random ones
 * @param stopping what is held out of the data, and when that ends the training
 */
// The options of earlier runs and studies have labels beside these.
@JsonIgnoreProperties("labels")
@RecordBuilder
public record GanRunOptions(
    Path data,
    List<String> classes,
    BadImagePolicy onBadImage,
    GanNetworkOptions network,
    GanOptions training,
    GanWatchOptions watch,
    boolean half,
    Execution execution,
    String licence,
    String from,
    StoppingOptions stopping)
    implements GanRunOptionsBuilder.With {

  /** Checks what the parts have not checked. */
  public GanRunOptions {
    Objects.requireNonNull(classes, "classes");
    if (data == null) {
      throw new BadInputException(
          "⟨data⟩ is missing; give a folder or zip of images with one folder per class");
    }
    // A run is resumed from anywhere.
    data = data.toAbsolutePath().normalize();
    classes = List.copyOf(classes);
    if (classes.stream().distinct().count() < classes.size()) {
      throw new BadInputException(
          "⟨classes⟩ names a class twice: " + String.join(",", classes) + "; leave one out");
    }
    // Runs that were begun before there was a choice.
    onBadImage = requireNonNullElse(onBadImage, BadImagePolicy.FAIL);
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(training, "training");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(execution, "execution");
    // Runs that were begun before it could be said.
    licence = requireNonNullElse(licence, "").strip();
    from = OptionalPath.absolute(from);
    stopping = requireNonNullElse(stopping, StoppingOptions.defaults());
    // Of all replicas together, whose own batches are parts of this one.
    training.supervision().labelledImages(training.batch());
    if (training.discriminator().freezeD() > 0 && from.isEmpty()) {
      throw new BadInputException(
          "⟨freezeD⟩ keeps layers as another training has left them; name its run with ⟨from⟩");
    }
    if (stopping.judged() && watch.scoreNetwork().isEmpty()) {
      throw new BadInputException(
          "⟨holdOut⟩ is for scores; name the network that scores with ⟨scoreNetwork⟩, such as starter");
    }
  }

  /** A BigGAN of 64 pixels on all classes of the data, with {@link GanOptions#defaults()}. */
  public static GanRunOptions defaults(Path data, Execution execution) {
    return new GanRunOptions(
        data,
        List.of(),
        BadImagePolicy.FAIL,
        BigGanOptions.defaults(),
        GanOptions.defaults(),
        GanWatchOptions.defaults(),
        true,
        execution,
        "",
        "",
        StoppingOptions.defaults());
  }

  /** Reads {@code options.json}, where {@code recipe} names the kind of {@code network}. */
  @JsonCreator
  static GanRunOptions read(
      @JsonProperty("recipe") String recipe,
      @JsonProperty("data") Path data,
      @JsonProperty("classes") List<String> classes,
      @JsonProperty("on_bad_image") BadImagePolicy onBadImage,
      @JsonProperty("network") Map<String, Object> network,
      @JsonProperty("training") GanOptions training,
      @JsonProperty("watch") GanWatchOptions watch,
      @JsonProperty("half") boolean half,
      @JsonProperty("execution") Execution execution,
      @JsonProperty("licence") String licence,
      @JsonProperty("from") String from,
      @JsonProperty("stopping") StoppingOptions stopping) {
    GanNetworkOptions networks =
        GanRecipes.options(requireNonNullElse(recipe, GanRecipes.BIGGAN), network);
    return new GanRunOptions(
        data,
        classes,
        onBadImage,
        networks,
        training,
        watch,
        half,
        execution,
        licence,
        from,
        stopping);
  }

  /** The name of the kind of networks. */
  @JsonProperty("recipe")
  public String recipe() {
    return GanRecipes.nameOf(network);
  }
}
