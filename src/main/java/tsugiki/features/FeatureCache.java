package tsugiki.features;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import tsugiki.base.NumpyRows;
import tsugiki.base.UserCache;
import tsugiki.data.ImageSource;

/**
 * Features that were computed before, in a folder that may be deleted at any time. An entry is an
 * {@code .npz} with one array {@code features}, named by the hash of all that the features depend
 * on: the bytes of the image files in their order, and the network's operations (which are its
 * protocol and tap) and weights, for which the features of one image of noise vouch too. Neither
 * the files' names nor where they lie matter.
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

  /** The user's own: {@code features} in {@link UserCache}. */
  public static FeatureCache standard() {
    return new FeatureCache(UserCache.folder().resolve("features"));
  }

  /** Hands features on, computing and keeping those that are not there. */
  void stream(
      FeaturePipeline pipeline,
      ImageSource source,
      IntConsumer progress,
      Consumer<Features> consumer) {
    Path entry = folder.resolve(key(pipeline, source) + ".npz");
    int dimensions = pipeline.dimensions();
    if (isWhole(entry, source, dimensions)) {
      try {
        read(
            entry,
            source,
            dimensions,
            chunk -> {
              consumer.accept(chunk);
              progress.accept(chunk.count());
            });
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(entry + " was whole and cannot be read any more", e);
      }
    }
    if (isWritable()) {
      AtomicFile.write(entry, out -> write(out, pipeline, source, consumer));
    } else {
      pipeline.compute(source, consumer);
    }
  }

  /** What the features depend on, as 64 hexadecimal digits. */
  private static String key(FeaturePipeline pipeline, ImageSource source) {
    Hasher all = Hashing.sha256().newHasher().putInt(VERSION).putInt(source.count());
    for (int from = 0; from < source.count(); from += FILES_AT_ONCE) {
      int to = Math.min(from + FILES_AT_ONCE, source.count());
      List<HashCode> files =
          IntStream.range(from, to)
              .parallel()
              .mapToObj(i -> Hashing.sha256().hashBytes(source.encoded(i)))
              .toList();
      files.forEach(hash -> all.putBytes(hash.asBytes()));
    }
    all.putString(pipeline.protocol(), StandardCharsets.UTF_8);
    return all.putString(pipeline.fingerprint(), StandardCharsets.UTF_8).hash().toString();
  }

  /** Whether an entry is there and undamaged; a damaged one is spoken of. */
  private static boolean isWhole(Path entry, ImageSource source, int dimensions) {
    if (!Files.isRegularFile(entry)) {
      return false;
    }
    try {
      read(entry, source, dimensions, chunk -> {});
      return true;
    } catch (IOException | BadInputException e) {
      LOG.warn(
          "The cached features {} are damaged ({}) and are computed again", entry, e.getMessage());
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

  private static void write(
      OutputStream out, FeaturePipeline pipeline, ImageSource source, Consumer<Features> consumer)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(Deflater.NO_COMPRESSION); // Features hardly compress.
    zip.putNextEntry(new ZipEntry(MEMBER));
    NumpyRows rows = new NumpyRows(zip, source.count(), pipeline.dimensions());
    pipeline.compute(
        source,
        chunk -> {
          rows.add(chunk.values());
          consumer.accept(chunk);
        });
    rows.end();
    zip.closeEntry();
    zip.finish();
  }

  private boolean isWritable() {
    try {
      AtomicFile.makeFolder(folder);
    } catch (BadInputException e) {
      LOG.warn("Features are not kept: the folder {} cannot be made", folder);
      return false;
    }
    if (!Files.isWritable(folder)) {
      LOG.warn("Features are not kept: the folder {} cannot be written", folder);
      return false;
    }
    return true;
  }
}
