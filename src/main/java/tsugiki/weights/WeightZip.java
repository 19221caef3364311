package tsugiki.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/**
 * The members of a zip of arrays, stored or deflated, as NumPy's {@code .npz} and PyTorch's {@code
 * .pth} are. A member is read whole and checked against its CRC, which Java's zip files leave to
 * their reader.
 *
 * @param file the zip
 */
record WeightZip(Path file) {
  /** Deflate's limit: 258 bytes from two bits. */
  private static final long MOST_EXPANSION = 1032;

  /**
   * The members' names in the order of the zip's directory.
   *
   * @throws BadInputException if the zip is cut off or damaged
   */
  List<String> members() {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(Reason.of(e), e);
    }
  }

  /**
   * The bytes of a member.
   *
   * @throws BadInputException if there is none of that name, or it is damaged
   */
  byte[] read(String member) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry entry = zip.getEntry(member);
      if (entry == null) {
        throw damaged("its member " + member + " is missing", null);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        int size = Math.toIntExact(entry.getSize());
        if (size > MOST_EXPANSION * Math.max(1, entry.getCompressedSize())) {
          throw damaged(
              "its member %s claims %d bytes, more than its %d can hold"
                  .formatted(member, size, entry.getCompressedSize()),
              null);
        }
        byte[] bytes = in.readNBytes(size);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (bytes.length != size || crc.getValue() != entry.getCrc()) {
          throw damaged("its member " + member + " has another checksum than recorded", null);
        }
        return bytes;
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw damaged(Reason.of(e), e);
    }
  }

  BadInputException damaged(String what, Throwable cause) {
    return new BadInputException(
        file + " is damaged (" + what + "); copy or download it again", cause);
  }
}
