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
  private FrozenNetworks() {}

  /**
   * The network of that name.
   *
   * @param flag the flag that named it, for the message
   * @param name {@code inception-folded:DIR}
   * @throws BadInputException if there is no such network, or its weights are not there
   */
  public static FrozenNetwork open(String flag, String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String weights = colon < 0 ? "" : name.substring(colon + 1);
    if (!kind.equals("inception-folded")) {
      throw new BadInputException(
          flag
              + " names the network "
              + name
              + ", which does not exist; write inception-folded:DIR");
    }
    if (weights.isEmpty() || !Files.isDirectory(Path.of(weights))) {
      throw new BadInputException(
          flag + " " + name + " names no folder of weights; write inception-folded:DIR");
    }
    return new InceptionNetwork(new FoldedInceptionFiles(Path.of(weights)));
  }
}
