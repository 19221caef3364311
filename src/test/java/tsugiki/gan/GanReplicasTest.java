package tsugiki.gan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tsugiki.augment.Augmentation;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;
import tsugiki.graph.Replicated;
import tsugiki.loss.SelfSupervision;
import tsugiki.runtime.Sessions;
import tsugiki.runtime.WeightValues;
import tsugiki.train.Step;

/** Trainings whose batch of eight images is shared by one, two and four replicas. */
@Tag("slow")
class GanReplicasTest {
  private static final int BATCH = 8;
  private static final int STEPS = 10;

  /** With so large an ε Adam's step is (rate / ε) · gradient. */
  private static final AdamOptions DESCENT = new AdamOptions(0, 0, 1e4f);

  enum Kind {
    /** With rotations, unknown labels, all that draws numbers, and moving means. */
    BIGGAN {
      @Override
      GanOptions options() {
        return TinyGan.options(
                SupervisionOptions.defaults()
                    .withUnlabelled(Unlabelled.CO_TRAINING)
                    .withSelfSupervision(SelfSupervision.ROTATION)
                    .withRotatedShare(2f))
            .withAugment(Set.of(Augmentation.COLOR, Augmentation.ADA, Augmentation.BCR))
            .withAugmentation(AugmentationOptions.defaults().withLecam(0.3f).withSpectrum(1));
      }

      @Override
      GanNetworks networks() {
        return TinyGan.smallest(TinyGan.CLASSES.size());
      }

      @Override
      TrainingLabels labels() {
        return TrainingLabels.hard(
            new int[] {0, -1, -1, 0, 1, -1, -1, 2, -1, 0, 1, 2}, TinyGan.CLASSES);
      }
    },
    /** With batch normalisation in both networks. */
    DCGAN {
      @Override
      GanOptions options() {
        return TinyGan.options(SupervisionOptions.defaults());
      }

      @Override
      GanNetworks networks() {
        return GanRecipes.options(
                GanRecipes.DCGAN,
                Map.of("size", 28, "channels", 2, "latent", 5, "grey", true, "conditional", false))
            .networks(1);
      }

      @Override
      TrainingLabels labels() {
        return TrainingLabels.hard(new int[12], List.of("all"));
      }
    };

    abstract GanOptions options();

    abstract GanNetworks networks();

    abstract TrainingLabels labels();

    GanTraining training(AdamOptions adam, float rate, int replicas) {
      GanNetworks networks = networks();
      ImageSet images = TinyGan.images(networks.imageSize());
      return new GanTraining(
          options()
              .withBatch(BATCH)
              .withAdam(adam)
              .withGeneratorRate(rate)
              .withDiscriminatorRate(rate),
          networks,
          images,
          labels(),
          networks,
          new Sessions.Settings(2, 2, false, replicas));
    }
  }

  private static Map<String, float[]> state(GanTraining training) {
    return new LinkedHashMap<>(WeightValues.get(training.session(), training.state()));
  }

  /** Of both networks' losses at the weights that a training begins with. */
  private static Map<String, float[]> gradients(GanTraining training, int side) {
    GanGraph gan = training.steps();
    int[] chosen = IntStream.range(0, BATCH).toArray();
    byte[] pixels = TinyGan.images(side).select(chosen).pixels();
    Map<String, float[]> gradients = new LinkedHashMap<>();
    try (Step.Batch reals = gan.reals().feeds(pixels, chosen, new long[BATCH])) {
      for (Step step : List.of(gan.discriminatorStep(), gan.generatorStep())) {
        step.trace(training.session(), 0, reals.tensors())
            .forEach(
                (name, values) -> {
                  if (name.startsWith("gradient/")) {
                    gradients.put(name, values);
                  }
                });
      }
    }
    return gradients;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void gradientsAndWeightsAreThoseOfOneReplica(Kind kind) {
    float rate = 0.002f * DESCENT.epsilon();
    Map<String, float[]> first;
    Map<String, float[]> last;
    try (GanTraining one = kind.training(DESCENT, rate, 1)) {
      first = gradients(one, kind.networks().imageSize());
      for (int step = 0; step < STEPS; step++) {
        one.step(step);
      }
      last = state(one);
    }
    for (int replicas : new int[] {2, 4}) {
      try (GanTraining several = kind.training(DESCENT, rate, replicas)) {
        Replicated.assertClose(
            gradients(several, kind.networks().imageSize()), first, name -> true, 0.1, 1e-5);
        for (int step = 0; step < STEPS; step++) {
          several.step(step);
        }
        Replicated.assertClose(state(several), last, name -> !name.startsWith("adam/"), 0.01, 1e-4);
      }
    }
  }

  @Test
  void lossesAreThoseOfOneReplicaWithAdamToo() {
    Replicated.assertMeasured(measured(2), measured(1));
  }

  private static List<Map<String, Double>> measured(int replicas) {
    try (GanTraining training = Kind.BIGGAN.training(AdamOptions.defaults(), 1e-3f, replicas)) {
      return IntStream.range(0, STEPS).mapToObj(training::step).toList();
    }
  }

  @Test
  void replicasThatDoNotDivideTheBatchAreRefused() {
    assertThatThrownBy(() -> Kind.DCGAN.training(DESCENT, 1, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(
            "batch 8 cannot be shared evenly by replicas 3; give a multiple of 3");
    assertThatThrownBy(() -> Kind.BIGGAN.training(DESCENT, 1, 8))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("do not divide the 4 rotated images");
  }
}
