package tsugiki.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tsugiki.data.ImageSet;
import tsugiki.gan.BigGanNetworks;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanTraining;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.TrainingLabels;
import tsugiki.loss.SelfSupervision;
import tsugiki.model.BigGanArchitecture;
import tsugiki.runtime.Sessions;

/**
 * One training step of S³GAN and one of BigGAN, in turns: the same networks, batch and images, once
 * with rotation self-supervision. A step is one of the generator with its steps of the
 * discriminator.
 */
public final class GanStepBench implements AutoCloseable {
  private static final int WARM_UP = 2;
  private static final int TURNED_ANGLES = 3;

  /**
   * What is measured.
   *
   * @param architecture the networks
   * @param batch images per step
   * @param rotatedShare images of the rotation loss, over the batch
   * @param steps timed steps of each
   * @param session the device and the threads
   */
  public record Settings(
      BigGanArchitecture architecture,
      int batch,
      float rotatedShare,
      int steps,
      Sessions.Settings session) {}

  private final Settings settings;
  private final GanOptions options;
  private final GanTraining s3gan;
  private final GanTraining bigGan;
  private long next;

  /**
   * Builds both.
   *
   * @throws tsugiki.base.BadInputException if the rotated share does not divide the batch
   */
  public GanStepBench(Settings settings) {
    this.settings = settings;
    options = options(settings, SelfSupervision.ROTATION);
    s3gan = training(settings, options);
    bigGan = training(settings, options(settings, SelfSupervision.NONE));
  }

  private static GanOptions options(Settings settings, SelfSupervision task) {
    return GanOptions.defaults()
        .withBatch(settings.batch())
        .withSupervision(
            SupervisionOptions.defaults()
                .withSelfSupervision(task)
                .withRotatedShare(settings.rotatedShare()));
  }

  private static GanTraining training(Settings settings, GanOptions options) {
    BigGanArchitecture architecture = settings.architecture();
    ImageSet images = NoiseImages.of(settings.batch(), architecture.size());
    List<String> classes = new ArrayList<>();
    int[] labels = new int[settings.batch()];
    for (int c = 0; c < architecture.classes(); c++) {
      classes.add("class " + c);
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes.size();
    }
    BigGanNetworks networks = new BigGanNetworks(architecture);
    return new GanTraining(
        options,
        networks,
        images,
        TrainingLabels.hard(labels, classes),
        networks,
        settings.session());
  }

  /** Measures both in turns. */
  public GanStepResult run() {
    Timing ours = new Timing();
    Timing plain = new Timing();
    for (int i = 0; i < WARM_UP + settings.steps(); i++) {
      long step = next++;
      if (i < WARM_UP) {
        s3gan.step(step);
        bigGan.step(step);
      } else {
        ours.measure(() -> s3gan.step(step));
        plain.measure(() -> bigGan.step(step));
      }
    }
    int seen = settings.batch() * (2 * options.discriminatorSteps() + 1);
    int extra =
        TURNED_ANGLES
            * options.supervision().rotatedImages(settings.batch())
            * (options.discriminatorSteps() + 1);
    return new GanStepResult(
        "gan-step",
        settings.architecture().size(),
        settings.architecture().channels(),
        settings.batch(),
        settings.rotatedShare(),
        seen,
        extra,
        ours.median(),
        ours.min(),
        ours.max(),
        ours.cpuMedian(),
        settings.batch() * 1000 / ours.median(),
        Map.of("biggan", StepPeer.of(plain, ours)));
  }

  @Override
  public void close() {
    s3gan.close();
    bigGan.close();
  }
}
