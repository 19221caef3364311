package tsugiki.pretrained;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tsugiki.base.NumpyFile;
import tsugiki.model.Vgg16;
import tsugiki.model.Vgg16.Layer;
import tsugiki.weights.NamedArrays;

/**
 * VGG16's convolutions with weights from a formula that any language can compute, under
 * torchvision's names and in its order: of the i-th number of list k, the fraction of 43758.5453
 * |sin(12.9898 i + 78.233 k)|, less a half, scaled so that maps keep their size.
 *
 * @param lists shapes by name, in the order of k: kernels are lists 0, 1, …, biases 100, 101, …
 */
public record FormulaVgg16(Map<String, long[]> shapes, Map<String, Integer> lists)
    implements NamedArrays {
  private static final List<Layer> LAYERS = Vgg16.Depth.VGG16.layers();
  private static final int BIASES = 100;
  private static final int[] INDEX = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};

  /** Up to a layer. */
  public static FormulaVgg16 upTo(Layer last) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    Map<String, Integer> lists = new LinkedHashMap<>();
    long channels = 3;
    for (int i = 0; i <= LAYERS.indexOf(last); i++) {
      String name = "features." + INDEX[i];
      shapes.put(name + ".weight", new long[] {LAYERS.get(i).channels(), channels, 3, 3});
      lists.put(name + ".weight", i);
      channels = LAYERS.get(i).channels();
      shapes.put(name + ".bias", new long[] {channels});
      lists.put(name + ".bias", BIASES + i);
    }
    return new FormulaVgg16(shapes, lists);
  }

  /** Numbers of a list, between −½ and ½. */
  public static float[] numbers(int count, int list, double scale, double shift) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      double v = Math.abs(Math.sin(i * 12.9898 + list * 78.233) * 43758.5453);
      numbers[i] = (float) ((v - Math.floor(v) - 0.5) * scale + shift);
    }
    return numbers;
  }

  @Override
  public Set<String> names() {
    return shapes.keySet();
  }

  @Override
  public long[] shape(String name) {
    return shapes.get(name).clone();
  }

  @Override
  public float[] values(String name) {
    long[] shape = shapes.get(name);
    int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double scale = shape.length == 1 ? 0.1 : Math.sqrt(24.0 / (shape[1] * 9));
    return numbers(count, lists.get(name), scale, 0);
  }

  /** Writes it as an {@code .npz} with torchvision's names. */
  public void writeTorchvision(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (String name : names()) {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        NumpyFile.write(zip, values(name), toInts(shape(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] toInts(long[] shape) {
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }

  /** Writes it as an {@code .npz} with this project's names, as if they were Caffe's weights. */
  public void writeOwn(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (int i = 0; i < shapes.size() / 2; i++) {
        String layer = LAYERS.get(i).label();
        int out = LAYERS.get(i).channels();
        float[] kernel = values("features." + INDEX[i] + ".weight");
        zip.putNextEntry(new ZipEntry(layer + "/kernel.npy"));
        NumpyFile.write(zip, kernel, 3, 3, kernel.length / 9 / out, out);
        zip.putNextEntry(new ZipEntry(layer + "/bias.npy"));
        NumpyFile.write(zip, values("features." + INDEX[i] + ".bias"), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
