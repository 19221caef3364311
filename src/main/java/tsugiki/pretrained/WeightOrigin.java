package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.base.FileDigest;
import tsugiki.base.Reason;

/**
 * The files that a network's weights come from, as a score names them. They are hashed on demand.
 *
 * @param files in a fixed order; none for weights that are in no file
 */
record WeightOrigin(List<Path> files) {
  WeightOrigin {
    files = List.copyOf(files);
  }

  /** One file. */
  static WeightOrigin of(Path file) {
    return new WeightOrigin(List.of(file));
  }

  /**
   * The SHA-256 of the file, or of the list of several files ({@link FileDigest#sha256(List)}).
   *
   * @return 64 hexadecimal digits; empty without files
   * @throws BadInputException if a file cannot be read
   */
  Optional<String> digest() {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(FileDigest.sha256(files));
    } catch (IOException e) {
      throw new BadInputException(
          "the weights %s cannot be read again for their SHA-256 (%s); leave them in place until the end"
              .formatted(files, Reason.of(e)),
          e);
    }
  }

  /** Whether each of the files is, byte for byte, one that {@code fetch} downloads. */
  boolean published() {
    return !files.isEmpty() && files.stream().allMatch(WeightCache.ofUser()::isPublished);
  }
}
