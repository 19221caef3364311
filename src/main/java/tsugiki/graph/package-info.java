/**
 * The vocabulary: named weights, layers, normalisation, activations and gradients. A layer is a
 * small final class whose static function takes the operations ({@code Ops}) and the {@link
 * tsugiki.graph.Weights} and turns operands into operands. Images and feature maps are NHWC. No
 * network and no loss lives here; the package uses TensorFlow only.
 */
package tsugiki.graph;
