package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;

/** Files of images with more bytes than are read. On the disk they take next to nothing. */
class LargeFilesTest {
  private static final int TOO_MANY = (256 << 20) + 1;
  private static final String REFUSAL =
      "has 257 MiB, more than the 256 MiB that a file of images may have";

  /** Bytes of an image of CIFAR-10, with its label. */
  private static final int CIFAR_RECORD = 3073;

  @TempDir private Path folder;

  @Test
  void aLargeFileIsNotRead() throws IOException {
    Path file = sparse("a/large.png", TOO_MANY);
    try (ImageSource source = ImageSource.open(file.getParent())) {
      refused(() -> source.read(0), file.toString());
    }
    try (ImageSource source = ImageSource.open(file)) {
      refused(() -> source.encoded(0), file.toString());
    }
  }

  @Test
  void aLargeMemberOfAZipIsNotUnpacked() throws IOException {
    Path zip =
        TestImages.zip(folder.resolve("large.zip"), "1.png", TestImages.png(10, 9, 0x102030));
    byte[] bytes = Files.readAllBytes(zip);
    // The directory's header begins with PK\1\2 and has the unpacked size at its byte 24.
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, TOO_MANY);
    Files.write(zip, bytes);

    ZipFiles.Limits otherwiseNone = new ZipFiles.Limits(9, Long.MAX_VALUE, Long.MAX_VALUE);
    try (ZipFiles files = ZipFiles.open(zip, "", otherwiseNone)) {
      refused(() -> files.read("1.png"), zip + "/1.png");
    }
  }

  @Test
  void aLargeFileOfCifarIsNotReadAlthoughItHoldsWholeImages() throws IOException {
    Path file = sparse("data_batch_1.bin", (TOO_MANY / CIFAR_RECORD + 1L) * CIFAR_RECORD);
    refused(() -> ImageSource.open(file), file.toString());
  }

  private Path sparse(String name, long bytes) throws IOException {
    Path file = TestImages.write(folder, name, new byte[0]);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(bytes);
    }
    return file;
  }

  private static void refused(ThrowingCallable reading, String name) {
    assertThatThrownBy(reading)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(name, REFUSAL);
  }
}
