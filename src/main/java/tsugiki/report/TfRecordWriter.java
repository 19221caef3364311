package tsugiki.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TFRecord framing: each record is its length (uint64), the masked CRC of those eight bytes
 * (uint32), the data, and the masked CRC of the data (uint32), all little-endian. The format is
 * described at <a
 * href="https://www.tensorflow.org/tutorials/load_data/tfrecord">tensorflow.org</a>.
 */
final class TfRecordWriter implements AutoCloseable {
  private static final int MASK_DELTA = 0xa282ead8;

  private final OutputStream out;

  /**
   * Frames records for a stream, which this writer then owns.
   *
   * @param out a buffered stream
   */
  TfRecordWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Appends one record.
   *
   * @param data its content
   * @throws IOException when the stream refuses it
   */
  void write(byte[] data) throws IOException {
    byte[] length =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
    out.write(length);
    out.write(littleEndian(maskedCrc(length)));
    out.write(data);
    out.write(littleEndian(maskedCrc(data)));
  }

  /**
   * Hands what was written so far to the operating system.
   *
   * @throws IOException when the stream refuses it
   */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** CRC-32C, rotated and shifted, so that data that holds a CRC does not weaken its own. */
  private static int maskedCrc(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
