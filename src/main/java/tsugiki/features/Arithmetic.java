package tsugiki.features;

import java.util.Map;
import java.util.Optional;
import tsugiki.runtime.Sessions;

/**
 * Names the arithmetic of a session. On a GPU since Ampere, TensorFlow multiplies float32 matrices
 * as TensorFloat-32, with 10 bits of fraction, which moves features by about a thousandth. Neither
 * a session's configuration nor the C API can forbid it: NVIDIA's libraries read {@value #OVERRIDE}
 * when CUDA starts, and the launcher sets it to 0 for the verbs {@code score} and {@code features}.
 */
public final class Arithmetic {
  private static final String OVERRIDE = "NVIDIA_TF32_OVERRIDE";

  private Arithmetic() {}

  /** The arithmetic of a session in this process, in words. */
  public static String words(Sessions.Settings settings) {
    return words(settings, System.getenv());
  }

  static String words(Sessions.Settings settings, Map<String, String> environment) {
    if (!settings.gpu()) {
      return "float32 on the CPU";
    }
    return isTensorFloat32(settings, environment)
        ? "float32 on a GPU, matrix products perhaps in TensorFloat-32"
        : "float32 on a GPU, " + OVERRIDE + "=0";
  }

  /** A sentence on what such a session does to features. */
  public static Optional<String> limits(Sessions.Settings settings) {
    return limits(settings, System.getenv());
  }

  static Optional<String> limits(Sessions.Settings settings, Map<String, String> environment) {
    return isTensorFloat32(settings, environment)
        ? Optional.of(
            "features: on a GPU without %s=0 in the environment, TensorFloat-32 may move them by about a thousandth; tools/tsugiki sets it for the verbs score and features."
                .formatted(OVERRIDE))
        : Optional.empty();
  }

  private static boolean isTensorFloat32(
      Sessions.Settings settings, Map<String, String> environment) {
    return settings.gpu() && !"0".equals(environment.get(OVERRIDE));
  }
}
