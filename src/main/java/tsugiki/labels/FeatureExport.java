package tsugiki.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSource;
import tsugiki.model.FeatureNetwork;
import tsugiki.runtime.TensorBundle;
import tsugiki.savedmodel.ExportedFeatureNetwork;
import tsugiki.savedmodel.ModelMetadata;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SavedModelWriter.Precision;

/** Writes a trained feature network as a SavedModel, kernels in 16 bits. */
public final class FeatureExport {
  /** The side in pixels that the network that ships was trained at. */
  private static final int SIDE = 64;

  private FeatureExport() {}

  /**
   * Writes a network.
   *
   * @param architecture its shape
   * @param side the side in pixels that it was trained at
   * @param values its weights by name, below {@link ExportedFeatureNetwork#SCOPE}
   * @param classNames the classes' names in the order of their labels
   * @param card the model card in Markdown
   * @param folder where to; a model that is there is replaced
   * @throws tsugiki.base.BadInputException if the folder holds something that is no model
   */
  public static void write(
      FeatureNetwork.Architecture architecture,
      int side,
      Map<String, float[]> values,
      List<String> classNames,
      String card,
      Path folder) {
    new SavedModelWriter(
            ExportedFeatureNetwork.of(architecture, side),
            values,
            ModelMetadata.of(ModelMetadata.FEATURES, 0, side, classNames, architecture),
            card,
            Precision.HALF)
        .write(folder);
  }

  /**
   * Writes the network that ships from a checkpoint of its training: {@code BUNDLE IMAGES CARD
   * OUT}, the checkpoint's prefix, the training images whose folders are the classes, the model
   * card (which may be the one in OUT) and the model's folder.
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new BadInputException(
          args.length + " arguments were given; give BUNDLE IMAGES CARD OUT");
    }
    Map<String, float[]> values = new HashMap<>();
    TensorBundle.read(Path.of(args[0])).forEach((name, entry) -> values.put(name, entry.values()));
    List<String> classNames;
    try (ImageSource images = ImageSource.open(Path.of(args[1]))) {
      classNames = images.classNames();
    }
    FeatureNetwork.Architecture architecture =
        FeatureNetwork.Architecture.starter(classNames.size());
    String card = Files.readString(Path.of(args[2]));
    write(architecture, SIDE, values, classNames, card, Path.of(args[3]));
  }
}
