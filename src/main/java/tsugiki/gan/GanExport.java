package tsugiki.gan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import tsugiki.runtime.WeightValues;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.train.ModelCard;
import tsugiki.train.RunDirectory;

/**
 * Writes the networks of a training: the generator to use, and the discriminator to resume from.
 */
final class GanExport {
  private static final String TRAINED_ON =
      " What it was trained on is in the card of the generator beside it.";

  private static final String OF_DISCRIMINATOR =
      "It scores how real an image looks (`score`), and gives the hidden `features` that all its"
          + " heads are on: `class_logits` where it was trained to predict classes, `turn_logits` where"
          + " it was trained to predict by how many quarter turns an image is rotated."
          + TRAINED_ON;

  private static final String OF_PROJECTED =
      "Heads on the frozen maps of another network, which `discriminator.json` names: weights for a"
          + " further training or the finish of a graft, and no model to serve."
          + TRAINED_ON;

  /** A served discriminator: the shape of the networks, and which heads it has. */
  private record ServedHeads(Record architecture, boolean classHead, boolean turnHead) {}

  private GanExport() {}

  /**
   * Writes both, and leaves the training as it is.
   *
   * @param card the generator's model card in Markdown
   * @param folder that {@code model} and {@code discriminator} go into
   */
  static void write(GanTraining training, GanRunOptions run, String card, Path folder) {
    generator(training, run.half(), card, folder.resolve("model"));
    discriminator(training, run, folder.resolve("discriminator"));
  }

  /**
   * Writes the averaged generator with its standing statistics as a SavedModel.
   *
   * @param half whether the file holds kernels in 16 bits
   * @param card the model card in Markdown
   * @param folder where to
   */
  static void generator(GanTraining training, boolean half, String card, Path folder) {
    ModelMetadata description = training.networks().description(training.classNames());
    new SavedModelWriter(
            training.networks().servedGenerator(),
            training.generatorValues(),
            training.labels().fakes().isUniform()
                ? description
                : description.withClassShares(training.labels().fakes().toArray()),
            card,
            half ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }

  /**
   * Writes the discriminator with all its heads. The recipe's own becomes a SavedModel, spectral
   * norms divided out. Beside it lie the weights as they are trained, a checkpoint that Python
   * reads with {@code tf.train.load_checkpoint}, and in {@code discriminator.json} what they belong
   * to. A projected discriminator's frozen network is named there, not copied, so there is no
   * SavedModel of it.
   *
   * @param folder where to; what is there is replaced
   */
  static void discriminator(GanTraining training, GanRunOptions run, Path folder) {
    GanOptions options = run.training();
    try {
      FileUtils.deleteDirectory(folder.toFile());
      if (options.discriminator().projected()) {
        Files.createDirectories(folder);
        ModelCard card =
            new ModelCard("The projected discriminator of a GAN", RunDirectory.json(options));
        Files.writeString(
            folder.resolve("card.md"),
            card.paragraph(OF_PROJECTED).licence(run.licence()).markdown());
      } else {
        serve(training, run, folder);
      }
      checkpoint(training, options, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(GanTraining training, GanRunOptions run, Path folder) {
    GanOptions options = run.training();
    SupervisionOptions supervision = options.supervision();
    GanNetworks networks = training.networks();
    boolean classHead = supervision.coTraining();
    boolean rotationHead = supervision.rotation();
    new SavedModelWriter(
            networks.servedDiscriminator(
                training.labels().classNames().size(), classHead, rotationHead),
            training.discriminatorValues(),
            ModelMetadata.of(
                ModelMetadata.DISCRIMINATOR,
                0,
                networks.imageSize(),
                training.classNames(),
                new ServedHeads(networks.architecture(), classHead, rotationHead)),
            new ModelCard("The discriminator of a GAN", RunDirectory.json(options))
                .paragraph(OF_DISCRIMINATOR)
                .licence(run.licence())
                .markdown(),
            run.half() ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }

  private static void checkpoint(GanTraining training, GanOptions options, Path folder)
      throws IOException {
    WeightValues.write(
        folder.resolve("weights"), training.session(), training.discriminatorWeights());
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("discriminator", options.discriminator());
    description.put("supervision", options.supervision());
    description.put("architecture", training.networks().architecture());
    Files.writeString(folder.resolve("discriminator.json"), RunDirectory.json(description) + "\n");
  }
}
