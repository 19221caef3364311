package tsugiki.recognition;

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

class TeachingTest {
  @TempDir private Path folder;

  @Test
  void badImagesOfTheTeacherAreTreatedAsThoseOfTheData() throws IOException {
    Path further = PaintedShapes.in(folder.resolve("further"), 1, 16);
    Path bad = Files.writeString(further.resolve("bad.png"), "no image");
    FeatureRunOptions options =
        FeatureRunOptions.defaults(folder, Execution.here(Device.CPU))
            .withTeacher(
                TeacherOptions.defaults()
                    .withTeacher("starter")
                    .withTeacherImages(further.toString()));
    assertThatThrownBy(() -> Teaching.open(options, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(bad.toString());

    Teaching teaching = Teaching.open(options.withOnBadImage(BadImagePolicy.SKIP), 2);
    assertThat(teaching.further().orElseThrow().names()).isNotEmpty().doesNotContain("bad.png");
  }
}
