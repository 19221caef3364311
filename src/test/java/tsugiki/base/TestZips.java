package tsugiki.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small zips for tests. */
public final class TestZips {
  private TestZips() {}

  /** A zip of names and contents in turn. */
  public static byte[] of(Object... members) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < members.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) members[i]));
        zip.write((byte[]) members[i + 1]);
      }
    }
    return out.toByteArray();
  }
}
