package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.graph.Weight;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;

/**
 * The checkpoints of a run, each in a folder of its own: {@code step-000500/state.*}. A checkpoint
 * counts once the file {@code latest} names it, and that file is replaced atomically after the
 * checkpoint's bytes are on the disk, so that a kill at any moment leaves the newest complete one
 * in force. Python reads them with {@code tf.train.load_checkpoint}.
 */
public final class Checkpoints {
  private static final String LATEST = "latest";

  private static final Pattern CHECKPOINT = Pattern.compile("step-\\d{6,18}");

  private final Path folder;

  /** The checkpoints in a folder, which the first {@link #save} makes. */
  public Checkpoints(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes one and forgets all but this one and the one before.
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
      String previous = latest().orElse(name);
      Files.writeString(pointer, name + "\n");
      sync(pointer);
      sync(target);
      Files.move(
          pointer,
          folder.resolve(LATEST),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
      forgetAllBut(List.of(name, previous));
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
    Optional<String> latest = latest();
    if (latest.isEmpty()) {
      return -1;
    }
    String name = latest.get();
    Map<String, Entry> entries =
        TensorBundle.read(
            folder.resolve(name).resolve("state"), state.stream().map(Weight::name).toList());
    Map<Weight, float[]> values = new LinkedHashMap<>();
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
      values.put(weight, entry.values());
    }
    WeightValues.set(session, values);
    return Long.parseLong(name.substring("step-".length()));
  }

  /** The name of the checkpoint in force. */
  private Optional<String> latest() {
    Path pointer = folder.resolve(LATEST);
    if (!Files.exists(pointer)) {
      return Optional.empty();
    }
    try {
      String name = Files.readString(pointer).strip();
      if (!CHECKPOINT.matcher(name).matches()) {
        throw new BadInputException(
            pointer
                + " names no checkpoint; write the name of one beside it into it, such as step-000500");
      }
      return Optional.of(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes older checkpoints, and what a kill left half-written. */
  private void forgetAllBut(List<String> kept) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (CHECKPOINT.matcher(name).matches() && !kept.contains(name)) {
          delete(entry);
        }
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
