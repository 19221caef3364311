package tsugiki.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A copy of a finished run that was killed, for tests that resume it. */
public final class BrokenRun {
  private BrokenRun() {}

  /**
   * Copies a run and takes it back.
   *
   * @param step whose checkpoint was the last; what was measured after it is still there
   * @return {@code copy}
   */
  public static Path of(Path whole, Path copy, int step) throws IOException {
    FileUtils.copyDirectory(whole.toFile(), copy.toFile());
    Files.writeString(copy.resolve("checkpoints/latest"), "step-%06d\n".formatted(step));
    return copy;
  }
}
