package tsugiki.pretrained;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionOutput;
import tsugiki.model.SpatialNetwork;
import tsugiki.model.Vgg16;
import tsugiki.savedmodel.LoadedNetwork;
import tsugiki.weights.WeightFiles;

/**
 * The registry of pre-trained networks, by the names {@code NAME} or {@code NAME:WEIGHTS} of the
 * command line.
 */
public final class FrozenNetworks {
  /** How the networks are named on the command line, for messages and for every verb's help. */
  public static final String NAMES =
      "starter, starter:DIR, digits, inception, inception:FILE, inception-folded:DIR, inception-keras:FILE,"
          + " inception-torchvision, inception-torchvision:FILE, vgg16, vgg16:FILE, vgg19, vgg19:FILE, resnet50:FILE or"
          + " savedmodel:DIR#INPUT,OUTPUT";

  private static final Logger LOG = LoggerFactory.getLogger(FrozenNetworks.class);

  /** Networks other than Inception v3. */
  private static final Set<String> OTHERS =
      Set.of(
          StarterNetwork.STARTER,
          StarterNetwork.DIGITS,
          Vgg16Network.NAME,
          Vgg16Network.NAME_19,
          ResNet50Network.NAME,
          LpipsNetwork.NAME,
          LoadedNetwork.KIND);

  private FrozenNetworks() {}

  /**
   * The network of that name with its usual features.
   *
   * @param argument the argument that named it, for the message
   * @param name one of {@link #NAMES}; {@code inception:FILE} takes {@code
   *     classify_image_graph_def.pb} or pytorch-fid's {@code .pth}; {@code inception}, {@code
   *     inception-torchvision} and {@code vgg16} and {@code vgg19} alone stand for what the verb
   *     {@code fetch} has downloaded; {@code starter} and {@code digits} lie in {@code savedmodels}
   *     below the system property {@code tsugiki.home}, without it in the project in whose {@code
   *     target} the jar lies, else below the working directory
   * @throws BadInputException if there is no such network, or its weights are not there
   */
  public static FrozenNetwork open(String argument, String name) {
    return open(argument, name, "");
  }

  /**
   * The same where a network may be named.
   *
   * @param name empty for none
   * @throws BadInputException as {@link #open(String, String)}
   */
  public static Optional<FrozenNetwork> openIfNamed(String argument, String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(open(argument, name));
  }

  /**
   * The network of that name with the features after a layer.
   *
   * @param tap the name of a layer: of Inception 64, 192, 768, 1280, 2048, {@code logits} or {@code
   *     probabilities}, of starter {@code features} or {@code probabilities}; empty for what it is
   *     known for
   * @throws BadInputException if there is no such network or tap, or its weights are not there
   */
  public static FrozenNetwork open(String argument, String name, String tap) {
    String weights = weights(name);
    String kind = kind(name);
    return switch (kind) {
      case StarterNetwork.STARTER ->
          (kind.equals(name)
                  ? StarterNetwork.shipped(kind)
                  : StarterNetwork.at(folder(argument, kind, weights)))
              .withTap(tap);
      case StarterNetwork.DIGITS -> digits(argument, name).withTap(tap);
      case Vgg16Network.NAME ->
          withTap(tap, Vgg16Network.open(argument, weights, Vgg16.Depth.VGG16));
      case Vgg16Network.NAME_19 ->
          withTap(tap, Vgg16Network.open(argument, weights, Vgg16.Depth.VGG19));
      case ResNet50Network.NAME -> withTap(tap, ResNet50Network.open(argument, weights));
      case LpipsNetwork.NAME ->
          throw new BadInputException(
              "%s names %s, which measures distances and has no features to score by; write ⟨metrics⟩ lpips for it, and here %s"
                  .formatted(argument, name, NAMES));
      case LoadedNetwork.KIND -> withTap(tap, LoadedNetwork.open(argument, weights));
      default -> inception(argument, name, tap);
    };
  }

  private static FrozenNetwork digits(String argument, String name) {
    if (!name.equals(StarterNetwork.DIGITS)) {
      throw unknown(argument, name);
    }
    return StarterNetwork.shipped(name);
  }

  private static FrozenNetwork withTap(String tap, FrozenNetwork network) {
    return tap.isEmpty() ? network : network.withTap(tap);
  }

  /**
   * The network whose features' squared distances are LPIPS, at the images' own size: about 122
   * numbers per pixel.
   *
   * @param name {@code lpips:VGG16,LINEAR}, or {@code lpips} for what {@code fetch} has downloaded
   * @throws BadInputException if it is another network, or its weights are not there
   */
  public static FrozenNetwork openLpips(String argument, String name) {
    if (!kind(name).equals(LpipsNetwork.NAME)) {
      throw new BadInputException(
          "%s names the network %s, which is not LPIPS; write lpips for what was fetched, or lpips:VGG16,LINEAR"
              .formatted(argument, name));
    }
    return LpipsNetwork.open(argument, weights(name));
  }

  /**
   * The network of that name for a single-image distance.
   *
   * @throws BadInputException if there is no such network, it has no such map, or its weights are
   *     not there
   */
  public static SpatialNetwork openSpatial(String argument, String name) {
    if (OTHERS.contains(kind(name))) {
      throw new BadInputException(
          "%s names the network %s, which has no map for a single-image distance; name one of Inception v3, such as inception-torchvision"
              .formatted(argument, name));
    }
    return inception(argument, name, "");
  }

  /**
   * The first of some networks for a single-image distance whose weights are there.
   *
   * @param names the one to prefer first
   * @return none if all lack their weights
   */
  public static Optional<SpatialNetwork> firstSpatial(String argument, List<String> names) {
    for (String name : names) {
      try {
        return Optional.of(openSpatial(argument, name));
      } catch (BadInputException e) {
        LOG.info("{}", e.marked());
      }
    }
    return Optional.empty();
  }

  private static InceptionNetwork inception(String argument, String name, String tap) {
    String weights = weights(name);
    String kind = kind(name);
    return switch (kind) {
      case InceptionNetworks.FOLDED ->
          // The deepest tap that the folded files at hand and few images allow.
          InceptionNetworks.folded(
              folder(argument, kind, weights), output(tap, InceptionOutput.MEAN_768));
      case InceptionNetworks.OFFICIAL ->
          official(
              argument,
              kind.equals(name)
                  ? fetched(argument, WeightCache.ofUser())
                  : file(argument, kind, weights),
              output(tap, InceptionOutput.MEAN_2048));
      case InceptionNetworks.KERAS ->
          InceptionNetworks.keras(
              weights,
              WeightFiles.open(argument, file(argument, kind, weights)),
              output(tap, InceptionOutput.MEAN_2048));
      case InceptionNetworks.TORCHVISION ->
          InceptionNetworks.torchvision(
              torchvision(argument, name).toString(),
              WeightFiles.open(argument, torchvision(argument, name)),
              output(tap, InceptionOutput.MEAN_2048));
      default -> throw unknown(argument, name);
    };
  }

  private static BadInputException unknown(String argument, String name) {
    return new BadInputException(
        argument + " names the network " + name + ", which does not exist; write " + NAMES);
  }

  /**
   * Of the two files of the network of 2015, only the frozen graph has no mark at its beginning.
   */
  private static InceptionNetwork official(String argument, Path file, InceptionOutput output) {
    return file.toString().endsWith(".pb")
        ? InceptionNetworks.frozenGraph(file, output)
        : InceptionNetworks.pytorchFid(file.toString(), WeightFiles.open(argument, file), output);
  }

  /**
   * The network of 2015 in the cache: the official file or, without it, pytorch-fid's.
   *
   * @throws BadInputException if neither was fetched
   */
  static Path fetched(String argument, WeightCache cache) {
    return cache
        .find(PublishedFile.INCEPTION)
        .or(() -> cache.find(PublishedFile.INCEPTION_TORCH))
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s names the network inception, which is not in the cache %s; run tools/tsugiki fetch inception, or name inception:FILE"
                        .formatted(argument, cache.folder())));
  }

  private static Path torchvision(String argument, String name) {
    return kind(name).equals(name)
        ? WeightCache.ofUser().require(argument + " " + name, PublishedFile.INCEPTION_TORCHVISION)
        : file(argument, kind(name), weights(name));
  }

  private static InceptionOutput output(String tap, InceptionOutput usual) {
    return tap.isEmpty() ? usual : InceptionOutput.of(tap);
  }

  private static String kind(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  private static String weights(String name) {
    return name.substring(Math.min(name.length(), kind(name).length() + 1));
  }

  private static Path folder(String argument, String kind, String weights) {
    if (weights.isEmpty() || !Files.isDirectory(Path.of(weights))) {
      throw new BadInputException(
          "%s %s:%s names no folder of weights; write %s:DIR"
              .formatted(argument, kind, weights, kind));
    }
    return Path.of(weights);
  }

  private static Path file(String argument, String kind, String weights) {
    if (weights.isEmpty() || !Files.isRegularFile(Path.of(weights))) {
      throw new BadInputException(
          "%s %s:%s names no file of weights; write %s:FILE"
              .formatted(argument, kind, weights, kind));
    }
    return Path.of(weights);
  }
}
