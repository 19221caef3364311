package tsugiki.cli;

import java.util.ListResourceBundle;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.SupervisionOptions;
import tsugiki.gan.WatchOptions;

/**
 * The defaults of a GAN's options by name, for the help of {@code train} and {@code study labels}:
 * a description takes them by <code>${bundle:default.NAME}</code>. picocli makes it by its name.
 */
public final class TrainDefaults extends ListResourceBundle {
  /** The name of some network, since a projected discriminator has to have one. */
  private static final String ANY = "starter";

  @Override
  protected Object[][] getContents() {
    GanOptions gan = GanOptions.defaults();
    GanOptions projected = GanOptions.defaults(DiscriminatorOptions.projected(ANY));
    BigGanOptions network = BigGanOptions.defaults();
    SupervisionOptions supervision = gan.supervision();
    WatchOptions watch = WatchOptions.defaults();
    return new Object[][] {
      entry("batch", gan.batch()),
      entry("steps", gan.steps()),
      entry("discriminator", gan.discriminator().kind()),
      entry("projection-width", gan.discriminator().projectionWidth()),
      entry("native-width", gan.discriminator().nativeWidth()),
      entry("loss", gan.loss()),
      entry("gradient-penalty", gan.gradientPenalty()),
      entry("beta1", gan.adam().beta1()),
      entry("beta2", gan.adam().beta2()),
      entry("adam-epsilon", gan.adam().epsilon()),
      entry("mirror", yes(gan.mirror())),
      entry("discriminator-steps", gan.discriminatorSteps()),
      entry("generator-rate", gan.generatorRate()),
      entry("discriminator-rate", gan.discriminatorRate()),
      entry("average-decay", gan.averageDecay()),
      entry("average-from", gan.averageFrom()),
      entry("standing-batches", gan.standingBatches()),
      entry("projected.discriminator-steps", projected.discriminatorSteps()),
      entry("projected.generator-rate", projected.generatorRate()),
      entry("size", network.size()),
      entry("channels", network.channels()),
      entry("attention", network.attention()),
      entry("noise", yes(network.noise())),
      entry("embedding", network.embedding()),
      entry("unlabelled", supervision.unlabelled()),
      entry("soft-labels", yes(supervision.softLabels())),
      entry("label-weight", supervision.labelWeight()),
      entry("self-supervision", supervision.selfSupervision()),
      entry("rotated-share", supervision.rotatedShare()),
      entry("rotation-weight-d", supervision.rotationWeightD()),
      entry("rotation-weight-g", supervision.rotationWeightG()),
      entry("measure-every", watch.intervals().measureEvery()),
      entry("sample-every", watch.intervals().sampleEvery()),
      entry("checkpoint-every", watch.intervals().checkpointEvery()),
      entry("score-every", watch.scoreEvery()),
      entry("score-images", watch.scoreImages()),
    };
  }

  private static Object[] entry(String name, Object value) {
    return new Object[] {"default." + name, String.valueOf(value)};
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
