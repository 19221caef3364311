package tsugiki.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tensorflow.ndarray.Shape;
import tsugiki.base.NumpyFile;

/** Writes named float32 arrays as an {@code .npz} file, which {@code numpy.load} reads. */
final class NumpyArchive implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final ZipOutputStream zip;

  /**
   * Begins a file.
   *
   * @throws IOException if it cannot be written
   */
  NumpyArchive(Path file) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION); // Random numbers do not compress.
  }

  /** Adds an array in row-major order. */
  void add(String name, Shape shape, float[] values) throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    NumpyFile.write(
        zip, values, Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
