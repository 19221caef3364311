package tsugiki.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Session;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.Reason;
import tsugiki.graph.Weight;
import tsugiki.runtime.TensorBundle;
import tsugiki.runtime.TensorBundle.Entry;
import tsugiki.runtime.WeightValues;

/**
 * The checkpoints of a run, each in a folder of its own: {@code step-000500/state.*}. A checkpoint
 * counts once the file {@code latest} names it, and that file is replaced atomically after the
 * checkpoint's bytes are on the disk, so that a kill at any moment leaves the newest complete one
 * in force. The file {@code best} names the one of the best score, where a training has scores.
 * Python reads them with {@code tf.train.load_checkpoint}.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** How many of the last ones stay: a damaged one leaves the one before it. */
  static final int KEPT = 2;

  /** Their folder in a run's. */
  static final String FOLDER = "checkpoints";

  private final CheckpointFolder folder;
  private final int keep;
  private final long always;

  /** The checkpoints in a folder, which the first {@link #save} makes. */
  public Checkpoints(Path folder) {
    this(folder, KEPT, 0);
  }

  /**
   * The same.
   *
   * @param keep how many of the last ones stay, at least 1
   * @param always the step of one that stays besides; 0 for none
   */
  Checkpoints(Path folder, int keep, long always) {
    this.folder = new CheckpointFolder(folder);
    this.keep = keep;
    this.always = always;
  }

  /** Writes one that is no better than others; see the other method of this name. */
  public void save(long step, Session session, List<Weight> state) {
    save(step, session, state, false);
  }

  /**
   * Writes one and forgets all but the last ones, the best, and the one that always stays.
   *
   * @param step the number of finished steps
   * @param best whether it has the best score so far
   * @throws DivergedException if a weight is no longer a number
   * @throws UncheckedIOException if it cannot be written; the one before it stays in force then
   */
  public void save(long step, Session session, List<Weight> state, boolean best) {
    String name = CheckpointFolder.named(step);
    Path target = folder.path().resolve(name);
    Map<String, float[]> values = WeightValues.get(session, state);
    DivergedException.checkWeights(step - 1, values, this::latestStep);
    try {
      CheckpointFolder.delete(target);
      Stream<String> before =
          folder
              .latest()
              .map(latest -> folder.candidates(Optional.of(latest)).stream())
              .orElse(Stream.of());
      Set<String> kept =
          Stream.concat(Stream.of(name), before)
              .distinct()
              .limit(keep)
              .collect(Collectors.toCollection(HashSet::new));
      write(target, state, values);
      if (best) {
        // First, so that a kill between the two leaves a step that a resumed run comes to again.
        folder.point(CheckpointFolder.BEST, name);
      }
      folder.point(CheckpointFolder.LATEST, name);
      folder.pointed(CheckpointFolder.BEST).ifPresent(kept::add);
      kept.add(CheckpointFolder.named(always));
      folder.forgetAllBut(kept);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the checkpoint %s cannot be written: %s".formatted(target, Reason.of(e)), e);
    }
  }

  /** Writes the files of one; where that fails, nothing of it is left. */
  private static void write(Path target, List<Weight> state, Map<String, float[]> values)
      throws IOException {
    boolean whole = false;
    try {
      Files.createDirectories(target);
      WeightValues.write(target.resolve("state"), state, values);
      DurableFolder.sync(target);
      whole = true;
    } finally {
      if (!whole) {
        CheckpointFolder.delete(target);
      }
    }
  }

  /** A whole checkpoint as its files hold it. */
  private record Whole(String name, Map<String, Entry> entries) {
    long step() {
      return CheckpointFolder.step(name);
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
    Optional<String> latest = folder.latest();
    Optional<Whole> newest = newest(latest);
    if (newest.isEmpty()) {
      // Nothing was in force: a kill has left the first one half-written, or they are lost.
      return -1;
    }
    Whole found = newest.get();
    fill(trainee, found);
    if (!latest.equals(Optional.of(found.name()))) {
      folder.point(CheckpointFolder.LATEST, found.name());
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
    Optional<Whole> newest = newest(folder.latest());
    newest
        .filter(found -> found.step() == step)
        .ifPresent(found -> WeightValues.set(session, matched(found, weights)));
    return newest.map(Whole::step).orElse(-1L);
  }

  /**
   * Makes an earlier one the newest. Later ones are no longer in force, the best one neither; the
   * next {@link #save} deletes them.
   *
   * @throws BadInputException if it is not there, or damaged; all stay in force then
   */
  void returnTo(long step) {
    Path found = folder.find(Long.toString(step));
    TensorBundle.read(found.resolve("state"));
    folder.point(CheckpointFolder.LATEST, found.getFileName().toString());
    if (bestStep().orElse(0) > step) {
      folder.forgetBest();
    }
  }

  private Optional<Whole> newest(Optional<String> latest) {
    BadInputException damage = null;
    for (String name : folder.candidates(latest)) {
      try {
        return Optional.of(
            new Whole(name, TensorBundle.read(folder.path().resolve(name).resolve("state"))));
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
    return folder.latest().map(name -> folder.path().resolve(name).resolve("state"));
  }

  private Map<Weight, float[]> matched(Whole found, List<Weight> state) {
    Map<Weight, float[]> values = new LinkedHashMap<>();
    for (Weight weight : state) {
      Entry entry = found.entries().get(weight.name());
      if (entry == null || !entry.shape().equals(weight.shape())) {
        throw new BadInputException(
            "%s holds %s %s, but the run's options ask for the shape %s; put options.json back as it was, or begin a new run"
                .formatted(
                    folder.path().resolve(found.name()),
                    entry == null ? "no" : "the shape " + entry.shape() + " of",
                    weight.name(),
                    weight.shape()));
      }
      values.put(weight, entry.values());
    }
    return values;
  }

  /**
   * Puts one into a trainee. The folder stays as it is.
   *
   * @param which {@code best}, {@code latest} or a step
   * @return its step
   * @throws BadInputException if it is not there, damaged, or another network's
   */
  long restore(Trainee trainee, String which) {
    Path found = folder.find(which);
    String name = found.getFileName().toString();
    Whole whole = new Whole(name, TensorBundle.read(found.resolve("state")));
    fill(trainee, whole);
    return whole.step();
  }

  private void fill(Trainee trainee, Whole found) {
    trainee.enter(found.step());
    Map<Boolean, List<Weight>> byAge =
        trainee.state().stream()
            .collect(
                Collectors.partitioningBy(
                    weight ->
                        trainee.mayBeNew(weight) && !found.entries().containsKey(weight.name())));
    WeightValues.set(trainee.session(), matched(found, byAge.get(false)));
    if (!byAge.get(true).isEmpty()) {
      LOG.info(
          "{} has no {}: a part of the state that the run had no use for begins as in a new run",
          folder.path().resolve(found.name()),
          byAge.get(true).stream().map(Weight::name).collect(Collectors.joining(", ")));
    }
  }

  /** The step of the best one; empty where none was ever the best. */
  OptionalLong bestStep() {
    return folder
        .pointed(CheckpointFolder.BEST)
        .map(name -> OptionalLong.of(CheckpointFolder.step(name)))
        .orElse(OptionalLong.empty());
  }

  /** The step of the one in force, 0 where there is none. */
  long latestStep() {
    return folder.latest().map(CheckpointFolder::step).orElse(0L);
  }

  /**
   * Refuses a run that has done more steps than it is to have.
   *
   * @throws BadInputException if so
   */
  static void refuseFewer(long steps, long done, Path run) {
    if (done > steps) {
      throw new BadInputException(
          "⟨steps⟩ is %d, and %s has %d behind it; give at least as many"
              .formatted(steps, run, done));
    }
  }
}
