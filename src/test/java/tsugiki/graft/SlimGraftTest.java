package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.GeneratorCopy;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.SlimModel;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;
import tsugiki.train.TrainingRun;

/** A graft that is kept as what differs from its rootstock. */
@Tag("slow")
class SlimGraftTest {
  private static final String DATA = "model/variables/variables.data-00000-of-00001";

  @TempDir private Path folder;
  private Path generator;

  private Path train(String name, boolean slim, boolean half) {
    GraftOptions options =
        TinyRootstock.options(
            GraftMethod.POINT_WISE,
            4,
            2,
            TinyRootstock.watch(new Intervals(2, 2, 2)).withSlim(slim).withHalf(half));
    Path run = folder.resolve(name);
    try (GraftRun graft = new GraftRun(options, input())) {
      graft.train(RunDirectory.create(run, options));
    }
    try (GraftRun graft = new GraftRun(options, input())) {
      TrainingRun.export(
          graft, RunDirectory.resume(run), "latest", folder.resolve(name + "-latest"));
    }
    return run;
  }

  private GraftInput input() {
    return new GraftInput(
        StoredGenerator.open(generator),
        TinyRootstock.images(3),
        new TinyNetwork(),
        List.of(new TinyNetwork()));
  }

  private static byte[] draw(Path model) {
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      return generator.images(LatentDraws.normal(generator.latent(), 1, 1, 2, 3), new long[0]);
    }
  }

  @Test
  void putTogetherItIsTheWholeGraft() throws IOException {
    generator = folder.resolve("rootstock");
    TinyGenerator.make().writer(Precision.FLOAT).write(generator);
    Path whole = train("whole", false, false);
    Path slim = train("slim", true, false);
    Path half = train("half", true, true);

    assertThat(slim.resolve("model/saved_model.pb")).doesNotExist();
    assertThat(draw(folder.resolve("slim-latest/model")))
        .as("that of a checkpoint is whole")
        .isEqualTo(draw(whole.resolve("model")));
    SlimModel model = SlimModel.open(slim.resolve("model"));
    assertThat(model.differing().keySet()).isNotEmpty().allMatch(n -> n.startsWith("graft/"));
    long bytes = Files.size(slim.resolve(DATA));
    assertThat(bytes).isLessThan(Files.size(whole.resolve(DATA)) * 9 / 10);
    assertThat(Files.size(half.resolve(DATA))).isLessThan(bytes * 6 / 10);

    Path again = folder.resolve("again");
    GraftServing.whole(model, Optional.empty(), false).write(again);
    assertThat(draw(again)).isEqualTo(draw(whole.resolve("model")));
    assertThat(GeneratorCopy.open(again).learnedLatents()).isPresent();

    Path moved = folder.resolve("moved");
    FileUtils.moveDirectory(generator.toFile(), moved.toFile());
    assertThatThrownBy(() -> model.weights(Optional.empty()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("rootstock, which is not there; give its folder as rootstock");
    assertThat(model.weights(Optional.of(moved))).containsKey("generator/linear/kernel");
    TinyGenerator.make().writer(Precision.HALF).write(moved);
    assertThatThrownBy(() -> model.weights(Optional.of(moved)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("grew on a model whose variables have the SHA-256");
  }
}
