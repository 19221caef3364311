package tsugiki.base;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The SHA-256 of files. A process hashes a file once for each version of it, which its path, size
 * and time of change tell apart.
 */
public final class FileDigest {
  private record Version(Path file, long bytes, FileTime modified) {}

  private static final Map<Version, String> KNOWN = new ConcurrentHashMap<>();

  private FileDigest() {}

  /**
   * The SHA-256 of a file.
   *
   * @return 64 hexadecimal digits
   * @throws IOException if the file cannot be read
   */
  public static String sha256(Path file) throws IOException {
    BasicFileAttributes before = Files.readAttributes(file, BasicFileAttributes.class);
    Version version =
        new Version(file.toAbsolutePath().normalize(), before.size(), before.lastModifiedTime());
    String known = KNOWN.get(version);
    if (known == null) {
      known = MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
      KNOWN.put(version, known);
    }
    return known;
  }

  /**
   * The SHA-256 of several files in their order: that of the lines which {@code sha256sum} prints
   * for them in their folder, {@code sha256sum A B | sha256sum}. Of one file it is the file's own.
   *
   * @return 64 hexadecimal digits
   * @throws IOException if a file cannot be read
   */
  public static String sha256(List<Path> files) throws IOException {
    if (files.size() == 1) {
      return sha256(files.get(0));
    }
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append(sha256(file)).append("  ").append(file.getFileName()).append('\n');
    }
    return Hashing.sha256().hashString(lines, StandardCharsets.UTF_8).toString();
  }
}
