package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.tensorflow.Session;
import tsugiki.BadInputException;
import tsugiki.graph.TensorBundle;
import tsugiki.graph.TensorBundle.Entry;
import tsugiki.graph.Weight;
import tsugiki.graph.WeightValues;

/**
 * The checkpoints of a run, each in a folder of its own: {@code step-000500/state.*}. A checkpoint
 * counts once the file {@code latest} names it, and that file is replaced atomically after the
 * checkpoint's bytes are on the disk, so that a kill at any moment leaves the newest complete one
 * in force. Python reads them with {@code tf.train.load_checkpoint}.
 */
public final class Checkpoints {
  private static final int KEPT = 2;

  private final Path folder;

  /** The checkpoints in a folder, which the first {@link #save} makes. */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes one and forgets all but the newest.
   *
   * @param step the number of finished steps
   */
  public void save(long step, Session session, List<Weight> state) {
    String name = "step-%06d".formatted(step);
    try {
      Path target = folder.resolve(name);
      delete(target);
      Files.createDirectories(target);
      Map<String, float[]> values = WeightValues.get(session, state);
      Map<String, Entry> entries = new LinkedHashMap<>();
      for (Weight weight : state) {
        entries.put(weight.name(), Entry.of(weight.shape(), values.get(weight.name())));
      }
      TensorBundle.write(target.resolve("state"), entries);
      Path pointer = folder.resolve("latest.tmp");
      Files.writeString(pointer, name + "\n");
      sync(pointer);
      sync(target);
      Files.move(
          pointer,
          folder.resolve("latest"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
      forgetOld();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts the newest one into the session.
   *
   * @return its step, or −1 where there is none
   * @throws BadInputException if it is damaged or another network's
   */
  public long restoreLatest(Session session, List<Weight> state) {
    Path pointer = folder.resolve("latest");
    if (!Files.exists(pointer)) {
      return -1;
    }
    try {
      String name = Files.readString(pointer).strip();
      if (!name.matches("step-\\d+")) {
        throw new BadInputException(pointer + " names no checkpoint; it is damaged");
      }
      Map<String, Entry> entries =
          TensorBundle.read(
              folder.resolve(name).resolve("state"), state.stream().map(Weight::name).toList());
      for (Weight weight : state) {
        Entry entry = entries.get(weight.name());
        if (!entry.shape().equals(weight.shape())) {
          throw new BadInputException(
              folder.resolve(name)
                  + " holds "
                  + weight.name()
                  + " in the shape "
                  + entry.shape()
                  + ", but the run's options ask for "
                  + weight.shape());
        }
        WeightValues.set(session, weight, entry.values());
      }
      return Long.parseLong(name.substring("step-".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forgetOld() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> newestFirst =
          entries
              .filter(path -> path.getFileName().toString().startsWith("step-"))
              .sorted(Comparator.comparing(Path::getFileName).reversed())
              .toList();
      for (int i = KEPT; i < newestFirst.size(); i++) {
        delete(newestFirst.get(i));
      }
    }
  }

  private static void delete(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      FileUtils.deleteDirectory(target.toFile());
    }
  }

  /** Asks for the bytes, or a folder's entries, to be on the disk. */
  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
