package tsugiki.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;
import tsugiki.base.TestZips;

/**
 * Every format that weights come in. The small files beside this class were written by h5py 3.14,
 * PyTorch 2.13 and NumPy, with numbers in rows of eighths and quarters.
 */
class WeightFilesTest {
  private static final Path FILES = Path.of("src/test/resources/tsugiki/weights");

  @TempDir private Path folder;

  private static NamedArrays open(String name) {
    return WeightFiles.open("weights", FILES.resolve(name));
  }

  @Test
  void whatIsNoFileIsNamed() throws Exception {
    Path pipe = folder.resolve("pipe.npz");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertNoFile(pipe, "is a pipe, socket or device");
    assertNoFile(folder, "is a folder");
    assertNoFile(folder.resolve("none.npz"), "does not exist");
  }

  private static void assertNoFile(Path place, String what) {
    assertThatThrownBy(() -> WeightFiles.open("weights", place))
        .isInstanceOf(BadInputException.class)
        .hasMessage("weights names the file %s, which %s; give a file of weights", place, what);
  }

  @Test
  void numpyArchiveOfDeflatedMembers() {
    NamedArrays arrays = open("tiny.npz");
    assertThat(arrays.names()).containsExactly("conv1_1_W", "conv1_1_b", "labels");
    assertThat(arrays.shape("conv1_1_W")).containsExactly(2, 3, 3, 2);
    assertThat(arrays.values("conv1_1_W")).hasSize(36).startsWith(0, 1, 2).endsWith(35);
    assertThat(arrays.values("conv1_1_b")).containsExactly(0.5f, -0.5f);
    assertThatThrownBy(() -> arrays.values("labels"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("tiny.npz (labels) holds values of type <U1");
  }

  @Test
  void numpyArchiveOfStoredMembers() throws IOException {
    Path file = folder.resolve("stored.weights");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      Path array = folder.resolve("a.npy");
      NumpyFile.write(array, new float[] {1, 2, 3}, 3);
      byte[] bytes = Files.readAllBytes(array);
      CRC32 crc = new CRC32();
      crc.update(bytes);
      ZipEntry entry = new ZipEntry("a.npy");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    }
    assertThat(WeightFiles.open("weights", file).values("a")).containsExactly(1, 2, 3);
    byte[] bytes = Files.readAllBytes(file);
    bytes[140] ^= 1; // A stored number, which no decompressor guards.
    Files.write(file, bytes);
    refuses(file, "stored.weights is damaged (its member a.npy has another checksum");
  }

  @Test
  void oneNumpyArrayIsNamedAsItsFile() throws IOException {
    Path file = folder.resolve("lin0.npy");
    NumpyFile.write(file, new float[] {1, 2}, 1, 2);
    NamedArrays arrays = WeightFiles.open("weights", file);
    assertThat(arrays.names()).containsExactly("lin0");
    assertThat(arrays.shape("lin0")).containsExactly(1, 2);
    assertThat(arrays.values("lin0")).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-keras.h5", "tiny-keras-model.h5"})
  void kerasFilesOfWeightsAndOfModels(String name) {
    NamedArrays arrays = open(name);
    assertThat(arrays.names())
        .containsExactly(
            "block1_conv1_W_1:0", "block1_conv1_b_1:0", "dense/kernel:0", "dense/bias:0");
    assertThat(arrays.shape("block1_conv1_W_1:0")).containsExactly(2, 1, 3, 2);
    assertThat(arrays.values("block1_conv1_W_1:0"))
        .hasSize(12)
        .startsWith(0, 0.25f)
        .endsWith(2.75f);
    assertThat(arrays.values("dense/kernel:0")).as("float64").containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(arrays.values("dense/bias:0")).as("in gzipped chunks").hasSize(200).endsWith(199);
  }

  @Test
  void kerasThreeNamesArraysByTheirPath() {
    NamedArrays arrays = open("tiny-keras3.weights.h5");
    assertThat(arrays.names()).containsExactly("layers/conv2d/vars/0", "layers/conv2d/vars/1");
    assertThat(arrays.values("layers/conv2d/vars/0")).hasSize(6).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth", "tiny-checkpoint.pth"})
  void pytorchStateDicts(String name) {
    NamedArrays arrays = open(name);
    assertThat(arrays.names())
        .startsWith("conv.weight", "conv.bias", "bn.weight", "bn.bias", "bn.running_mean")
        .contains("bn.num_batches_tracked");
    assertThat(arrays.shape("conv.weight")).containsExactly(3, 2, 1, 2);
    assertThat(arrays.values("conv.weight")).hasSize(12).startsWith(-1, -0.875f).endsWith(0.375f);
    assertThat(arrays.shape("bn.num_batches_tracked")).isEmpty();
    assertThat(arrays.values("bn.num_batches_tracked")).containsExactly(0);
    assertThat(arrays.values("half")).containsExactly(-1.5f, -0.5f, 0.5f, 1.5f);
    assertThat(arrays.values("bf")).containsExactly(1.5f, -2);
    assertThat(arrays.values("double")).containsExactly(0.5f);
    assertThat(arrays.values("parameter")).containsExactly(3, 4);
    assertThat(arrays.shape("turned")).containsExactly(2, 2, 3);
    assertThat(arrays.values("turned"))
        .as("a view that begins late and goes across the storage")
        .containsExactly(
            1 / 8f, 5 / 8f, 9 / 8f, 13 / 8f, 17 / 8f, 21 / 8f, 2 / 8f, 6 / 8f, 10 / 8f, 14 / 8f,
            18 / 8f, 22 / 8f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny-zip.pth", "tiny-legacy.pth"})
  void pytorchFilesAreReadInAThreadThatIsInterrupted(String name) {
    Thread.currentThread().interrupt();
    try {
      assertThat(open(name).values("parameter")).containsExactly(3, 4);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aPickledModuleIsRefused() {
    refuses(
        FILES.resolve("tiny-module.pth"),
        "calls torch.nn.modules.container.Sequential",
        "torch.save(model.state_dict(), FILE)");
  }

  @ParameterizedTest
  @CsvSource({
    "cos\\nsystem\\n(S'true'\\ntR., calls os.system",
    "c__builtin__\\neval\\n(S'1'\\ntR., calls __builtin__.eval",
    "ctorch\\nload\\n(tR., calls torch.load",
    "(S'true'\\nios\\nsystem\\n., makes objects of its own classes",
    "N., holds no dict of tensors",
    "cfoo, is a damaged PyTorch file",
    "(S'w'\\nctorch._utils\\n_rebuild_tensor_v2\\n(NI0\\n(I1\\nt(I1\\nttRd., a tensor without a storage",
    "X\u00ff\u00ff\u00ff\u007f, is a damaged PyTorch file",
  })
  void aPickleThatIsAProgramIsRefused(String pickle, String words) throws IOException {
    Path file = folder.resolve("bad.pth");
    byte[] bytes = pickle.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    writeZip(file, "archive/data.pkl", bytes);
    refuses(file, words);
  }

  /** In the format before PyTorch 1.6: at 17 its protocol, from 1434 on the first storage's key. */
  @ParameterizedTest
  @CsvSource({
    "17, 3, it starts with another number than PyTorch's",
    "1434, 19, its storage null is not where it should be",
  })
  void aNoneWhereANameBelongsIsDamage(int from, int bytes, String words) throws IOException {
    byte[] file = Files.readAllBytes(FILES.resolve("tiny-legacy.pth"));
    Arrays.fill(file, from, from + bytes, (byte) 'N');
    refuses(Files.write(folder.resolve("none.pth"), file), "is a damaged PyTorch file", words);
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no weights: it is empty",
    "<!DOCTYPE html><title>404</title>, holds no weights: it is a web page",
    "some numbers, holds no weights: it is a text that begins with 'some numbers'; give a NumPy",
    "ab\u0001!, which begins with the bytes 61 62 01 21; give a NumPy",
  })
  void otherFilesAreRefused(String content, String words) throws IOException {
    refuses(Files.writeString(folder.resolve("vgg16.h5"), content), "weights", words, ".npz");
  }

  @Test
  void aZipWithoutArraysAndAMissingFileAreRefused() throws IOException {
    Path zip = folder.resolve("a.zip");
    writeZip(zip, "readme.txt", new byte[3]);
    refuses(zip, "a zip without arrays");
    refuses(folder.resolve("none.npz"), "none.npz, which does not exist");
  }

  @Test
  void anArrayThatIsNotThereIsNamed() {
    for (String name : new String[] {"tiny.npz", "tiny-keras.h5", "tiny-zip.pth"}) {
      assertThatThrownBy(() -> open(name).values("fc8"))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(name + " has no array fc8");
    }
  }

  /** A cut or flipped file gives a sentence, or numbers: never anything else that is thrown. */
  @ParameterizedTest
  @ValueSource(strings = {"tiny.npz", "tiny-keras.h5", "tiny-zip.pth", "tiny-legacy.pth"})
  void damageIsASentence(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] bytes = whole.clone();
      if (i % 2 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
      }
      refused += isRefused(Files.write(folder.resolve("damaged"), bytes)) ? 1 : 0;
    }
    assertThat(refused).as("every cut, at least").isGreaterThanOrEqualTo(60);
  }

  private static boolean isRefused(Path file) {
    try {
      NamedArrays arrays = WeightFiles.open("weights", file);
      for (String name : arrays.names()) {
        if (!name.equals("labels")) {
          arrays.shape(name);
          arrays.values(name);
        }
      }
      return false;
    } catch (BadInputException e) {
      assertThat(e).hasMessageContaining(file.toString());
      return true;
    }
  }

  private static void writeZip(Path file, String member, byte[] bytes) throws IOException {
    Files.write(file, TestZips.of(member, bytes));
  }

  private static void refuses(Path file, String... words) {
    assertThatThrownBy(
            () -> {
              NamedArrays arrays = WeightFiles.open("weights", file);
              arrays.names().forEach(arrays::values);
            })
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining(file.toString());
  }
}
