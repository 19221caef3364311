package tsugiki.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import tsugiki.base.NumpyFile;
import tsugiki.base.TestZips;
import tsugiki.data.TestImages;
import tsugiki.graft.GraftOptions;
import tsugiki.pretrained.FrozenGraphs;
import tsugiki.runtime.Device;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;
import tsugiki.train.Execution;
import tsugiki.train.RunDirectory;

/**
 * A corpus of broken files: valid ones, changed at places and in ways that a seed fixes. A file's
 * kind is the first word of its name; a folder is broken in one of its files.
 */
final class BrokenFiles {
  private static final Path WEIGHTS = Path.of("src/test/resources/tsugiki/weights");
  private static final Path PUBLISHED =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch/G_ema.pth");

  private static final String METRICS =
      """
      {"step":0,"kid":0.25,"images":40}
      {"step":10,"loss_g":0.7312,"loss_d":1.25,"images_per_second":12.5}
      {"step":20,"loss_g":0.6,"loss_d":1.5,"kid":0.125}
      """;

  private final Path folder;
  private final SplittableRandom random;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, Path> models = new LinkedHashMap<>();

  /** Makes the valid files. */
  BrokenFiles(Path folder, long seed) throws IOException {
    this.folder = folder;
    random = new SplittableRandom(seed);
    for (String format : List.of("png", "jpg", "gif", "bmp", "tiff")) {
      files.put("image." + format, TestImages.encode(TestImages.noise(24, 20), format));
    }
    files.put("image-lossless.webp", TestImages.webp(true));
    files.put("image-lossy.webp", TestImages.webp(false));
    byte[] png = files.get("image.png");
    files.put("images.zip", TestZips.of("a/1.png", png, "b/2.png", png));
    files.put("idx/train-images-idx3-ubyte.gz", idx());
    Path array = folder.resolve("array");
    NumpyFile.write(array, new float[] {1, 0, 0, 1}, 2, 2);
    byte[] npy = Files.readAllBytes(array);
    files.put("array.npy", npy);
    files.put("weights.npz", TestZips.of("a.npy", npy, "b.npy", npy));
    files.put("statistics.npz", TestZips.of("sigma.npy", npy, "mu.npy", npy));
    for (String name : List.of("tiny-keras.h5", "tiny-zip.pth", "tiny-legacy.pth")) {
      files.put("weights-" + name, Files.readAllBytes(WEIGHTS.resolve(name)));
    }
    files.put("weights.safetensors", safetensors());
    files.put("import.pth", Files.readAllBytes(PUBLISHED));
    Path run = folder.resolve("valid-run");
    RunDirectory.create(
        run, GraftOptions.of(Path.of("images"), Path.of("generator"), Execution.here(Device.CPU)));
    files.put("options/options.json", Files.readAllBytes(run.resolve("options.json")));
    files.put("metrics/metrics.jsonl", METRICS.getBytes(StandardCharsets.US_ASCII));
    files.put("graph.pb", FrozenGraphs.small());
    Path model = folder.resolve("valid-model");
    TinyGenerator.make().writer(Precision.FLOAT).write(model);
    models.put("saved_model.pb", model);
    models.put("assets.extra/tsugiki.json", model);
    models.put("variables/variables.index", model);
    models.put("variables/variables.data-00000-of-00001", model);
  }

  /** What is changed: a file for each kind, and the files of a model and of a checkpoint. */
  private List<String> seeds() {
    List<String> all = new ArrayList<>(files.keySet());
    models.keySet().forEach(file -> all.add("model:" + file));
    all.add("checkpoint:variables/variables.index");
    all.add("checkpoint:variables/variables.data-00000-of-00001");
    return all;
  }

  /**
   * Writes broken files, of each kind as many.
   *
   * @return their places; a folder for a model, and a prefix for a checkpoint
   */
  List<Path> write(int count) throws IOException {
    List<Path> written = new ArrayList<>();
    List<String> seeds = seeds();
    for (int i = 0; i < count; i++) {
      written.add(write(seeds.get(i % seeds.size()), i));
    }
    return written;
  }

  private Path write(String seed, int number) throws IOException {
    int colon = seed.indexOf(':');
    if (colon >= 0) {
      String file = seed.substring(colon + 1);
      Path copy = folder.resolve(seed.substring(0, colon) + "-" + number);
      FileUtils.copyDirectory(models.get(file).toFile(), copy.toFile());
      Files.write(copy.resolve(file), broken(Files.readAllBytes(copy.resolve(file))));
      return copy;
    }
    // The kind stays the first word, and the ending, or in a folder the name, stays as it was.
    int slash = seed.indexOf('/');
    Path place =
        slash >= 0
            ? folder.resolve(seed.substring(0, slash) + "-" + number + seed.substring(slash))
            : folder.resolve(seed.replaceFirst("[-.]", "-" + number + "$0"));
    Files.createDirectories(place.getParent());
    return Files.write(place, broken(files.get(seed)));
  }

  /** The bytes, changed at one to three places. */
  private byte[] broken(byte[] whole) {
    byte[] bytes = whole;
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] whole) {
    byte[] bytes = whole.clone();
    if (bytes.length < 8) {
      return bytes;
    }
    // Headers are short, and most of what can go wrong is in them.
    int limit = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 96);
    int at = random.nextInt(limit - 4);
    int length = random.nextInt(1, Math.min(64, bytes.length - at) + 1);
    switch (random.nextInt(8)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> ByteBuffer.wrap(bytes).putInt(at, random.nextBoolean() ? Integer.MAX_VALUE : -1);
      case 3 ->
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at, 1 << random.nextInt(16, 31));
      case 4 -> Arrays.fill(bytes, at, at + length, (byte) 0);
      case 5 -> {
        for (int i = at; i < at + length; i++) {
          bytes[i] = (byte) random.nextInt(256);
        }
      }
      case 6 -> {
        // Cut out.
        byte[] shorter = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, shorter, 0, at);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
        bytes = shorter;
      }
      default -> {
        // Written twice.
        byte[] longer = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, longer, 0, at + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        bytes = longer;
      }
    }
    return bytes;
  }

  /** Three images of 8 pixels a side as MNIST has them. */
  private static byte[] idx() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 3 * 64);
    images.putInt(0x803).putInt(3).putInt(8).putInt(8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(images.array());
    }
    return out.toByteArray();
  }

  /** A format that is not read: it must be refused like any other file. */
  private static byte[] safetensors() {
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}"
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer bytes = ByteBuffer.allocate(16 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(header.length).put(header).putFloat(1).putFloat(2).array();
  }
}
