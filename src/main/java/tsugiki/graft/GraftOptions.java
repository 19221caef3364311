package tsugiki.graft;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.BadImagePolicy;
import tsugiki.data.Crop;
import tsugiki.gan.TransferSource;
import tsugiki.model.GeneratorArchitecture;
import tsugiki.train.Execution;

/**
 * The options of a graft, as {@code options.json} keeps them.
 *
 * @param images the images to adapt to: a folder, a zip or a file
 * @param limit how many of them are taken, in file order; 0 takes all
 * @param crop what becomes of images that are not square
 * @param onBadImage what becomes of images that cannot be used
 * @param generator the folder of the rootstock's SavedModel
 * @param method what is trained inside the generator
 * @param groupSize channels per group of the point-wise layers; 0 stands for all channels of a site
 * @param mixedSites at how many sites the layers mix channels, those whose mixing the images tell
 *     most about; the others scale and shift each channel. 0 stands for all sites
 * @param rank the rank of a mixing of all channels beside the groups of a site; 0 for none
 * @param plainLastSite whether the last normalisation, which knows no class, has no layer of the
 *     graft's
 * @param learning how it learns
 * @param loss the weights of its loss
 * @param finish the adversarial steps that follow
 * @param watch what is measured and shown
 * @param execution where it runs
 * @param licence of the images, for the model card; empty where nobody said
 */
@RecordBuilder
public record GraftOptions(
    Path images,
    int limit,
    Crop crop,
    BadImagePolicy onBadImage,
    Path generator,
    GraftMethod method,
    int groupSize,
    int mixedSites,
    int rank,
    boolean plainLastSite,
    LearningOptions learning,
    LossOptions loss,
    FinishOptions finish,
    GraftWatchOptions watch,
    Execution execution,
    String licence)
    implements GraftOptionsBuilder.With {

  /** The most images that a graft takes. */
  public static final int MOST_IMAGES = 10_000;

  /** Steps of the graft's own before a finish of all, which would undo most of what more learn. */
  private static final long STEPS_BEFORE_ALL = 20;

  /** Checks what the parts have not checked. */
  public GraftOptions {
    if (images == null) {
      throw new BadInputException("⟨images⟩ is missing; give a folder, a zip or an image");
    }
    // A run is resumed from anywhere.
    images = images.toAbsolutePath().normalize();
    generator = Objects.requireNonNull(generator, "generator").toAbsolutePath().normalize();
    Checks.atLeast("limit", limit, 0);
    // Runs that were begun before there was a choice.
    crop = crop == null ? Crop.SQUARE : crop;
    onBadImage = onBadImage == null ? BadImagePolicy.FAIL : onBadImage;
    Checks.atLeast("groupSize", groupSize, 0);
    Checks.atLeast("mixedSites", mixedSites, 0);
    Checks.size("rank", rank, 0);
    Objects.requireNonNull(method, "method");
    if (method != GraftMethod.POINT_WISE && (mixedSites > 0 || rank > 0 || plainLastSite)) {
      String given = rank > 0 ? "rank" : mixedSites > 0 ? "mixedSites" : "plainLastSite";
      throw new BadInputException(
          "⟨%s⟩ is a matter of point-wise layers, and ⟨method⟩ is %s; leave it out"
              .formatted(given, method));
    }
    Objects.requireNonNull(learning, "learning");
    Objects.requireNonNull(loss, "loss");
    // Runs that were begun before there was a finish have none.
    finish = finish == null ? FinishOptions.defaults() : finish;
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(execution, "execution");
    // Runs that were begun before it could be said.
    licence = Objects.requireNonNullElse(licence, "").strip();
  }

  /**
   * The defaults: point-wise layers with groups of 8 channels, all images. Their loss and scores
   * take the network {@code starter}; {@link tsugiki.pretrained.FrozenNetworks#open(String,
   * String)} says where it is looked for.
   *
   * @param images a folder, a zip or a file
   * @param generator the folder of the rootstock's SavedModel
   */
  public static GraftOptions of(Path images, Path generator, Execution execution) {
    return new GraftOptions(
        images,
        0,
        Crop.SQUARE,
        BadImagePolicy.FAIL,
        generator,
        GraftMethod.POINT_WISE,
        8,
        0,
        0,
        false,
        LearningOptions.defaults(),
        LossOptions.defaults(),
        FinishOptions.defaults(),
        GraftWatchOptions.defaults(),
        execution,
        "");
  }

  /**
   * The same with a finish, and what goes with it where nobody says otherwise: its discriminator
   * begins with the rootstock's own, if that lies in its folder; before a finish of all come a few
   * steps only, and nothing cuts the latent vectors of samples.
   */
  public GraftOptions finished(FinishKind kind) {
    boolean own = kind != FinishKind.NONE && TransferSource.hasDiscriminator(generator);
    GraftOptions finished =
        withFinish(finish.withFinish(kind).withFinishFrom(own ? generator.toString() : ""));
    return kind == FinishKind.ALL
        ? finished
            .withLearning(learning.withSteps(STEPS_BEFORE_ALL))
            .withWatch(watch.withTruncation(GraftWatchOptions.UNCUT))
        : finished;
  }

  /** The steps of the whole run, the finish included. */
  long steps() {
    return learning.steps() + finish.steps();
  }

  /** Which weights train at any time, by name. */
  Predicate<String> trained() {
    return finish.finish() == FinishKind.ALL
        ? method.trained().or(name -> name.startsWith("generator/"))
        : method.trained();
  }

  /**
   * Checks that the layers fit a generator.
   *
   * @throws BadInputException if the group size does not divide the channels of every site, or
   *     there are not so many sites
   */
  void checkLayers(GeneratorArchitecture architecture) {
    int sites = architecture.siteChannels().size();
    if (mixedSites > sites) {
      throw new BadInputException(
          "⟨mixedSites⟩ is %d, and the generator has %d sites; give at most that many"
              .formatted(mixedSites, sites));
    }
    if (method != GraftMethod.POINT_WISE || groupSize == 0) {
      return;
    }
    for (int channels : architecture.siteChannels()) {
      if (channels % groupSize != 0) {
        throw new BadInputException(
            ("⟨groupSize⟩ is %d, which does not divide the %d channels of a site;"
                    + " give 1, 2, 4, 8 or all")
                .formatted(groupSize, channels));
      }
    }
  }
}
