package tsugiki.pretrained;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.graph.Weights;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.Lpips;
import tsugiki.model.Vgg16;
import tsugiki.runtime.WeightValues;
import tsugiki.weights.NamedArrays;
import tsugiki.weights.WeightFiles;

/**
 * LPIPS v0.1 as a network: its features are vectors whose squared distances are LPIPS, at the
 * images' own size. It measures; a loss takes VGG16 itself.
 *
 * @param vgg torchvision's VGG16
 * @param linearFile the file of the linear weights, for messages
 * @param linear the linear weights, {@code lin0…} to {@code lin4…}
 */
record LpipsNetwork(Vgg16Weights vgg, Path linearFile, NamedArrays linear)
    implements FrozenNetwork {
  /** What it is called on the command line. */
  static final String NAME = "lpips";

  private static final String VGG = "vgg";
  private static final String LINEAR = "linear";

  /**
   * With the weights of two files.
   *
   * @param files VGG16's and the linear ones, with a comma between them, or nothing for what {@code
   *     fetch} has put in the cache
   * @throws BadInputException if they are not those of LPIPS
   */
  static LpipsNetwork open(String argument, String files) {
    if (files.isEmpty()) {
      WeightCache cache = WeightCache.ofUser();
      return open(
          argument,
          cache.require(argument + " " + NAME, PublishedFile.VGG16_TORCH),
          cache.require(argument + " " + NAME, PublishedFile.LPIPS));
    }
    int comma = files.lastIndexOf(',');
    if (comma < 0) {
      throw new BadInputException(
          "%s lpips:%s names one file; write lpips:VGG16,LINEAR, or lpips for what was fetched"
              .formatted(argument, files));
    }
    return open(argument, Path.of(files.substring(0, comma)), Path.of(files.substring(comma + 1)));
  }

  private static LpipsNetwork open(String argument, Path vggFile, Path linearFile) {
    Vgg16Weights vgg = Vgg16Weights.open(argument, vggFile, Vgg16.Depth.VGG16);
    if (vgg.input() != Vgg16.Input.TORCHVISION) {
      throw new BadInputException(
          "%s %s has Caffe's VGG16, but LPIPS is defined on torchvision's; give the one that"
                  .formatted(argument, vggFile)
              + " tools/tsugiki fetch vgg16-torch downloads");
    }
    return new LpipsNetwork(vgg, linearFile, WeightFiles.open(argument, linearFile));
  }

  @Override
  public List<Operand<TFloat32>> maps(Ops tf, Weights weights, Operand<TFloat32> images) {
    throw new BadInputException(
        "lpips measures distances and has no maps to learn by; name vgg16:FILE instead");
  }

  @Override
  public Operand<TFloat32> features(Ops tf, Weights weights, Operand<TFloat32> pixels) {
    return new Lpips(weights.in(VGG), weights.in(LINEAR))
        .vectors(tf, Vgg16Network.unit(tf, pixels));
  }

  @Override
  public void fill(Session session, Weights weights) {
    vgg.fill(session, weights.in(VGG));
    fillLinear(session, weights);
    weights.derive(session);
  }

  void fillLinear(Session session, Weights weights) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : weights.in(LINEAR).all()) {
      values.put(weight, linear(weight));
    }
    WeightValues.set(session, values);
  }

  /** {@code lin0}, or {@code lin0.model.1.weight} as the authors' files have it. */
  private float[] linear(Weight weight) {
    String layer = weight.name().substring(weight.name().lastIndexOf('/') + 1);
    String name =
        linear.names().stream()
            .filter(each -> each.equals(layer) || each.startsWith(layer + "."))
            .findFirst()
            .orElseThrow(() -> wrong("lacks " + layer));
    long count = Arrays.stream(linear.shape(name)).reduce(1, (a, b) -> a * b);
    if (count != weight.count()) {
      throw wrong("has %d weights in %s where VGG16 has %d".formatted(count, name, weight.count()));
    }
    float[] values = linear.values(name);
    for (float value : values) {
      if (!(value >= 0)) {
        throw wrong("has the weight %s in %s, and LPIPS has none below 0".formatted(value, name));
      }
    }
    return values;
  }

  private BadInputException wrong(String what) {
    return new BadInputException(
        linearFile + " " + what + "; give LPIPS v0.1's linear weights for VGG16");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> weightsDigest() {
    return origin().digest();
  }

  @Override
  public boolean published() {
    return origin().published();
  }

  private WeightOrigin origin() {
    return new WeightOrigin(List.of(vgg.file(), linearFile));
  }

  @Override
  public String protocol() {
    return "LPIPS v0.1 on torchvision's VGG16, at the images' own size";
  }
}
