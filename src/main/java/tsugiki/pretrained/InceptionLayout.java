package tsugiki.pretrained;

import java.util.Optional;
import java.util.function.Function;

/**
 * How a weight file of Inception v3 is laid out.
 *
 * @param convolutions from a layer of {@link tsugiki.model.InceptionV3}, such as {@code
 *     mixed_3/tower/conv_1}, to its names in the file
 * @param classKernel the name of the last layer's matrix
 * @param classBias the name of its bias
 * @param outputsFirst whether kernels are [out, in, height, width] and the matrix [classes, 2048]
 *     as PyTorch keeps them, or [height, width, in, out] and [2048, classes]
 */
record InceptionLayout(
    Function<String, ConvolutionNames> convolutions,
    String classKernel,
    String classBias,
    boolean outputsFirst) {
  /**
   * PyTorch's modules, in torchvision's file and in the one that pytorch-fid made of the frozen
   * graph: {@code Conv2d_1a_3x3.conv.weight}, {@code Conv2d_1a_3x3.bn.running_mean}.
   */
  static InceptionLayout pytorch() {
    return new InceptionLayout(
        layer -> {
          String module = InceptionModules.of(layer);
          return new ConvolutionNames(
              module + ".conv.weight",
              Optional.of(module + ".bn.weight"),
              module + ".bn.bias",
              module + ".bn.running_mean",
              module + ".bn.running_var");
        },
        "fc.weight",
        "fc.bias",
        true);
  }
}
