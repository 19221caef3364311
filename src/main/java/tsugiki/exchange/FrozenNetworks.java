package tsugiki.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.BadInputException;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.InceptionV3.Tap;

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
   * @param name {@code starter}, {@code starter:DIR} or {@code inception-folded:DIR}
   * @throws BadInputException if there is no such network, or its weights are not there
   */
  public static FrozenNetwork open(String flag, String name) {
    return open(flag, name, "");
  }

  /**
   * The network of that name with the features after a layer.
   *
   * @param tap of Inception the number of channels; empty for what the network is known for
   * @throws BadInputException if there is no such network or tap, or its weights are not there
   */
  public static FrozenNetwork open(String flag, String name, String tap) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String weights = colon < 0 ? "" : name.substring(colon + 1);
    return switch (kind) {
      case StarterNetwork.STARTER ->
          colon < 0 ? StarterNetwork.shipped() : StarterNetwork.at(folder(flag, kind, weights));
      case INCEPTION ->
          new InceptionNetwork(
              new FoldedInceptionFiles(folder(flag, kind, weights)),
              // The deepest that the folded files and few images allow.
              tap.isEmpty() ? Tap.MIXED_768 : Tap.of(channels(tap)));
      default ->
          throw new BadInputException(
              flag
                  + " names the network "
                  + name
                  + ", which does not exist; write starter, starter:DIR or inception-folded:DIR");
    };
  }

  private static int channels(String tap) {
    if (!tap.matches("\\d{1,9}")) {
      throw new BadInputException("--tap is " + tap + "; give a number of channels, such as 768");
    }
    return Integer.parseInt(tap);
  }

  private static Path folder(String flag, String kind, String weights) {
    if (weights.isEmpty() || !Files.isDirectory(Path.of(weights))) {
      throw new BadInputException(
          "%s %s:%s names no folder of weights; write %s:DIR".formatted(flag, kind, weights, kind));
    }
    return Path.of(weights);
  }
}
