package tsugiki.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.BadInputException;
import tsugiki.model.FrozenNetwork;

/**
 * Opens the pre-trained networks that the command line names as {@code NAME} or {@code
 * NAME:WEIGHTS}.
 */
public final class FrozenNetworks {
  private static final String INCEPTION = "inception-folded";

  private FrozenNetworks() {}

  /**
   * The network of that name.
   *
   * @param flag the flag that named it, for the message
   * @param name {@code starter}, {@code starter:DIR}, {@code inception-folded:DIR}, {@code
   *     vgg16:FILE}, {@code lpips:FILE,FILE} or {@code savedmodel:DIR#INPUT,OUTPUT}; {@code vgg16}
   *     and {@code lpips} alone stand for what the verb {@code fetch} has downloaded
   * @throws BadInputException if there is no such network, or its weights are not there
   */
  public static FrozenNetwork open(String flag, String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String weights = colon < 0 ? "" : name.substring(colon + 1);
    return switch (kind) {
      case StarterNetwork.STARTER ->
          colon < 0 ? StarterNetwork.shipped() : StarterNetwork.at(folder(flag, kind, weights));
      case INCEPTION -> new InceptionNetwork(new FoldedInceptionFiles(folder(flag, kind, weights)));
      case Vgg16Network.NAME -> Vgg16Network.open(flag, weights);
      case LpipsNetwork.NAME -> LpipsNetwork.open(flag, weights);
      case SavedModelNetwork.KIND -> SavedModelNetwork.open(flag, weights);
      default ->
          throw new BadInputException(
              flag
                  + " names the network "
                  + name
                  + ", which does not exist; write starter, starter:DIR, inception-folded:DIR,"
                  + " vgg16:FILE, lpips or savedmodel:DIR#INPUT,OUTPUT");
    };
  }

  private static Path folder(String flag, String kind, String weights) {
    if (weights.isEmpty() || !Files.isDirectory(Path.of(weights))) {
      throw new BadInputException(
          "%s %s:%s names no folder of weights; write %s:DIR".formatted(flag, kind, weights, kind));
    }
    return Path.of(weights);
  }
}
