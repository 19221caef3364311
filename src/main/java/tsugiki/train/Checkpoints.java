package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;
import tsugiki.base.TextFile;
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
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
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
   * @throws UncheckedIOException if it cannot be written; the one before it stays in force then
   */
  public void save(long step, Session session, List<Weight> state) {
    String name = "step-%06d".formatted(step);
    Path target = folder.resolve(name);
    try {
      delete(target);
      String previous = latest().orElse(name);
      write(target, session, state);
      point(name);
      forgetAllBut(List.of(name, previous));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the checkpoint %s cannot be written: %s".formatted(target, Reason.of(e)), e);
    }
  }

  /** Writes the files of one; where that fails, nothing of it is left. */
  private static void write(Path target, Session session, List<Weight> state) throws IOException {
    boolean whole = false;
    try {
      Files.createDirectories(target);
      WeightValues.write(target.resolve("state"), session, state);
      sync(target);
      whole = true;
    } finally {
      if (!whole) {
        delete(target);
      }
    }
  }

  /** A whole checkpoint as its files hold it. */
  private record Whole(String name, Map<String, Entry> entries) {
    long step() {
      return Checkpoints.step(name);
    }
  }

  /**
   * Puts the newest whole one into a trainee. A damaged one is named in the log, and the one before
   * it is in force from then on; where {@code latest} is lost, the newest whole one counts.
   *
   * @return its step, or −1 where there is none
   * @throws BadInputException if all are damaged, or the newest whole one is another network's
   */
  public long restoreLatest(Trainee trainee) {
    Optional<String> latest = latest();
    Optional<Whole> newest = newest(latest);
    if (newest.isEmpty()) {
      // Nothing was in force: a kill has left the first one half-written, or they are lost.
      return -1;
    }
    Whole found = newest.get();
    trainee.enter(found.step());
    WeightValues.set(trainee.session(), matched(found, trainee.state()));
    if (!latest.equals(Optional.of(found.name()))) {
      point(found.name());
    }
    return found.step();
  }

  /**
   * Puts some of what the newest whole one holds into another training, if it is of that step. The
   * folder stays as it is.
   *
   * @return its step, or −1 where there is none
   * @throws BadInputException as {@link #restoreLatest}
   */
  long copyLatest(long step, Session session, List<Weight> weights) {
    Optional<Whole> newest = newest(latest());
    newest
        .filter(found -> found.step() == step)
        .ifPresent(found -> WeightValues.set(session, matched(found, weights)));
    return newest.map(Whole::step).orElse(-1L);
  }

  private Optional<Whole> newest(Optional<String> latest) {
    BadInputException damage = null;
    for (String name : candidates(latest)) {
      try {
        return Optional.of(
            new Whole(name, TensorBundle.read(folder.resolve(name).resolve("state"))));
      } catch (BadInputException e) {
        damage = damage == null ? e : damage;
        LOG.warn("{}; going on from the one before it, if there is one", e.marked());
      }
    }
    if (latest.isPresent()) {
      throw damage;
    }
    return Optional.empty();
  }

  /**
   * The prefix of the files of the one in force, for reading alone.
   *
   * @return empty where there is none
   */
  Optional<Path> inForce() {
    return latest().map(name -> folder.resolve(name).resolve("state"));
  }

  private Map<Weight, float[]> matched(Whole found, List<Weight> state) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : state) {
      Entry entry = found.entries().get(weight.name());
      if (entry == null || !entry.shape().equals(weight.shape())) {
        throw new BadInputException(
            "%s holds %s %s, but the run's options ask for the shape %s"
                .formatted(
                    folder.resolve(found.name()),
                    entry == null ? "no" : "the shape " + entry.shape() + " of",
                    weight.name(),
                    weight.shape()));
      }
      values.put(weight, entry.values());
    }
    return values;
  }

  /** The one in force and those before it, or all where none is in force; the newest first. */
  private List<String> candidates(Optional<String> latest) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      Stream<String> names =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> CHECKPOINT.matcher(name).matches())
              .filter(name -> latest.isEmpty() || step(name) < step(latest.get()));
      return Stream.concat(latest.stream(), names)
          .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The step of the one in force, 0 where there is none. */
  long latestStep() {
    return latest().map(Checkpoints::step).orElse(0L);
  }

  private static long step(String name) {
    return Long.parseLong(name.substring("step-".length()));
  }

  /** Puts a checkpoint in force. */
  private void point(String name) {
    DurableFolder.write(folder.resolve(LATEST), name + "\n");
  }

  /** The name of the checkpoint in force. */
  private Optional<String> latest() {
    Path pointer = folder.resolve(LATEST);
    if (!Files.exists(pointer)) {
      return Optional.empty();
    }
    String name = TextFile.read(pointer).strip();
    if (!CHECKPOINT.matcher(name).matches()) {
      throw new BadInputException(
          pointer
              + " names no checkpoint; write the name of one beside it into it, such as step-000500");
    }
    return Optional.of(name);
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
