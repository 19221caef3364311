package tsugiki.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.BadInputException;
import tsugiki.graph.Weights;

/**
 * A pre-trained network that others look through: a perceptual loss, a projected discriminator, a score. It is named on
 * the command line as {@code NAME} or {@code NAME:WEIGHTS}.
 */
public interface FrozenNetwork {
  /**
   * The network of that name.
   *
   * @param name {@code inception-folded:DIR}
   * @throws BadInputException if there is no such network, or its weights are not there
   */
  static FrozenNetwork open(String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String weights = colon < 0 ? "" : name.substring(colon + 1);
    if (kind.equals("inception-folded")) {
      Path folder = Path.of(weights);
      if (weights.isEmpty() || !Files.isDirectory(folder)) {
        throw new BadInputException(
            "the network " + name + " needs a folder of weights; write inception-folded:DIR");
      }
      return new InceptionNetwork(new FoldedInceptionFiles(folder));
    }
    throw new BadInputException(
        "there is no network named " + name + "; write inception-folded:DIR");
  }

  /**
   * Its maps.
   *
   * @param weights where its variables are: untrained, filled by {@link #fill}
   * @param images [N, S, S, 3] in [−1, 1], S known
   * @return maps [N, H, W, C], fine ones first
   */
  List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images);

  /** Puts its weights into a session. */
  void fill(Session session, Weights weights);

  /** What it is called in messages, options and tables. */
  String name();
}
