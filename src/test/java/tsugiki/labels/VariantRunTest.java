package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRun;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.savedmodel.LatentDraws;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.train.BrokenRun;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;
import tsugiki.train.RunDirectory;

/** Every variant, on networks of two blocks: it trains, goes on where it was, and is served. */
@Tag("slow")
class VariantRunTest {
  private static final int EACH = 5;
  private static final int SIZE = 8;
  private static final List<String> CLASSES =
      PaintedShapes.images(1, SIZE).classNames().subList(0, 3);

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path data;
  private static Path network;

  @BeforeAll
  static void makeDataAndAnUntrainedNetwork() {
    data = PaintedShapes.in(shared.resolve("data"), EACH, 32);
    network = shared.resolve("network");
    ImageSet images = TrainingImages.load(data, CLASSES, 16);
    UntrainedFeatureNetwork.write(network, images, images.classNames());
  }

  @ParameterizedTest
  @EnumSource
  void trainsResumesExportsAndIsServed(LabelVariant variant) throws IOException {
    Path whole = folder.resolve("whole");
    LabelledGanOptions options = options(variant);
    run(options, null, whole);

    RunDirectory run = RunDirectory.resume(whole);
    boolean rotates = variant.toString().matches(".*-ss|s3gan.*");
    boolean tells = variant.toString().endsWith("-co");
    assertThat(run.lastMetrics().containsKey("loss_rotation_real")).isEqualTo(rotates);
    assertThat(run.lastMetrics().containsKey("loss_rotation_fake")).isEqualTo(rotates);
    assertThat(run.lastMetrics().containsKey("loss_class")).isEqualTo(tells);

    Path broken = BrokenRun.of(whole, folder.resolve("broken"), 1);
    FileUtils.deleteDirectory(broken.resolve("model").toFile());
    run(options, broken, broken);
    assertThat(broken.resolve("model/variables/variables.data-00000-of-00001"))
        .hasSameBinaryContentAs(whole.resolve("model/variables/variables.data-00000-of-00001"));

    try (LoadedGenerator served =
        LoadedGenerator.open(whole.resolve("model"), Sessions.Settings.cpu())) {
      float[] z = LatentDraws.normal(served.latent(), LatentDraws.UNTRUNCATED, 1);
      byte[] first = served.images(z, new long[] {0});
      assertThat(first).hasSize(SIZE * SIZE * 3);
      if (served.classes().count() > 1) {
        assertThat(served.images(z, new long[] {1})).isNotEqualTo(first);
      }
      assertThat(served.classes().count()).isEqualTo(classes(variant));
    }
  }

  private static int classes(LabelVariant variant) {
    String name = variant.toString();
    return name.startsWith("single") ? 1 : name.matches("random.*|cluster.*") ? 4 : CLASSES.size();
  }

  private static void run(LabelledGanOptions options, Path earlier, Path folder) {
    GanLabels labels = earlier == null ? GanLabels.open(options) : GanLabels.open(options, earlier);
    try (GanRun gan = new GanRun(options.gan(), labels.resolve())) {
      RunDirectory directory =
          earlier == null ? RunDirectory.create(folder, options) : RunDirectory.resume(folder);
      labels.write(directory);
      gan.train(directory);
    }
  }

  private static LabelledGanOptions options(LabelVariant variant) {
    LabelOptions share = LabelOptions.of("20%");
    boolean asks = !variant.featureLabels("20%").isEmpty();
    SupervisionOptions supervision = SupervisionOptions.defaults().withRotatedShare(1f);
    GanRunOptions gan =
        GanRunOptions.defaults(data, Execution.here(Device.CPU))
            .withClasses(CLASSES)
            .withNetwork(new BigGanOptions(SIZE, 8, List.of(1, 1), 0, 8, false))
            .withWatch(GanWatchOptions.defaults().withIntervals(new Intervals(1, 2, 1)))
            .withHalf(false)
            .withTraining(
                GanOptions.defaults()
                    .withBatch(4)
                    .withSteps(2)
                    .withDiscriminatorSteps(1)
                    .withStandingBatches(1)
                    .withSupervision(variant.supervision(supervision))
                    .withSeed(2));
    return new LabelledGanOptions(gan, variant.labels(share, 4, asks ? network.toString() : ""));
  }
}
