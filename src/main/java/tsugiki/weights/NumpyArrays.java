package tsugiki.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import tsugiki.base.BadInputException;
import tsugiki.base.NumpyFile;

/** The arrays of NumPy's {@code .npz}, or the one of an {@code .npy}, which has the file's name. */
final class NumpyArrays {
  static final String SUFFIX = ".npy";

  private NumpyArrays() {}

  /** The members of an {@code .npz}, without their {@code .npy}. */
  static NamedArrays archive(Path file) {
    WeightZip zip = new WeightZip(file);
    Set<String> names = new LinkedHashSet<>();
    for (String member : zip.members()) {
      if (member.endsWith(SUFFIX)) {
        names.add(member.substring(0, member.length() - SUFFIX.length()));
      }
    }
    return new Archive(zip, Collections.unmodifiableSet(names));
  }

  /** The one array of an {@code .npy}. */
  static NamedArrays single(Path file) {
    String base = file.getFileName().toString();
    String name = base.endsWith(SUFFIX) ? base.substring(0, base.length() - SUFFIX.length()) : base;
    return new Single(file, name);
  }

  private record Archive(WeightZip zip, Set<String> names) implements NamedArrays {
    @Override
    public long[] shape(String name) {
      byte[] bytes = member(name);
      try {
        return longs(
            NumpyFile.shape(new ByteArrayInputStream(bytes), described(name), bytes.length));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // Bytes in memory do not fail.
      }
    }

    @Override
    public float[] values(String name) {
      byte[] bytes = member(name);
      try {
        return NumpyFile.read(new ByteArrayInputStream(bytes), described(name), bytes.length)
            .floats();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // Bytes in memory do not fail.
      }
    }

    private String described(String name) {
      return zip.file() + " (" + name + ")";
    }

    private byte[] member(String name) {
      requireName(zip.file(), names, name);
      return zip.read(name + SUFFIX);
    }
  }

  private record Single(Path file, String name) implements NamedArrays {
    @Override
    public Set<String> names() {
      return Set.of(name);
    }

    @Override
    public long[] shape(String array) {
      return longs(read(array).shape());
    }

    @Override
    public float[] values(String array) {
      return read(array).floats();
    }

    private NumpyFile read(String array) {
      requireName(file, names(), array);
      return NumpyFile.read(file);
    }
  }

  /**
   * Checks that a file has an array.
   *
   * @throws BadInputException if not
   */
  static void requireName(Path file, Set<String> names, String name) {
    if (!names.contains(name)) {
      throw new BadInputException(
          "%s has no array %s; it has %d others, so give the weights of the network that was named"
              .formatted(file, name, names.size()));
    }
  }

  private static long[] longs(int[] shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
