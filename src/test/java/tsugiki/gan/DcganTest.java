package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.data.RgbImage;
import tsugiki.graph.Weight;
import tsugiki.loss.GanLoss;
import tsugiki.report.EventFile;
import tsugiki.runtime.Device;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.LoadedGenerator;
import tsugiki.train.Execution;
import tsugiki.train.Intervals;
import tsugiki.train.Step;

/** DCGAN's recipes on tiny networks: they train, resume, are exported and draw. */
@Tag("slow")
class DcganTest {
  @TempDir private Path folder;

  @Test
  void aLeakyReluWithoutASlopeHasTheRecipes() {
    assertThat(DcganOptions.defaults().withActivation("lrelu").activation()).isEqualTo("lrelu:0.2");
    assertThat(DcganBookOptions.defaults().withActivation("lrelu").activation())
        .isEqualTo("lrelu:0.01");
    assertThat(DcganBookOptions.defaults().withActivation("lrelu:0.2").activation())
        .isEqualTo("lrelu:0.2");
  }

  @ParameterizedTest
  @CsvSource({"dcgan, own, true", "dcgan-book, psf:0.5, false"})
  void itTrainsResumesAndIsServed(String recipe, String activation, boolean conditional)
      throws Exception {
    GanNetworkOptions network =
        GanRecipes.options(
            recipe,
            Map.of(
                "size",
                28,
                "channels",
                2,
                "latent",
                5,
                "grey",
                true,
                "activation",
                activation,
                "conditional",
                conditional));
    GanRunOptions options = options(network, 3);
    Path whole = GanRuns.resumed(folder, options, images());

    assertThat(Files.readString(whole.resolve("metrics.jsonl")).contains("alpha_generator_conv_0"))
        .isEqualTo(activation.startsWith("psf"));
    assertThat(EventFile.histograms(whole).stream().anyMatch(tag -> tag.startsWith("alpha/")))
        .isEqualTo(activation.startsWith("psf") || activation.equals("prelu"));
    try (LoadedGenerator served =
        LoadedGenerator.open(whole.resolve("model"), Sessions.Settings.cpu())) {
      assertThat(served.conditional()).isEqualTo(conditional);
      float[] z = {1, 0, -1, 2, 0.5f, 0, 1, 1, -2, 0};
      byte[] images = served.images(z, conditional ? new long[] {0, 2} : new long[0]);
      assertThat(images).hasSize(2 * 28 * 28 * 3);
      for (int i = 0; i < images.length; i += 3) {
        assertThat(images[i]).isEqualTo(images[i + 1]).isEqualTo(images[i + 2]);
      }
      assertThat(images).containsAnyOf(new byte[] {100, 127, -128, -100});
    }
  }

  @Test
  void anActivationReplacesThatOfTheChosenNetworks() {
    DcganOptions psf = DcganOptions.defaults().withSize(28).withChannels(2).withActivation("psf");
    assertThat(alphas(psf))
        .containsExactly(
            "generator/linear/alpha",
            "generator/conv_0/alpha",
            "discriminator/conv_0/alpha",
            "discriminator/conv_1/alpha");
    assertThat(alphas(psf.withReplacedIn(ReplacedIn.GENERATOR)))
        .allMatch(name -> name.startsWith("generator"))
        .hasSize(2);
    assertThat(alphas(psf.withReplacedIn(ReplacedIn.DISCRIMINATOR)))
        .allMatch(name -> name.startsWith("discriminator"))
        .hasSize(2);
  }

  private static List<String> alphas(DcganOptions options) {
    GanNetworks networks = options.networks(1);
    TrainingLabels one = TrainingLabels.hard(new int[images().count()], List.of("all"));
    try (GanTraining training =
        new GanTraining(
            how(options, 1), networks, images(), one, networks, Sessions.Settings.cpu())) {
      return training.state().stream()
          .filter(Weight::trained)
          .map(Weight::name)
          .filter(name -> name.endsWith("/alpha"))
          .filter(name -> name.matches("(generator|discriminator)/.*"))
          .toList();
    }
  }

  @Test
  void theRecipesTrainAsTheirSourcesSay() {
    GanOptions radford = DcganOptions.defaults().training(DiscriminatorOptions.defaults());
    assertThat(radford.mirror()).isFalse();
    assertThat(radford.loss()).isEqualTo(GanLoss.NON_SATURATING);
    assertThat(radford.generatorRate()).isEqualTo(2e-4f);
    GanOptions book = DcganBookOptions.defaults().training(DiscriminatorOptions.defaults());
    assertThat(book.mirror()).isFalse();
    assertThat(book.discriminatorRate()).isEqualTo(1e-3f);
    assertThat(book.adam().beta1()).isEqualTo(0.9f);
    GanNetworkOptions digits = GanRecipes.ofData("dcgan-mnist").orElseThrow();
    assertThat(digits).isEqualTo(DcganBookOptions.defaults().withGrey(true));
    assertThat(GanRecipes.training("dcgan-mnist", digits, DiscriminatorOptions.defaults()))
        .isEqualTo(book.withBatch(128).withSteps(20_000));
    GanNetworkOptions automobiles = GanRecipes.ofData("dcgan-automobiles").orElseThrow();
    assertThat(automobiles).isEqualTo(DcganBookOptions.defaults().withSize(32));
    // 181 epochs of 5,000 images in batches of 32 are 28,281.25 steps.
    assertThat(
            GanRecipes.training("dcgan-automobiles", automobiles, DiscriminatorOptions.defaults()))
        .isEqualTo(book.withBatch(32).withSteps(28_281));
  }

  @Test
  void whatCannotBeBuiltIsRefused() {
    assertThatThrownBy(() -> GanRecipes.options("dcgan", Map.of("size", 30)))
        .isInstanceOf(BadInputException.class)
        .hasMessage("size is 30; dcgan has 28, 32, 64 or 128");
    assertThatThrownBy(() -> GanRecipes.options("dcgan-book", Map.of("activation", "psf:x")))
        .isInstanceOf(BadInputException.class)
        .hasMessage("activation is 'psf:x', where 'x' is no number; give α as in psf:0.5");
  }

  /** ADA turns and colours the grey images; the discriminator takes the mean of their channels. */
  @Test
  void greyImagesAreAugmentedToo() {
    DcganOptions grey =
        DcganOptions.defaults().withSize(28).withChannels(2).withLatent(5).withGrey(true);
    GanNetworks networks = grey.networks(1);
    TrainingLabels one = TrainingLabels.hard(new int[images().count()], List.of("all"));
    GanOptions how =
        how(grey, 1).withAugment(Set.of(Augmentation.ADA, Augmentation.BCR, Augmentation.ZCR));
    try (GanTraining training =
        new GanTraining(how, networks, images(), one, networks, Sessions.Settings.cpu())) {
      float[] plain = realScores(training);
      Weight probability = training.steps().outputs().adapted().get("probability");
      WeightValues.set(training.session(), probability, new float[] {1});
      assertThat(realScores(training)).isNotEqualTo(plain);

      List<Weight> weights = training.steps().trained();
      Map<String, float[]> before = WeightValues.get(training.session(), weights);
      Map<String, Double> measured = training.step(0);
      assertThat(measured).containsEntry("ada_probability", 1.0);
      assertThat(measured.values()).allMatch(Double::isFinite);
      for (String term :
          List.of(
              "consistency_real", "consistency_fake", "consistency_latent", "distance_latent")) {
        assertThat(measured.get(term)).as(term).isPositive();
      }
      WeightValues.get(training.session(), weights)
          .forEach(
              (name, values) -> {
                assertThat(values).as(name).isNotEqualTo(before.get(name));
                assertThat(Floats.asList(values)).as(name).allMatch(Float::isFinite);
              });
    }
  }

  private static float[] realScores(GanTraining training) {
    int[] chosen = {0, 1, 2, 3};
    GanGraph gan = training.steps();
    byte[] pixels = images().select(chosen).pixels();
    try (Step.Batch feeds = gan.reals().feeds(pixels, new int[4], new long[4])) {
      return gan.discriminatorStep()
          .trace(training.session(), 0, feeds.tensors(), "real")
          .get("real");
    }
  }

  private static GanRunOptions options(GanNetworkOptions network, long steps) {
    return GanRunOptions.defaults(Path.of("unused"), Execution.here(Device.CPU))
        .withNetwork(network)
        .withWatch(GanWatchOptions.defaults().withIntervals(new Intervals(1, 100, 2)))
        .withTraining(how(network, steps));
  }

  private static GanOptions how(GanNetworkOptions network, long steps) {
    return network
        .training(DiscriminatorOptions.defaults())
        .withBatch(4)
        .withSteps(steps)
        .withStandingBatches(2);
  }

  /** Six grey images, two a class. */
  private static ImageSet images() {
    List<RgbImage> images =
        IntStream.range(0, 6)
            .mapToObj(
                i -> {
                  byte[] rgb = new byte[28 * 28 * 3];
                  for (int k = 0; k < rgb.length; k++) {
                    rgb[k] = (byte) (k / 3 * (i + 1));
                  }
                  return new RgbImage("image" + i, 28, 28, rgb);
                })
            .toList();
    return ImageSet.of(images, "all")
        .withLabels(new int[] {0, 1, 2, 0, 1, 2}, List.of("a", "b", "c"));
  }
}
