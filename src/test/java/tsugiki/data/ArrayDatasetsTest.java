package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

class ArrayDatasetsTest {
  private static final String IMAGES = "train-images-idx3-ubyte.gz";
  private static final String LABELS = "train-labels-idx1-ubyte.gz";

  @TempDir Path folder;

  @Test
  void imagesAreNamedByTheirClassAndGrey() throws IOException {
    mnist(3, 7, 0, 7);
    for (Path path : new Path[] {folder, folder.resolve(IMAGES)}) {
      try (ImageSource source = ImageSource.open(path)) {
        assertThat(source.names()).containsExactly("0/000001.png", "7/000000.png", "7/000002.png");
        assertThat(source.classNames()).containsExactly("0", "7");
        RgbImage first = source.read(1);
        assertThat(first.name()).isEqualTo("7/000000.png");
        assertThat(first.height()).isEqualTo(2);
        assertThat(first.width()).isEqualTo(4);
        for (int i = 0; i < 8; i++) {
          assertThat(first.sample(i / 4, i % 4, 0)).isEqualTo(200 + i);
          assertThat(first.sample(i / 4, i % 4, 2)).isEqualTo(200 + i);
        }
        assertThat(source.read(0).sample(0, 0, 1)).isEqualTo(208);
      }
    }
  }

  /** What is copied out of the array is an image file with the same pixels. */
  @Test
  void anImagesFileIsMadeOnDemand() throws IOException {
    mnist(2, 1, 2);
    try (ImageSource source = ImageSource.open(folder)) {
      RgbImage decoded = ImageDecoder.decode("made", source.encoded(1));
      assertThat(decoded.rgb()).isEqualTo(source.read(1).rgb());
    }
  }

  @Test
  void filesThatAreNotGzippedAreReadToo() throws IOException {
    Path plain = folder.resolve("t10k-images.idx3-ubyte");
    Files.write(plain, idx(new byte[8], 1, 2, 4));
    Files.write(folder.resolve("t10k-labels.idx1-ubyte"), idx(new byte[] {3}, 1));
    try (ImageSource source = ImageSource.open(plain)) {
      assertThat(source.names()).containsExactly("3/000000.png");
    }
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    mnist(2, 1, 2);
    Path images = folder.resolve(IMAGES);
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, Arrays.copyOf(whole, whole.length / 2));
    refused(images, IMAGES, "cut short or damaged");
    gzip(images, Arrays.copyOf(idx(new byte[16], 2, 2, 4), 25));
    refused(images, IMAGES, "holds 9 bytes where its header asks for 16");
    gzip(images, Arrays.copyOf(idx(new byte[16], 2, 2, 4), 40));
    refused(images, "goes on after the 16 bytes");
    gzip(images, idx(new byte[2], 2));
    refused(images, "begins with 00000801");
    gzip(images, idx(new byte[0], Integer.MAX_VALUE, 28, 28));
    refused(images, "asks for the shape");
  }

  @Test
  void labelsBelongToTheirImages() throws IOException {
    mnist(3, 7, 0, 7);
    Path images = folder.resolve(IMAGES);
    gzip(folder.resolve(LABELS), idx(new byte[] {1, 2}, 2));
    refused(images, LABELS, "2 labels", IMAGES, "3 images");
    Files.delete(folder.resolve(LABELS));
    refused(images, "there is no " + LABELS + " beside it");
    gzip(folder.resolve(LABELS), idx(new byte[] {1, 2, 3}, 3));
    refused(folder.resolve(LABELS), "holds labels; name the file with the images");
  }

  @Test
  void cifarHasItsPlanesAndNames() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), cifar(1, 9));
    Files.write(folder.resolve("data_batch_2.bin"), cifar(0));
    Files.write(folder.resolve("test_batch.bin"), cifar(5));
    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.names())
          .containsExactly("airplane/000002.png", "automobile/000000.png", "truck/000001.png");
      RgbImage image = source.read(1);
      assertThat(image.sample(0, 1, 0)).isEqualTo(10);
      assertThat(image.sample(0, 1, 1)).isEqualTo(20);
      assertThat(image.sample(0, 1, 2)).isEqualTo(30);
    }
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\n\n");
    refused(folder, "image 1", "label 9", "2 classes");
    Files.write(folder.resolve("test_batch.bin"), new byte[3000]);
    refused(folder.resolve("test_batch.bin"), "3000 bytes", "no whole number of images of 3073");
  }

  @Test
  void classNamesAreReadInAThreadThatIsInterrupted() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), cifar(1));
    Files.writeString(folder.resolve("batches.meta.txt"), "rose\nMoss\n");
    Thread.currentThread().interrupt();
    try (ImageSource source = ImageSource.open(folder)) {
      assertThat(source.names()).containsExactly("moss/000000.png");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void refused(Path path, String... words) {
    assertThatThrownBy(() -> ImageSource.open(path))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  /** Images of 4×2 pixels with the samples 200, 201, … and these labels. */
  private void mnist(int count, int... labels) throws IOException {
    byte[] samples = new byte[count * 8];
    byte[] classes = new byte[count];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (200 + i);
    }
    for (int i = 0; i < count; i++) {
      classes[i] = (byte) labels[i];
    }
    gzip(folder.resolve(IMAGES), idx(samples, count, 2, 4));
    gzip(folder.resolve(LABELS), idx(classes, count));
  }

  private static byte[] idx(byte[] values, int... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    bytes.putInt(0x800 | shape.length);
    Arrays.stream(shape).forEach(bytes::putInt);
    return bytes.put(values).array();
  }

  private static void gzip(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
  }

  /** Images that are 10 in red, 20 in green and 30 in blue. */
  private static byte[] cifar(int... labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int label : labels) {
      out.write(label);
      for (int plane = 1; plane <= 3; plane++) {
        byte[] samples = new byte[32 * 32];
        Arrays.fill(samples, (byte) (10 * plane));
        out.writeBytes(samples);
      }
    }
    return out.toByteArray();
  }
}
