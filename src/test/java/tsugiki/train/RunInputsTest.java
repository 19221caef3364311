package tsugiki.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.AtOnce;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;

/** A run goes on with what it began with: what an older version has not kept, it keeps then. */
class RunInputsTest {
  @TempDir private Path folder;

  @Test
  void anotherNetworkIsRefused() {
    RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    RunDirectory run = RunDirectory.resume(folder.resolve("run"));
    RunInputs images = new RunInputs().numbers("labels", new int[] {1, 2});
    images.check(run);
    images.network("projector", Optional.of("abc")).network("plain", Optional.empty());
    images.check(run);
    assertThat(run.resolve("inputs.json"))
        .content()
        .contains("\"labels\" : ", "\"projector\" : \"abc\"")
        .doesNotContain("plain");

    RunInputs other = new RunInputs().network("projector", Optional.of("abd"));
    assertThatThrownBy(() -> other.check(run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("began with other projector (SHA-256 abc, now abd)");
    assertThat(run.resolve("inputs.json")).content().contains("labels", "abc");
  }

  @Test
  void imagesOfOtherNamesLabelsOrPixelsAreRefused() {
    RunDirectory run = RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    images("rose", 1, (byte) 2).check(run);
    images("rose", 1, (byte) 2).compare(run);
    for (RunInputs other :
        List.of(
            images("lily", 1, (byte) 2),
            images("rose", 0, (byte) 2),
            images("rose", 1, (byte) 3))) {
      assertThatThrownBy(() -> other.compare(run))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("began with other images");
    }
  }

  private static RunInputs images(String name, int label, byte last) {
    byte[] rgb = new byte[3 * 8 * 8];
    rgb[rgb.length - 1] = last;
    return new RunInputs()
        .images(
            "images",
            ImageSet.of(List.of(new RgbImage(name, 8, 8, rgb)), "all")
                .withLabels(new int[] {label}, List.of("a", "b")));
  }

  /** They are hashed in parts of 2¹⁶ numbers. */
  @Test
  void weightsThatDifferInTheirLastNumberAreRefused() {
    RunDirectory run = RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    float[] kernel = new float[(1 << 16) + 1];
    new RunInputs().weights("starter", Map.of("kernel", kernel)).check(run);
    for (int changed : new int[] {0, (1 << 16) - 1, 1 << 16}) {
      float[] other = kernel.clone();
      other[changed] = 1e-30f;
      assertThatThrownBy(
              () -> new RunInputs().weights("starter", Map.of("kernel", other)).compare(run))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("began with other starter");
    }
    new RunInputs().weights("starter", Map.of("kernel", kernel.clone())).compare(run);
  }

  private static RunInputs labels(int label) {
    return new RunInputs().numbers("labels", new int[] {label});
  }

  /** The executors of a new study check before the process that has made its folder. */
  @Test
  void aNewRunIsComparedWithWhatOthersHaveKept() {
    RunDirectory made = RunDirectory.create(folder.resolve("run"), Map.of("steps", 4));
    labels(1).check(RunDirectory.resume(made.path()));
    labels(1).check(made);
    assertThatThrownBy(() -> labels(2).check(made))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("was begun by another process with other labels");
    labels(1).check(RunDirectory.resume(made.path()));
  }

  @Test
  void ofThoseWhoBeginTogetherWithOtherInputsOneGoesOn() throws Exception {
    for (int round = 0; round < 10; round++) {
      Path path = RunDirectory.create(folder.resolve("run-" + round), Map.of("steps", 4)).path();
      List<Future<Boolean>> checked =
          AtOnce.run(
              4,
              i ->
                  () -> {
                    try {
                      labels(i).check(RunDirectory.resume(path));
                      return true;
                    } catch (BadInputException e) {
                      return false;
                    }
                  });
      int goOn = 0;
      for (Future<Boolean> each : checked) {
        goOn += each.get() ? 1 : 0;
      }
      assertThat(goOn).isEqualTo(1);
    }
  }
}
