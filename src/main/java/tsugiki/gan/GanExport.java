package tsugiki.gan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import tsugiki.graph.Weight;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.GeneratorHook;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.DiscriminatorServing;
import tsugiki.savedmodel.GeneratorServing;
import tsugiki.savedmodel.ModelDescription;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.train.RunDirectory;

/** Writes what a training has made: the generator to use, and the discriminator to go on from. */
final class GanExport {
  private static final String DISCRIMINATOR_CARD =
      """
      # The discriminator of a GAN

      It tells how real an image looks (`score`), and gives the `features` that all its heads are
      on: `class_logits` where it was trained to tell classes, `turn_logits` where it was trained to
      tell by how many quarters an image is turned. How it was trained is in the card of the
      generator beside it.
      """;

  private GanExport() {}

  /**
   * Writes the averaged generator with its standing statistics as a SavedModel.
   *
   * @param classNames the classes' names in the order of their labels
   * @param half whether the file holds kernels in 16 bits
   * @param card the model card in Markdown
   * @param folder where to
   */
  static void generator(
      GanTraining training, List<String> classNames, boolean half, String card, Path folder) {
    BigGanArchitecture architecture = training.architecture();
    ModelDescription description =
        ModelDescription.of(
            ModelDescription.BIGGAN,
            architecture.latent(),
            architecture.size(),
            classNames,
            architecture);
    new SavedModelWriter(
            GeneratorServing.bigGan(architecture, GeneratorHook.NONE),
            training.generatorValues(),
            training.labels().uniformFakes()
                ? description
                : description.withClassShares(training.labels().fakes()),
            card,
            half ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }

  /**
   * Writes the discriminator with all its heads. BigGAN's own becomes a SavedModel, spectral norms
   * divided out. Beside it lie the weights as they are trained, a checkpoint that Python reads with
   * {@code tf.train.load_checkpoint}, and in {@code discriminator.json} what they belong to. A
   * projected discriminator's frozen network is named there, not copied, so there is no SavedModel
   * of it.
   *
   * @param classNames the classes' names in the order of their labels
   * @param half whether the SavedModel's file holds kernels in 16 bits
   * @param folder where to; what is there is replaced
   */
  static void discriminator(
      GanTraining training,
      GanOptions options,
      List<String> classNames,
      boolean half,
      Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
      if (options.discriminator().kind() == DiscriminatorKind.BIGGAN) {
        serve(training, options.supervision(), classNames, half, folder);
      }
      Files.createDirectories(folder);
      checkpoint(training, options, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(
      GanTraining training,
      SupervisionOptions supervision,
      List<String> classNames,
      boolean half,
      Path folder) {
    DiscriminatorServing.Architecture architecture =
        new DiscriminatorServing.Architecture(
            training.architecture(), supervision.coTraining(), supervision.rotation());
    new SavedModelWriter(
            DiscriminatorServing.of(architecture),
            training.discriminatorValues(),
            ModelDescription.of(
                ModelDescription.DISCRIMINATOR,
                0,
                training.architecture().size(),
                classNames,
                architecture),
            DISCRIMINATOR_CARD,
            half ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }

  private static void checkpoint(GanTraining training, GanOptions options, Path folder)
      throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Weight> weights = training.discriminatorWeights();
    Map<String, float[]> values = WeightValues.get(training.session(), weights);
    for (Weight weight : weights) {
      entries.put(weight.name(), Entry.of(weight.shape(), values.get(weight.name())));
    }
    TensorBundle.write(folder.resolve("weights"), entries);
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("discriminator", options.discriminator());
    description.put("supervision", options.supervision());
    description.put("architecture", training.architecture());
    Files.writeString(folder.resolve("discriminator.json"), RunDirectory.json(description) + "\n");
  }
}
