package tsugiki.pretrained;

import tsugiki.model.GeneratorArchitecture;

/** The names and the arrangement of a published BigGAN's weights. */
interface PublishedLayout {
  /** The shape of the network, as the arrays' shapes tell it. */
  GeneratorArchitecture architecture();

  /**
   * The value of a weight of ours.
   *
   * @param layer where it is, such as {@code block_0/conv_1}; empty at the top
   * @param part which of the layer's weights, such as {@code kernel}
   * @param shape ours
   * @return in our arrangement, the spectral norm divided out
   * @throws tsugiki.base.BadInputException if the file lacks it, or has it in another shape
   */
  float[] value(String layer, String part, long[] shape);
}
