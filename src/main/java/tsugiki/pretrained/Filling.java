package tsugiki.pretrained;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.base.BadInputException;
import tsugiki.pretrained.Download.Listener;

/** Fills a part, in as many attempts as it takes, but not without end. */
final class Filling {
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 5;

  private final Publication publication;
  private final Path part;
  private final Path version;
  private final Listener listener;
  private final long pauseMillis;
  private long total = -1;

  Filling(Publication publication, Path part, Path version, Listener listener, long pauseMillis) {
    this.publication = publication;
    this.part = part;
    this.version = version;
    this.listener = listener;
    this.pauseMillis = pauseMillis;
  }

  /** Returns the byte from which the first attempt went on. */
  long fill(FileChannel out) throws IOException {
    long first = -1;
    for (int attempt = 1; ; attempt++) {
      String known = Files.isRegularFile(version) ? Files.readString(version) : "";
      long have = known.isEmpty() ? 0 : out.size();
      String trouble;
      try (Transfer transfer = connect(have, known)) {
        first = first < 0 ? transfer.from() : first;
        trouble = copy(transfer, out);
      }
      if (trouble.isEmpty()) {
        return first;
      }
      if (attempt == ATTEMPTS) {
        throw new BadInputException(
            "the download of %s broke off after %d%s bytes (%s); run it again to go on from there"
                .formatted(
                    publication.address(), out.size(), total < 0 ? "" : " of " + total, trouble));
      }
      pause();
    }
  }

  private Transfer connect(long have, String known) {
    try {
      return Transfer.open(publication.address(), have, known);
    } catch (IOException e) {
      throw new BadInputException(
          "%s cannot be reached (%s); try later, or get the file by hand"
              .formatted(publication.address(), Transfer.described(e)),
          e);
    }
  }

  /** Returns what broke it off, or nothing. */
  private String copy(Transfer transfer, FileChannel out) throws IOException {
    out.truncate(transfer.from());
    out.position(transfer.from());
    total = transfer.total();
    long expected = publication.bytes();
    if (expected > 0 && total >= 0 && total != expected) {
      throw new BadInputException(
          "%s offers %d bytes where %d are expected; it is not the file that was published"
              .formatted(publication.address(), total, expected));
    }
    requireRoom(total - transfer.from());
    Files.writeString(version, transfer.validator());
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = transfer.body()) {
      while (true) {
        int read;
        try {
          read = in.read(buffer);
        } catch (IOException e) {
          return Transfer.described(e);
        }
        if (read < 0) {
          break;
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        listener.at(out.position(), total);
      }
    }
    return total >= 0 && out.position() < total ? "the server closed the connection" : "";
  }

  private void requireRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part).getUsableSpace();
    if (bytes > room) {
      throw new BadInputException(
          "%s needs %d MB more than the %d MB that are free; make room, or set TSUGIKI_CACHE"
              .formatted(part, (bytes - room >> 20) + 1, room >> 20));
    }
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
