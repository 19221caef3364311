package tsugiki.train;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSet;

/**
 * The SHA-256 digests of what a run reads, by name. A new run keeps them in {@code inputs.json},
 * and a resumed run refuses other inputs: it would train on something else without a word.
 */
public final class RunInputs {
  private static final Logger LOG = LoggerFactory.getLogger(RunInputs.class);
  private static final String FILE = "inputs.json";

  /** Of a new study, whose trials other processes have begun. */
  private static final String SHARED =
      "%s was begun by another process with other %s (SHA-256 %s, here %s); give both the same, and begin a new run";

  private static final String RESUMED =
      "⟨resume⟩ %s began with other %s (SHA-256 %s, now %s); give them as they were, or begin a new run";

  private static final int FLOATS_AT_ONCE = 1 << 16;

  private final Map<String, String> digests = new LinkedHashMap<>();

  /** Adds images: their names, sizes, labels and pixels, in their order. */
  public RunInputs images(String name, ImageSet images) {
    Hasher hasher = Hashing.sha256().newHasher().putInt(images.size());
    for (int i = 0; i < images.count(); i++) {
      hasher
          .putString(images.names().get(i), StandardCharsets.UTF_8)
          .putInt(images.label(i))
          .putBytes(images.image(i).rgb());
    }
    return add(name, hasher);
  }

  /** Adds the weights of a network. */
  public RunInputs weights(String name, Map<String, float[]> weights) {
    Hasher hasher = Hashing.sha256().newHasher();
    ByteBuffer bytes = ByteBuffer.allocate(FLOATS_AT_ONCE * Float.BYTES);
    new TreeMap<>(weights)
        .forEach(
            (weight, values) -> {
              hasher.putString(weight, StandardCharsets.UTF_8).putInt(values.length);
              for (int from = 0; from < values.length; from += FLOATS_AT_ONCE) {
                int count = Math.min(FLOATS_AT_ONCE, values.length - from);
                bytes.clear().asFloatBuffer().put(values, from, count);
                hasher.putBytes(bytes.limit(count * Float.BYTES));
              }
            });
    return add(name, hasher);
  }

  /** Adds whole numbers, such as labels. */
  public RunInputs numbers(String name, int[] numbers) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (int number : numbers) {
      hasher.putInt(number);
    }
    return add(name, hasher);
  }

  /**
   * Adds a frozen network.
   *
   * @param digest of its weights' file; empty for a network without weights
   */
  public RunInputs network(String name, Optional<String> digest) {
    digest.ifPresent(sha256 -> digests.put(name, sha256));
    return this;
  }

  private RunInputs add(String name, Hasher hasher) {
    digests.put(name, hasher.hash().toString());
    return this;
  }

  /**
   * Keeps the digests of a new run, and compares those of one that has some: another process may
   * have begun it, also at this moment. What a run that began with an older version has not kept,
   * it keeps now.
   *
   * @throws BadInputException if an input is not what it was
   */
  public void check(RunDirectory run) {
    digests.forEach((name, digest) -> LOG.info("{}: SHA-256 {}", name, digest));
    if (run.writeNew(FILE, digests)) {
      return;
    }
    Map<String, Object> kept = kept(run);
    compare(run, kept, run.resumed() ? RESUMED : SHARED);
    Map<String, Object> all = new LinkedHashMap<>(digests);
    all.putAll(kept);
    if (!all.equals(kept)) {
      run.write(FILE, all);
    }
  }

  /**
   * Compares the digests with those that a run has kept, and writes nothing.
   *
   * @throws BadInputException if an input is not what it was
   */
  public void compare(RunDirectory run) {
    compare(run, kept(run), RESUMED);
  }

  /**
   * The same for a model of the run.
   *
   * @throws BadInputException if an input is not what it was
   */
  void compareForModel(RunDirectory run) {
    compare(
        run,
        kept(run),
        "⟨model⟩ %s was trained with other %s (SHA-256 %s, now %s); put them back as they were");
  }

  private void compare(RunDirectory run, Map<String, Object> kept, String sentence) {
    digests.forEach(
        (name, digest) -> {
          Object before = kept.get(name);
          if (before != null && !before.equals(digest)) {
            throw new BadInputException(sentence.formatted(run.path(), name, before, digest));
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> kept(RunDirectory run) {
    Path file = run.resolve(FILE);
    return Files.exists(file) ? OptionsJson.read(file, Map.class) : Map.of();
  }
}
