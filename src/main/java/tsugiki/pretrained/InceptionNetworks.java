package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tsugiki.base.BadInputException;
import tsugiki.model.InceptionOutput;
import tsugiki.model.InceptionVariant;
import tsugiki.weights.NamedArrays;

/** The networks of {@link InceptionNetwork}, each with its weights in one of the files for it. */
final class InceptionNetworks {
  /** The network of 2015-12-05, from the official file or from pytorch-fid's. */
  static final String OFFICIAL = "inception";

  /** The same from folded files. */
  static final String FOLDED = "inception-folded";

  /** Keras' training. */
  static final String KERAS = "inception-keras";

  /** torchvision's training. */
  static final String TORCHVISION = "inception-torchvision";

  private InceptionNetworks() {}

  /**
   * From a folder of folded files.
   *
   * @throws tsugiki.base.BadInputException if classes are requested and the folder ends before them
   */
  static InceptionNetwork folded(Path folder, InceptionOutput output) {
    FoldedInceptionFiles files = new FoldedInceptionFiles(folder);
    files.check(output);
    return new InceptionNetwork(
        FOLDED,
        files,
        InceptionVariant.FROZEN_2015,
        output,
        ImageNetLabels.in(folder, InceptionVariant.FROZEN_2015.classes()));
  }

  /** From the official frozen graph; the classes' names lie beside it. */
  static InceptionNetwork frozenGraph(Path file, InceptionOutput output) {
    FrozenInceptionGraph graph = FrozenInceptionGraph.read(file);
    return new InceptionNetwork(
        OFFICIAL,
        new InceptionArrays(file.toString(), graph, graph.layout()),
        InceptionVariant.FROZEN_2015,
        output,
        ImageNetLabels.in(
            file.toAbsolutePath().getParent(), InceptionVariant.FROZEN_2015.classes()));
  }

  /**
   * From the file {@code pt_inception-2015-12-05-….pth} that pytorch-fid made of the frozen graph.
   *
   * @param file what messages call it
   */
  static InceptionNetwork pytorchFid(String file, NamedArrays arrays, InceptionOutput output) {
    return pytorch(OFFICIAL, file, arrays, InceptionVariant.FROZEN_2015, output);
  }

  /** From torchvision's {@code inception_v3_google-….pth}. */
  static InceptionNetwork torchvision(String file, NamedArrays arrays, InceptionOutput output) {
    return pytorch(TORCHVISION, file, arrays, InceptionVariant.TORCHVISION, output);
  }

  /** The two trainings have the same names and shapes up to their last layer. */
  private static InceptionNetwork pytorch(
      String name,
      String file,
      NamedArrays arrays,
      InceptionVariant variant,
      InceptionOutput output) {
    InceptionLayout layout = InceptionLayout.pytorch();
    if (!arrays.names().contains(layout.classKernel())) {
      throw new BadInputException(
          "'%s' lacks the array %s, by which the trainings of Inception v3 are distinguished; give the"
                  .formatted(file, layout.classKernel())
              + " whole file");
    }
    long classes = Arrays.stream(arrays.shape(layout.classKernel())).findFirst().orElse(0);
    if (classes != variant.classes()) {
      throw new BadInputException(
          "'%s' has %d classes where %s has %d; name the 2015 network of pytorch-fid %s:FILE and"
                  .formatted(file, classes, name, variant.classes(), OFFICIAL)
              + " torchvision's "
              + TORCHVISION
              + ":FILE");
    }
    return new InceptionNetwork(
        name, new InceptionArrays(file, arrays, layout), variant, output, List.of());
  }

  /** From a Keras HDF5 file, with or without its top. */
  static InceptionNetwork keras(String file, NamedArrays arrays, InceptionOutput output) {
    return new InceptionNetwork(
        KERAS,
        new InceptionArrays(file, arrays, KerasInception.layout(file, arrays)),
        InceptionVariant.KERAS,
        output,
        List.of());
  }
}
