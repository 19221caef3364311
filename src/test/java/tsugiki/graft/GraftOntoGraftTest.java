package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.SlimModel;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.BrokenRun;
import tsugiki.train.Checkpoints;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;

/** A graft onto a graft: it begins where the other one ended, and is a graft like others. */
@Tag("slow")
class GraftOntoGraftTest {
  private static final float[] Z =
      LatentDraws.normal(TinyRootstock.ARCHITECTURE.latent(), 1, 0, 1, 2, 3);

  private static final GraftOptions SECOND = slim(options(GraftMethod.POINT_WISE, 2));

  @TempDir private static Path folder;
  private static Path rootstock;
  private static Path first;
  private static Path slim;
  private static Path second;

  @BeforeAll
  static void train() {
    rootstock = folder.resolve("rootstock");
    TinyGenerator.make().writer(Precision.FLOAT).write(rootstock);
    first = train(rootstock, "first", options(GraftMethod.POINT_WISE, 4).withRank(1));
    slim = train(first, "second", SECOND);
    second = folder.resolve("whole");
    GraftServing.whole(SlimModel.open(slim), Optional.empty(), false).write(second);
  }

  /** With steps that are large enough to be seen. */
  private static GraftOptions options(GraftMethod method, int groupSize) {
    GraftOptions options =
        TinyRootstock.options(method, groupSize, 3, TinyRootstock.watch(new Intervals(1, 3, 2)));
    return options.withLearning(options.learning().withLayerRate(0.02f));
  }

  private static GraftOptions slim(GraftOptions options) {
    return options.withWatch(options.watch().withSlim(true));
  }

  private static GraftInput input(Path onto) {
    return new GraftInput(
        StoredGenerator.open(onto),
        TinyRootstock.images(3),
        new TinyNetwork(),
        List.of(new TinyNetwork()));
  }

  private static Path train(Path onto, String name, GraftOptions options) {
    train(RunDirectory.create(folder.resolve(name), options), onto, options);
    return folder.resolve(name).resolve("model");
  }

  private static void train(RunDirectory run, Path onto, GraftOptions options) {
    try (GraftRun graft = new GraftRun(options, input(onto))) {
      graft.train(run);
    }
  }

  private static GraftTraining begun(Path onto, GraftOptions options) {
    GraftInput input = input(onto);
    return new GraftTraining(
        options, Rootstock.of(input.rootstock()), input.images(), input.perceptual());
  }

  private static byte[] served(Path model) {
    try (LoadedGenerator generator = LoadedGenerator.open(model)) {
      assertThat(generator.conditional()).isFalse();
      return generator.images(Z, new long[0]);
    }
  }

  private static int difference(byte[] some, byte[] others) {
    int most = 0;
    for (int i = 0; i < some.length; i++) {
      most = Math.max(most, Math.abs(Byte.toUnsignedInt(some[i]) - Byte.toUnsignedInt(others[i])));
    }
    return most;
  }

  @Test
  void itBeginsWithTheImagesOfTheOtherInEveryMethod() {
    byte[] images = served(second);
    for (GraftMethod method : GraftMethod.values()) {
      try (GraftTraining next = begun(second, options(method, 1))) {
        next.begin();
        assertThat(difference(next.draw(Z), images)).as("%s", method).isLessThanOrEqualTo(1);
      }
    }
    try (GraftTraining plain = begun(rootstock, options(GraftMethod.POINT_WISE, 4))) {
      assertThat(difference(plain.draw(Z), served(first))).isGreaterThan(5);
    }
    assertThat(difference(served(first), images)).isGreaterThan(5);
  }

  @Test
  void theClassVectorBeginsWithTheOtherOnesWhateverItIsTo() {
    float[] learned = StoredGenerator.open(first).weights().get("generator/graft_1/class_vector");
    for (ClassStart start : List.of(ClassStart.NEAREST, ClassStart.COMBINATION)) {
      GraftOptions options = options(GraftMethod.POINT_WISE, 4);
      StartOptions begin = StartOptions.defaults().withClassStart(start);
      try (GraftTraining next =
          begun(first, options.withLearning(options.learning().withStart(begin)))) {
        next.begin();
        assertThat(next.generatorValues().get("graft/class_vector")).isEqualTo(learned);
      }
    }
    StartOptions named = StartOptions.defaults().withClassFrom(List.of("rose"));
    assertThatThrownBy(() -> named.labels(StoredGenerator.open(first).classes()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has no classes; leave it out");
  }

  @Test
  void whatTheOtherHasLearnedStaysAndTheRestIsLearned() {
    Map<String, float[]> before = StoredGenerator.open(first).weights();
    Map<String, float[]> after = StoredGenerator.open(second).weights();
    assertThat(before).containsKeys("generator/graft_1/site_0/low_rank/up/kernel");
    assertThat(after)
        .containsKeys("generator/graft_1/site_6/bias", "generator/graft_2/site_6/bias");
    before.forEach(
        (name, values) -> {
          if (!name.equals("generator/graft_1/class_vector")) {
            assertThat(after.get(name)).as(name).isEqualTo(values);
          }
        });
  }

  @Test
  void aRunCutAfterItsCheckpointEndsBitForBitAsTheUnbrokenOne() throws IOException {
    BrokenRun.resumesToTheBit(
        slim.getParent(), folder.resolve("cut"), 2, run -> train(run, first, SECOND));
  }

  @Test
  void keptSlimItHoldsNothingOfTheOther() {
    assertThat(SlimModel.open(slim).differing().keySet())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("graft/"));
  }

  @Test
  void whatIsExportedDrawsWhatTheTrainingDraws() {
    try (GraftTraining training = begun(first, SECOND)) {
      new Checkpoints(slim.resolveSibling("checkpoints")).restoreLatest(training);
      assertThat(difference(training.draw(Z), served(second))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aGraftOfBeforeThereWereGraftsOntoGraftsIsOneToo() throws IOException {
    Path description = first.resolve("assets.extra/tsugiki.json");
    String now = Files.readString(description);
    String then = now.replaceFirst(",\\s*\"earlier\" : \\[ \\]", "");
    assertThat(then).isNotEqualTo(now);
    Files.writeString(description, then);
    try {
      Rootstock opened = Rootstock.of(StoredGenerator.open(first));
      assertThat(opened.earlier()).hasSize(1);
      assertThat(opened.count()).isEqualTo(1);
    } finally {
      Files.writeString(description, now);
    }
  }
}
