package tsugiki.graft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.graph.Initializer;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.StoredGenerator;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.BrokenRun;
import tsugiki.train.Checkpoints;
import tsugiki.train.RunDirectory;

/** A whole run with a finish of all weights: what it writes, and that it resumes in the middle. */
@Tag("slow")
class FinishRunTest {
  private static final GraftOptions OPTIONS = TinyRootstock.finished(FinishKind.ALL, 2);

  @TempDir private static Path folder;
  private static Path whole;
  private static GraftInput input;
  private static GraftRun.Result result;

  @BeforeAll
  static void train() {
    Path generator = folder.resolve("rootstock");
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(generator);
    input =
        new GraftInput(
            StoredGenerator.open(generator),
            TinyRootstock.images(3),
            new TinyNetwork(),
            // Another object, so it has no part in a loss.
            List.of(new TinyNetwork()),
            Optional.of(new TinyNetwork()),
            Optional.empty());
    whole = folder.resolve("whole");
    result = train(RunDirectory.create(whole, OPTIONS));
  }

  private static GraftRun.Result train(RunDirectory run) {
    return train(OPTIONS, run);
  }

  private static GraftRun.Result train(GraftOptions options, RunDirectory run) {
    try (GraftRun graft = new GraftRun(options, input)) {
      return graft.train(run);
    }
  }

  @Test
  void theStepsOfTheFinishFollowAndAreJudged() throws IOException {
    assertThat(result.steps()).isEqualTo(9);
    List<JsonNode> lines = RunDirectory.resume(whole).metrics();
    assertThat(lines)
        .extracting(line -> line.get("step").asLong())
        .endsWith(3L, 4L, 5L, 6L, 7L, 8L, 9L);
    for (JsonNode line : lines) {
      long step = line.get("step").asLong();
      boolean finishing = step > 2 && step <= 6;
      assertThat(line.has("loss")).as("step " + step).isEqualTo(step == 1 || step == 2);
      assertThat(line.has("closeness")).as("step " + step).isEqualTo(step > 6);
      for (String name :
          List.of("loss_g", "loss_d", "anchor", "spectrum", "finish_kid", "finish_distance")) {
        assertThat(line.has(name)).as(name + " of step " + step).isEqualTo(finishing);
      }
    }
    assertThat(whole.resolve("checkpoints/best")).content().matches("step-00000[3-6]\n");
    String page = Files.readString(whole.resolve("report.html"));
    assertThat(page).contains("The finish", "all weights of the generator", "the best by");
    assertThat(Files.readString(whole.resolve("model/card.md"))).contains("adversarial finish");
    assertThat(RunDirectory.resume(whole).options(GraftOptions.class)).isEqualTo(OPTIONS);
  }

  /** In its steps, at their end, and among those of the latent vectors. */
  @ParameterizedTest
  @ValueSource(ints = {4, 6, 8})
  void aRunCutInTheFinishEndsBitForBitAsTheUnbrokenOne(int step) throws IOException {
    List<GraftRun.Result> resumed = new ArrayList<>();
    BrokenRun.resumesToTheBit(
        whole, folder.resolve("cut-" + step), step, run -> resumed.add(train(run)));
    assertThat(resumed.get(0).after()).isEqualTo(result.after());
  }

  private static GraftOptions longer(long steps, long finishSteps) {
    return OPTIONS
        .withLearning(OPTIONS.learning().withSteps(steps))
        .withFinish(OPTIONS.finish().withFinishSteps(finishSteps));
  }

  /** From a finished run, with more of the graft's own steps and fewer of the finish. */
  @Test
  void aRunOfAnotherLengthEndsBitForBitAsOneBegunWithIt() throws IOException {
    GraftOptions longer = longer(3, 2);
    Path begun = folder.resolve("begun");
    train(longer, RunDirectory.create(begun, longer));
    Path extended = BrokenRun.of(whole, folder.resolve("extended"), 9);
    new ChangedLength(OPTIONS, longer).check(extended);
    train(longer, RunDirectory.resume(extended));
    BrokenRun.areTheSame(extended, begun);
    assertThat(RunDirectory.resume(extended).options(GraftOptions.class)).isEqualTo(longer);
    assertThat(extended.resolve("checkpoints/best"))
        .hasSameBinaryContentAs(begun.resolve("checkpoints/best"));
    assertThat(pictures(extended)).isEqualTo(pictures(begun));
  }

  @Test
  void aRunGoesBackOnlyWhereItsStepsWouldHaveBeenOtherOnes() {
    assertThat(new ChangedLength(OPTIONS, longer(3, 4)).returnsTo(9)).hasValue(2);
    assertThat(new ChangedLength(OPTIONS, longer(2, 6)).returnsTo(3)).hasValue(2);
    assertThat(new ChangedLength(OPTIONS, longer(3, 6)).returnsTo(2)).isEmpty();
    assertThat(new ChangedLength(OPTIONS, OPTIONS).returnsTo(9)).isEmpty();
    GraftOptions none = OPTIONS.withFinish(FinishOptions.defaults());
    assertThat(
            new ChangedLength(none, none.withLearning(none.learning().withSteps(9))).returnsTo(2))
        .isEmpty();
  }

  private static List<String> pictures(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".png"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theSavedModelDrawsTheBestMomentWithItsOwnGenerator() {
    Rootstock rootstock =
        new Rootstock(input.rootstock().architecture(), input.rootstock().weights());
    float[] z = LatentDraws.normal(rootstock.architecture().latent(), 1, 0, 1, 2, 3);
    try (GraftTraining training =
            new GraftTraining(
                OPTIONS, rootstock, input.images(), input.perceptual(), input.projector());
        LoadedGenerator served = LoadedGenerator.open(whole.resolve("model"))) {
      new Checkpoints(whole.resolve("checkpoints")).restoreLatest(training);
      byte[] best = training.shown(() -> training.draw(z));
      byte[] images = served.images(z, new long[0]);
      for (int i = 0; i < images.length; i++) {
        // Two graphs: TensorFlow may fuse their operations differently.
        assertThat(Byte.toUnsignedInt(best[i]))
            .isCloseTo(Byte.toUnsignedInt(images[i]), Offset.offset(1));
      }
      Map<String, float[]> kept = training.shown(training::generatorValues);
      String kernel = "generator/block_0/conv_1/kernel";
      assertThat(TensorBundle.read(whole.resolve("model/variables/variables")).get(kernel).values())
          .isEqualTo(kept.get(kernel))
          .isNotEqualTo(rootstock.weights().get(kernel));
    }
  }

  @Test
  void theDiscriminatorBeginsWithThatOfAnotherTraining() throws IOException {
    Path source = folder.resolve("source");
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(source);
    FinishOptions finish = OPTIONS.finish().withFinishFrom(source.toString());
    String name = "head_0/conv/kernel";
    GraftOptions options = OPTIONS.withFinish(finish);
    assertThatThrownBy(() -> training(options))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(source + " has no discriminator with weights of these names");

    try (GraftTraining plain = training(OPTIONS);
        Graph graph = new Graph();
        Session session = Sessions.open(graph)) {
      Weights trained = Weights.create(77).in("discriminator");
      trained.trained(
          GraphScope.ops(graph), name, head(plain, name).shape(), Initializer.normal(1));
      WeightValues.initialise(session, trained);
      Path file = Files.createDirectory(source.resolve("discriminator")).resolve("weights");
      WeightValues.write(file, session, trained.all());
      float[] values = WeightValues.get(session, trained.get(name));
      try (GraftTraining training = training(options)) {
        assertThat(WeightValues.get(training.session(), head(training, name))).isEqualTo(values);
        String other = "head_1/conv/kernel";
        assertThat(WeightValues.get(training.session(), head(training, other)))
            .isEqualTo(WeightValues.get(plain.session(), head(plain, other)));
      }
    }
  }

  /** It moves in the first step of the finish only where all of the discriminator is trained. */
  @Test
  void theGeneratorWaitsForADiscriminatorThatIsTrainedInPart() throws IOException {
    List<Weight> heads;
    Map<String, float[]> values;
    try (GraftTraining plain = training(OPTIONS)) {
      heads =
          plain.state().stream()
              .filter(Weight::trained)
              .filter(weight -> weight.name().startsWith(FinishGraph.SCOPE + "/"))
              .toList();
      values = WeightValues.get(plain.session(), heads);
    }
    assertThat(movesAtOnce(source("part", heads.subList(0, 1), values))).isFalse();
    assertThat(movesAtOnce(source("all", heads, values))).isTrue();
  }

  /** A model with these weights of a finish as its discriminator's. */
  private static Path source(String name, List<Weight> weights, Map<String, float[]> values)
      throws IOException {
    Path model = folder.resolve(name);
    TinyGenerator.make().writer(SavedModelWriter.Precision.FLOAT).write(model);
    Map<String, TensorBundle.Entry> entries = new TreeMap<>();
    for (Weight weight : weights) {
      entries.put(
          "discriminator" + weight.name().substring(FinishGraph.SCOPE.length()),
          TensorBundle.Entry.of(weight.shape(), values.get(weight.name())));
    }
    TensorBundle.write(
        Files.createDirectory(model.resolve("discriminator")).resolve("weights"), entries);
    return model;
  }

  private static boolean movesAtOnce(Path source) {
    FinishOptions finish =
        OPTIONS.finish().withFinishSteps(20).withFinishAnchor(0).withFinishFrom(source.toString());
    try (GraftTraining training = training(OPTIONS.withFinish(finish))) {
      List<Weight> generator = training.generator().weights().trained();
      Map<String, float[]> before = WeightValues.get(training.session(), generator);
      training.step(OPTIONS.learning().steps());
      Map<String, float[]> after = WeightValues.get(training.session(), generator);
      return before.keySet().stream()
          .anyMatch(name -> !Arrays.equals(before.get(name), after.get(name)));
    }
  }

  private static GraftTraining training(GraftOptions options) {
    return new GraftTraining(
        options,
        Rootstock.of(input.rootstock()),
        input.images(),
        input.perceptual(),
        input.projector());
  }

  private static Weight head(GraftTraining training, String name) {
    return training.state().stream()
        .filter(weight -> weight.name().equals(FinishGraph.SCOPE + "/" + name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNetworkOfALossIsNoJudge() {
    GraftInput same =
        new GraftInput(
            input.rootstock(),
            input.images(),
            input.perceptual(),
            List.of(input.perceptual(), input.projector().orElseThrow()),
            input.projector(),
            Optional.empty());
    assertThat(same.judge()).isEmpty();
    assertThat(input.judge()).contains(input.judges().get(0));
  }

  @Test
  void enoughImagesAreSplit() {
    GraftInput many =
        new GraftInput(
            input.rootstock(),
            TinyRootstock.images(FinishOptions.ENOUGH_IMAGES),
            input.perceptual(),
            input.judges(),
            input.projector(),
            Optional.empty());
    GraftInput split = many.split(0);
    List<String> names = new ArrayList<>(split.images().names());
    assertThat(names).hasSize(160);
    names.addAll(split.heldOut().orElseThrow().names());
    assertThat(names).containsExactlyInAnyOrderElementsOf(many.images().names());
    assertThat(input.split(0)).isEqualTo(input);
  }

  @Test
  void refusesWhatNoFinishCanHave() {
    FinishOptions finish = FinishOptions.defaults();
    assertThatThrownBy(() -> finish.withFinishSteps(0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("finishSteps is 0");
    assertThat(Path.of(finish.withFinishFrom("runs/1").finishFrom()))
        .as("found from anywhere")
        .isEqualTo(Path.of("runs/1").toAbsolutePath());
    assertThatThrownBy(() -> finish.withFinishDecay(1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("finishDecay is 1");
  }

  @Test
  void optionsOfARunFromBeforeThereWasAFinishHaveNone() throws IOException {
    RunDirectory old = RunDirectory.create(folder.resolve("old"), OPTIONS);
    Path file = old.resolve("options.json");
    ObjectNode options = (ObjectNode) new ObjectMapper().readTree(file.toFile());
    assertThat(options.remove("finish")).isNotNull();
    Files.writeString(file, options.toString());
    assertThat(RunDirectory.resume(old.path()).options(GraftOptions.class))
        .isEqualTo(OPTIONS.withFinish(FinishOptions.defaults()));
  }
}
