package tsugiki.cli;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.data.TestImages;
import tsugiki.runtime.CudaLibraries;

/** A GPU that is named and missing stops every verb that runs a network. */
class DeviceFlagTest {
  private static final String SENTENCE = "--device gpu cannot be used";

  @TempDir Path folder;
  private Path images;
  private Path out;

  @BeforeEach
  void write() {
    assumeFalse(CudaLibraries.missing().isEmpty(), "this machine has a GPU");
    images = folder.resolve("images");
    out = folder.resolve("out.npy");
    TestImages.write(images, "a.png", TestImages.png(8, 8, 0));
  }

  @Test
  void featuresAndScoresRunOnTheDeviceThatIsNamed() {
    refuses("features", "--images", images, "--out", out, "--device", "gpu");
    refuses("score", "--real", images, "--generated", images, "--json", out, "--device", "gpu");
  }

  @Test
  void benchmarksRunOnTheDeviceThatIsNamed() {
    for (String work : new String[] {"layer", "features", "gan-step", "graft-step"}) {
      refuses("bench", work, "--json", out, "--device", "gpu");
    }
  }

  private void refuses(Object... words) {
    Program.run(words).refuses(out, SENTENCE);
  }
}
