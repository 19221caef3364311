package tsugiki.features;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tsugiki.base.AtomicFile;
import tsugiki.base.BadInputException;
import tsugiki.base.DurableFolder;
import tsugiki.base.NumpyRows;
import tsugiki.base.Reason;
import tsugiki.base.UserCache;
import tsugiki.data.ImageSource;

/**
 * Features that were computed before, kept in a folder that may be deleted at any time. An entry is
 * an {@code .npz} with one array {@code features}, named by the hash of all that the features
 * depend on: the bytes of the image files in their order, and the network's operations (which are
 * its protocol and tap) and weights, for which the features of one image of noise vouch too.
 * Neither the files' names nor where they lie matter.
 *
 * <p>The files are hashed on all cores before anything is decoded, which takes a small part of the
 * time that decoding takes and leaves them in the system's own cache.
 *
 * @param folder where the entries are
 */
public record FeatureCache(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);

  /** To be raised when decoding or anything else outside the graph changes. */
  private static final int VERSION = 1;

  private static final String MEMBER = "features.npy";
  private static final int FILES_AT_ONCE = 1024;

  /** After this time without a change nobody writes a file any more. */
  private static final Duration UNFINISHED = Duration.ofDays(1);

  /** The user's own: {@code features} in {@link UserCache}. */
  public static FeatureCache standard() {
    return new FeatureCache(UserCache.folder().resolve("features"));
  }

  /**
   * One kind of features, as far as their values depend on it.
   *
   * @param protocol of the network, in words
   * @param fingerprint of its operations and weights
   * @param dimensions D
   */
  record Kind(String protocol, String fingerprint, int dimensions) {}

  /** Computes features of several kinds by one pass over the images. */
  @FunctionalInterface
  interface Pass {
    /**
     * Computes them.
     *
     * @param kinds which of the kinds, by their places in the list
     * @param consumers one for each of them
     */
    void compute(List<Integer> kinds, List<Consumer<Features>> consumers);
  }

  /**
   * Hands features on; those that are not in the cache are computed by one pass and kept.
   *
   * @param progress is called with the number of further images that are done
   * @param consumers one for each kind
   */
  void stream(
      List<Kind> kinds,
      ImageSource source,
      IntConsumer progress,
      List<Consumer<Features>> consumers,
      Pass pass) {
    List<Path> entries =
        keys(source, kinds).stream().map(key -> folder.resolve(key + ".npz")).toList();
    List<Integer> missing =
        IntStream.range(0, kinds.size())
            .filter(i -> !isWhole(entries.get(i), source, kinds.get(i).dimensions()))
            .boxed()
            .toList();
    for (int i = 0; i < kinds.size(); i++) {
      if (!missing.contains(i)) {
        readWhole(entries.get(i), source, kinds.get(i).dimensions(), consumers.get(i));
      }
    }
    if (missing.isEmpty()) {
      progress.accept(source.count());
    }
    List<Consumer<Features>> others =
        new ArrayList<>(missing.stream().map(consumers::get).toList());
    if (!missing.isEmpty() && isWritable()) {
      removeUnfinished();
      write(entries, kinds, source, others, missing, 0, pass);
    } else if (!missing.isEmpty()) {
      pass.compute(missing, others);
    }
  }

  /** What the features of each kind depend on, as 64 hexadecimal digits. */
  private static List<String> keys(ImageSource source, List<Kind> kinds) {
    List<Hasher> keys =
        kinds.stream()
            .map(kind -> Hashing.sha256().newHasher().putInt(VERSION).putInt(source.count()))
            .toList();
    for (int from = 0; from < source.count(); from += FILES_AT_ONCE) {
      int to = Math.min(from + FILES_AT_ONCE, source.count());
      List<HashCode> files =
          IntStream.range(from, to)
              .parallel()
              .mapToObj(i -> Hashing.sha256().hashBytes(source.encoded(i)))
              .toList();
      keys.forEach(key -> files.forEach(hash -> key.putBytes(hash.asBytes())));
    }
    return IntStream.range(0, kinds.size())
        .mapToObj(
            i ->
                keys.get(i)
                    .putString(kinds.get(i).protocol(), StandardCharsets.UTF_8)
                    .putString(kinds.get(i).fingerprint(), StandardCharsets.UTF_8)
                    .hash()
                    .toString())
        .toList();
  }

  /** Whether an entry is there and undamaged; a damaged one is named in the log. */
  private static boolean isWhole(Path entry, ImageSource source, int dimensions) {
    if (!Files.isRegularFile(entry)) {
      return false;
    }
    try {
      read(entry, source, dimensions, chunk -> {});
      return true;
    } catch (IOException | BadInputException e) {
      LOG.warn(
          "The cached features {} are damaged ({}) and are computed again", entry, Reason.of(e));
      return false;
    }
  }

  /** Reads an entry to its end, where the zip's checksum is compared. */
  private static void read(
      Path entry, ImageSource source, int dimensions, Consumer<Features> consumer)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(entry));
        ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry member = zip.getNextEntry();
      if (member == null || !member.getName().equals(MEMBER)) {
        throw new IOException("it does not begin with " + MEMBER);
      }
      NumpyRows.read(
          zip,
          source.count(),
          dimensions,
          FeaturePipeline.CHUNK,
          values -> consumer.accept(Features.of(source.toString(), values, dimensions)));
      if (zip.read() >= 0) {
        throw new IOException("it goes on after its array");
      }
    }
  }

  private static void readWhole(
      Path entry, ImageSource source, int dimensions, Consumer<Features> consumer) {
    try {
      read(entry, source, dimensions, consumer);
    } catch (IOException e) {
      throw new UncheckedIOException(entry + " was whole and cannot be read any more", e);
    }
  }

  /** Opens the entries of the missing kinds one within the other, and then computes them all. */
  private static void write(
      List<Path> entries,
      List<Kind> kinds,
      ImageSource source,
      List<Consumer<Features>> consumers,
      List<Integer> missing,
      int at,
      Pass pass) {
    if (at == missing.size()) {
      pass.compute(missing, consumers);
      return;
    }
    int kind = missing.get(at);
    AtomicFile.write(
        entries.get(kind),
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.setLevel(Deflater.NO_COMPRESSION); // Features hardly compress.
          zip.putNextEntry(new ZipEntry(MEMBER));
          NumpyRows rows = new NumpyRows(zip, source.count(), kinds.get(kind).dimensions());
          Consumer<Features> consumer = consumers.get(at);
          consumers.set(
              at,
              chunk -> {
                rows.add(chunk.values());
                consumer.accept(chunk);
              });
          write(entries, kinds, source, consumers, missing, at + 1, pass);
          rows.end();
          zip.closeEntry();
          zip.finish();
        });
  }

  private boolean isWritable() {
    try {
      AtomicFile.makeFolder(folder);
    } catch (BadInputException | UncheckedIOException e) {
      LOG.warn("Features are not kept: the folder {} cannot be made", folder);
      return false;
    }
    if (!Files.isWritable(folder)) {
      LOG.warn("Features are not kept: the folder {} cannot be written", folder);
      return false;
    }
    return true;
  }

  /** Removes what a killed process has left; one that still writes changes its file meanwhile. */
  private void removeUnfinished() {
    try {
      DurableFolder.removeDrafts(folder, Instant.now().minus(UNFINISHED));
    } catch (UncheckedIOException e) {
      LOG.warn("Unfinished features in {} are left ({})", folder, Reason.of(e));
    }
  }
}
