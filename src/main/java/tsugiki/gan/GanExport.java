package tsugiki.gan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import tsugiki.exchange.GeneratorServing;
import tsugiki.exchange.ModelDescription;
import tsugiki.exchange.SavedModelWriter;
import tsugiki.exchange.SavedModelWriter.Precision;
import tsugiki.graph.TensorBundle;
import tsugiki.graph.TensorBundle.Entry;
import tsugiki.graph.Weight;
import tsugiki.graph.WeightValues;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.GeneratorHook;
import tsugiki.train.RunDirectory;

/** Writes what a training has made: the generator to use, and the discriminator to go on from. */
final class GanExport {
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
    new SavedModelWriter(
            GeneratorServing.bigGan(architecture, GeneratorHook.NONE),
            training.generatorValues(),
            ModelDescription.of(
                ModelDescription.BIGGAN,
                architecture.latent(),
                architecture.size(),
                classNames,
                architecture),
            card,
            half ? Precision.HALF : Precision.FLOAT)
        .write(folder);
  }

  /**
   * Writes the discriminator's weights, heads included, as a checkpoint that Python reads with
   * {@code tf.train.load_checkpoint}, and beside it in {@code discriminator.json} what they belong
   * to. A projected discriminator's frozen network is named there, not copied.
   */
  static void discriminator(GanTraining training, GanOptions options, Path folder) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Weight> weights = training.discriminatorWeights();
    Map<String, float[]> values = WeightValues.get(training.session(), weights);
    for (Weight weight : weights) {
      entries.put(weight.name(), Entry.of(weight.shape(), values.get(weight.name())));
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("discriminator", options.discriminator());
    description.put("architecture", training.architecture());
    try {
      FileUtils.deleteDirectory(folder.toFile());
      Files.createDirectories(folder);
      TensorBundle.write(folder.resolve("weights"), entries);
      Files.writeString(
          folder.resolve("discriminator.json"), RunDirectory.json(description) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
