package tsugiki.pretrained;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names of a convolution without bias, and of the batch normalisation after it, in a weight
 * file.
 *
 * @param kernel the convolution's kernel
 * @param gain the normalisation's factor (gamma), where it has one
 * @param shift what it adds (beta)
 * @param mean its running mean
 * @param variance its running variance
 */
record ConvolutionNames(
    String kernel, Optional<String> gain, String shift, String mean, String variance) {
  /** All of them. */
  List<String> all() {
    return Stream.concat(Stream.of(kernel, shift, mean, variance), gain.stream()).toList();
  }
}
