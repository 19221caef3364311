package tsugiki.report;

import com.google.protobuf.ByteString;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import tsugiki.base.AtomicFile;
import tsugiki.base.SystemRefusal;

/**
 * Writes a TensorBoard event file: {@code events.out.tfevents.SECONDS.HOST} in a run directory.
 *
 * <p>Each writer makes a file of its own; TensorBoard joins the files of one folder. What was
 * written reaches readers after {@link #flush} or {@link #close}. Methods may be called from
 * several threads. They throw {@link UncheckedIOException} when the file cannot be written.
 *
 * <p>A tag with slashes ({@code loss/generator}) is grouped under its first part.
 */
public final class EventWriter implements AutoCloseable {
  private static final String FILE_VERSION = "brain.Event:2";
  private static final int RGB = 3;

  private final Path file;
  private final TfRecordWriter records;

  private EventWriter(Path file, TfRecordWriter records) {
    this.file = file;
    this.records = records;
    write(event(0).setFileVersion(FILE_VERSION));
  }

  /**
   * Begins an event file.
   *
   * @param folder the run directory; made when missing
   * @return the writer of a new file
   * @throws tsugiki.base.BadInputException when the folder cannot be made
   */
  public static EventWriter open(Path folder) {
    AtomicFile.makeFolder(folder);
    long seconds = Instant.now().getEpochSecond();
    // A run resumed within a second of its stop must not touch the file of the first part.
    for (long stamp = seconds; ; stamp++) {
      Path file = folder.resolve(String.format("events.out.tfevents.%010d.%s", stamp, host()));
      try {
        return new EventWriter(
            file,
            new TfRecordWriter(
                new BufferedOutputStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))));
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        throw SystemRefusal.cannotWrite(file, e);
      }
    }
  }

  /**
   * Begins another event file of a run that goes on from a checkpoint, and tells TensorBoard to
   * forget what the earlier files say about this step and later ones.
   *
   * @param folder the run directory
   * @param step the first step that will be run again
   * @return the writer of a new file
   * @throws tsugiki.base.BadInputException when the folder cannot be made
   */
  public static EventWriter resume(Path folder, long step) {
    EventWriter writer = open(folder);
    writer.write(
        event(step)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
    return writer;
  }

  /**
   * Writes one number, a point of the curve of its tag.
   *
   * @param tag name of the curve
   * @param step the training step
   * @param value any float; NaN and infinities are kept, TensorBoard marks them
   */
  public void scalar(String tag, long step, double value) {
    write(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
  }

  /**
   * Writes a picture, as PNG.
   *
   * @param tag name of the picture, the same at every step
   * @param step the training step
   * @param image the picture, RGB
   */
  public void image(String tag, long step, BufferedImage image) {
    image(tag, step, image, Pictures.png(image));
  }

  /**
   * The same where its file is there already.
   *
   * @param png what {@link Pictures#png} gave for it
   */
  public void image(String tag, long step, BufferedImage image, byte[] png) {
    Summary.Image.Builder encoded =
        Summary.Image.newBuilder()
            .setHeight(image.getHeight())
            .setWidth(image.getWidth())
            .setColorspace(RGB)
            .setEncodedImageString(ByteString.copyFrom(png));
    write(step, Summary.Value.newBuilder().setTag(tag).setImage(encoded));
  }

  /**
   * Writes the distribution of values in TensorFlow's exponential buckets.
   *
   * @param tag name of the distribution
   * @param step the training step
   * @param values finite numbers, possibly none
   * @throws IllegalArgumentException when a value is infinite or not a number
   */
  public void histogram(String tag, long step, float[] values) {
    write(step, Summary.Value.newBuilder().setTag(tag).setHisto(Histograms.of(values)));
  }

  /**
   * Writes the structure of a graph, for TensorBoard's Graphs page.
   *
   * @param graph the graph; keep large constants out of it, they are written too
   */
  public void graph(GraphDef graph) {
    write(event(0).setGraphDef(graph.toByteString()));
  }

  /** Makes what was written so far visible to readers of the file. */
  public synchronized void flush() {
    try {
      records.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * The file that this writer makes.
   *
   * @return its path
   */
  public Path file() {
    return file;
  }

  @Override
  public synchronized void close() {
    try {
      records.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(long step, Summary.Value.Builder value) {
    write(event(step).setSummary(Summary.newBuilder().addValue(value)));
  }

  private synchronized void write(Event.Builder event) {
    try {
      records.write(event.build().toByteArray());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  private UncheckedIOException failed(IOException cause) {
    return SystemRefusal.cannotWrite(file, cause);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
