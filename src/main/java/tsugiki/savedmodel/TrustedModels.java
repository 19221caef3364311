package tsugiki.savedmodel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The models that the user of this process has named as trusted: their graphs run whatever they do,
 * see {@link TrustedOps}.
 */
public final class TrustedModels {
  private static final Set<Path> NAMED = ConcurrentHashMap.newKeySet();

  private TrustedModels() {}

  /**
   * Trusts a model from now on.
   *
   * @param folder the model's, or that of its run
   * @throws BadInputException if it is not there
   */
  public static void add(Path folder) {
    try {
      NAMED.add(folder.toRealPath());
    } catch (IOException e) {
      throw new BadInputException(
          "⟨trust⟩ %s cannot be found (%s); name the model's folder or its run"
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  /** Whether a model was named, by its own folder or by its run's. */
  public static boolean contains(Path folder) {
    try {
      Path real = folder.toRealPath();
      boolean ofRun = real.endsWith("model") && NAMED.contains(real.getParent());
      return ofRun || NAMED.contains(real);
    } catch (IOException e) {
      return false;
    }
  }
}
