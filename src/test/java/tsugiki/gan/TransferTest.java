package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.runtime.Device;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;
import tsugiki.train.BrokenRun;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;

/** Trainings that begin with the weights of another: what is taken, and what stays as it was. */
@Tag("slow")
class TransferTest {
  private static final String TABLE = "generator/classes/table";
  private static final BigGanOptions SHAPE = new BigGanOptions(8, 8, List.of(1, 1), 0, 8, false);

  @TempDir private static Path folder;
  private static Path source;

  /** A run of two steps. */
  @BeforeAll
  static void trainTheSource() {
    source = folder.resolve("source");
    train(RunDirectory.create(source, options(2, "", 0)), options(2, "", 0));
  }

  @Test
  void aTransferBeginsWithBothNetworksOfARunToTheBit() {
    Map<String, Entry> weights = TransferSource.open(source).weights(List.of(), "discriminator/");
    try (GanTraining training = TinyGan.smallTraining(how(0), labels(3))) {
      List<String> taken = training.take(TransferSource.open(source), weights);
      networks(training)
          .forEach(
              (name, values) ->
                  assertThat(values).as(name).containsExactly(weights.get(name).values()));
      assertThat(taken).hasSize(2).noneMatch(line -> line.contains("anew"));
      // The average begins there too, with the spectral norms divided out.
      assertThat(training.generatorValues().get(TABLE))
          .containsExactly(weights.get(TABLE).values());
    }
  }

  @Test
  void whatHasAnotherShapeBeginsAnewAndIsNamed() {
    Map<String, Entry> weights = TransferSource.open(source).weights(List.of(), "discriminator/");
    try (GanTraining training = TinyGan.smallTraining(how(0), labels(2))) {
      Map<String, float[]> drawn = networks(training);
      List<String> taken = training.take(TransferSource.open(source), weights);
      Map<String, float[]> now = networks(training);
      assertThat(now.get(TABLE)).containsExactly(drawn.get(TABLE));
      assertThat(now.get("generator/block_0/conv_1/kernel"))
          .containsExactly(weights.get("generator/block_0/conv_1/kernel").values());
      assertThat(taken.get(0)).contains("anew: " + TABLE + " [2, 8]");
      assertThat(taken.get(1)).contains("anew: discriminator/head/").contains("embedding");
    }
  }

  @Test
  void anExportedGeneratorIsTakenWithTheDiscriminatorBesideIt() {
    Path model = source.resolve("model");
    Map<String, Entry> weights = TransferSource.open(model).weights(List.of(), "discriminator/");
    Map<String, Entry> beside = TensorBundle.read(source.resolve("discriminator/weights"));
    String kernel = "generator/block_0/conv_1/kernel";
    assertThat(weights).containsKeys(kernel).containsKeys(beside.keySet().toArray(String[]::new));
    try (GanTraining training = TinyGan.smallTraining(how(0), labels(3))) {
      training.take(TransferSource.open(model), weights);
      assertThat(networks(training).get(kernel)).containsExactly(weights.get(kernel).values());
      assertThat(networks(training).get("discriminator/block_0/conv_1/kernel"))
          .containsExactly(beside.get("discriminator/block_0/conv_1/kernel").values());
      // The exported kernels have no vector u: one step from a settled one changes it little.
      float[] settled = networks(training).get(kernel + "_u");
      training.step(0);
      assertThat(cosine(settled, networks(training).get(kernel + "_u"))).isGreaterThan(0.999);
    }
  }

  @Test
  void ofSeveralDiscriminatorsTheOneIsTakenOfWhichMostFits() throws IOException {
    Path model = folder.resolve("several");
    FileUtils.copyDirectory(source.resolve("model").toFile(), model.toFile());
    Path beside = source.resolve("discriminator");
    try (GanTraining training = TinyGan.smallTraining(how(0), labels(3));
        GanTraining other = TinyGan.smallTraining(how(0), labels(2))) {
      Path first = Files.createDirectory(model.resolve("discriminator"));
      WeightValues.write(first.resolve("weights"), other.session(), other.discriminatorWeights());
      FileUtils.copyDirectory(beside.toFile(), model.resolve("discriminator-other").toFile());
      TransferSource both = TransferSource.open(model);
      String kernel = "discriminator/block_0/conv_1/kernel";
      for (GanTraining one : List.of(training, other)) {
        Path wanted = (one == training ? beside : first).resolve("weights");
        assertThat(both.weights(one.discriminatorWeights(), "discriminator/").get(kernel).values())
            .isEqualTo(TensorBundle.read(wanted).get(kernel).values());
      }
    }
  }

  @Test
  void frozenLayersDoNotMoveAndTheOthersDo() {
    Map<String, Entry> weights = TransferSource.open(source).weights(List.of(), "discriminator/");
    try (GanTraining training = TinyGan.smallTraining(how(1), labels(3))) {
      training.take(TransferSource.open(source), weights);
      training.step(0);
      training.step(1);
      networks(training)
          .forEach(
              (name, values) -> {
                boolean same = Arrays.equals(values, weights.get(name).values());
                boolean frozen = name.startsWith("discriminator/block_0/");
                // A u of one number is 1 or −1.
                if (values.length > 1) {
                  assertThat(same).as(name).isEqualTo(frozen);
                }
              });
    }
  }

  @Test
  void aFrozenTransferComputesWhatThePlainOneDoesBeforeItsFirstUpdate() {
    Map<String, Entry> weights = TransferSource.open(source).weights(List.of(), "discriminator/");
    try (GanTraining frozen = TinyGan.smallTraining(how(1), labels(3));
        GanTraining plain = TinyGan.smallTraining(how(0), labels(3))) {
      frozen.take(TransferSource.open(source), weights);
      plain.take(TransferSource.open(source), weights);
      double expected = plain.step(0).get("score_real");
      assertThat(frozen.step(0).get("score_real")).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void aResumedTransferIsBitEqual() throws IOException {
    Path whole = folder.resolve("whole");
    GanRunOptions four = options(4, source.toString(), 1);
    train(RunDirectory.create(whole, four), four);
    Path broken = folder.resolve("broken");
    BrokenRun.resumesToTheBit(whole, broken, 2, run -> train(run, four));
    assertThat(Files.readString(broken.resolve("inputs.json"))).contains("\"source\"");

    // The averaged weights of the same run.
    Path other = source.resolve("model");
    assertThatThrownBy(() -> train(RunDirectory.resume(broken), options(6, other.toString(), 1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("began with other source");
  }

  @Test
  void aSourceOfWhichNothingFitsIsRefused() {
    Map<String, Entry> other = Map.of(TABLE, Entry.of(Shape.of(1), 0));
    try (GanTraining training = TinyGan.smallTraining(how(0), labels(3))) {
      assertThatThrownBy(() -> training.take(TransferSource.open(source), other))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("has no weight of the name and shape");
    }
  }

  @Test
  void frozenLayersNeedADiscriminatorAndAreCounted() throws IOException {
    Path model = folder.resolve("alone");
    FileUtils.copyDirectory(source.resolve("model").toFile(), model.toFile());
    Map<String, Entry> weights = TransferSource.open(model).weights(List.of(), "discriminator/");
    try (GanTraining training = TinyGan.smallTraining(how(1), labels(3))) {
      assertThatThrownBy(() -> training.take(TransferSource.open(model), weights))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("freezeD keeps layers of the discriminator of from")
          .hasMessageContaining("discriminator/block_0/");
    }
    assertThatThrownBy(() -> TinyGan.smallTraining(how(3), labels(3)).close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has 2 layers that can be frozen");
    assertThatThrownBy(() -> DiscriminatorOptions.projected("starter").withFreezeD(1))
        .hasMessageContaining("freezeD is for discriminator own");
  }

  @Test
  void theShapeOfTheSourceIsKnown() {
    assertThat(TransferSource.open(source).networks()).contains(SHAPE);
    assertThat(TransferSource.open(source.resolve("model")).networks()).contains(SHAPE);
    assertThatThrownBy(() -> TransferSource.open(folder)).isInstanceOf(BadInputException.class);
  }

  @Test
  void attentionIsFrozenWithTheBlockBeforeIt() {
    BigGanOptions attentive = new BigGanOptions(32, 8, List.of(2, 2, 1, 1), 16, 8, false);
    assertThat(attentive.networks(1).layers())
        .containsExactly(
            List.of("block_0/", "attention/"),
            List.of("block_1/"),
            List.of("block_2/"),
            List.of("block_3/"));
    assertThat(DcganOptions.defaults().networks(1).layers().get(0)).containsExactly("conv_0/");
  }

  @Test
  void aTransferLearnsAtAQuarterOfTheRates() {
    GanOptions standard = GanOptions.defaults();
    assertThat(standard.ofTransfer().generatorRate()).isEqualTo(standard.generatorRate() / 4);
    assertThat(standard.ofTransfer().discriminatorRate())
        .isEqualTo(standard.discriminatorRate() / 4);
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      dot += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return dot / Math.sqrt(aa * bb);
  }

  /** The weights of both networks as they train, by name. */
  private static Map<String, float[]> networks(GanTraining training) {
    List<Weight> all =
        training.state().stream()
            .filter(w -> w.name().matches("(generator|discriminator)/.*"))
            .toList();
    return new LinkedHashMap<>(WeightValues.get(training.session(), all));
  }

  private static TrainingLabels labels(int classes) {
    int[] labels = new int[TinyGan.smallImages().count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
    }
    return TrainingLabels.hard(labels, TinyGan.CLASSES.subList(0, classes));
  }

  private static GanOptions how(int frozen) {
    GanOptions options = TinyGan.options(SupervisionOptions.defaults()).withDiscriminatorSteps(1);
    return options.withDiscriminator(options.discriminator().withFreezeD(frozen));
  }

  private static GanRunOptions options(long steps, String from, int frozen) {
    GanRunOptions plain =
        GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
            .withNetwork(SHAPE)
            .withWatch(GanWatchOptions.defaults().withIntervals(new Intervals(1, 100, 2)));
    return plain.withFrom(from).withTraining(how(frozen).withSteps(steps));
  }

  private static void train(RunDirectory run, GanRunOptions options) {
    GanRuns.train(run, options, TinyGan.smallImages());
  }
}
