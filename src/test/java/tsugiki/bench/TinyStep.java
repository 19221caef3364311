package tsugiki.bench;

import java.util.List;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.Device;

/** A generator of 16 pixels that is built and run in a moment. */
final class TinyStep {
  static final BigGanArchitecture ARCHITECTURE =
      new BigGanArchitecture(16, 8, List.of(2, 2, 1), List.of(1, 2), 4, 5, 3, 8, 1e-5f, false);

  private TinyStep() {}

  static GraftStepBench.Settings settings(int groupSize) {
    return new GraftStepBench.Settings(ARCHITECTURE, 3, groupSize, 2, Device.CPU);
  }
}
