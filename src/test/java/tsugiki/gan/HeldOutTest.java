package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.data.BadImagePolicy;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

class HeldOutTest {
  @TempDir private Path folder;

  @Test
  void badImagesOfAFolderThatIsHeldOutAreTreatedAsThoseOfTheData() throws IOException {
    Path data = PaintedShapes.in(folder.resolve("data"), 1, 16);
    Path others = PaintedShapes.in(folder.resolve("others"), 1, 16);
    Path bad = Files.writeString(others.resolve("bad.png"), "no image");
    GanRunOptions options =
        GanRunOptions.defaults(data, Execution.here(Device.CPU))
            .withWatch(GanWatchOptions.defaults().withScoreNetwork("starter"))
            .withStopping(new StoppingOptions(others.toString(), 0));
    assertThatThrownBy(() -> GanInput.open(options))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(bad.toString());

    GanInput input = GanInput.open(options.withOnBadImage(BadImagePolicy.SKIP));
    assertThat(input.reals().count()).isEqualTo(input.images().count()).isPositive();
    assertThat(input.reals().names()).doesNotContain("bad.png");
  }
}
