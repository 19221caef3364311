package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.ChildJvm;

/**
 * Files that a seed has broken, opened by a process with a small heap: each is read or refused in a
 * sentence. None ends the process, hangs, takes much memory or leaves half a result.
 */
@Tag("slow")
class BrokenFilesTest {
  private static final int FEW = 30;
  private static final int MANY = 400;

  /** A file takes milliseconds, the first model seconds; a machine may be busy. */
  private static final long LONGEST_MS = 30_000;

  /** TensorFlow itself takes half of it. */
  private static final long MOST_KB = 1_500_000;

  @TempDir private Path folder;

  @Test
  void brokenFilesAreRefusedInASentence() throws Exception {
    open(FEW, 1);
  }

  @Tag("faults")
  @Test
  void hundredsOfBrokenFilesAreRefusedInASentence() throws Exception {
    open(MANY, 2);
  }

  private void open(int count, long seed) throws Exception {
    List<Path> files = new BrokenFiles(folder, seed).write(count);
    Path list = folder.resolve("list.txt");
    Files.write(list, files.stream().map(Path::toString).toList());
    Path printed = folder.resolve("printed.txt");
    Process process =
        ChildJvm.of(List.of("-Xmx300m"), OpenBrokenFiles.class, list)
            .redirectOutput(printed.toFile())
            .start();
    boolean ended = process.waitFor(60 + count, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    List<String> lines =
        Files.readAllLines(printed).stream().filter(line -> line.contains("|")).toList();
    String last = lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    assertThat(ended).as("hangs after " + last).isTrue();
    assertThat(process.exitValue()).as("dies after " + last).isZero();

    List<String[]> outcomes =
        lines.stream().filter(l -> !l.startsWith("peak|")).map(l -> l.split("\\|", 3)).toList();
    assertThat(outcomes).hasSameSizeAs(files);
    assertThat(outcomes)
        .filteredOn(o -> !o[2].equals(OpenBrokenFiles.READ) && !isSentence(o[2]))
        .extracting(o -> String.join(" ", o))
        .isEmpty();
    assertThat(outcomes).allMatch(outcome -> Long.parseLong(outcome[1]) < LONGEST_MS);
    assertThat(Long.parseLong(last.replace("peak|", ""))).isBetween(1L, MOST_KB);
    long refused = outcomes.stream().filter(o -> isSentence(o[2])).count();
    System.out.printf(
        "%d broken files: %d refused, %d still read, at most %s KB%n",
        count, refused, count - refused, last.replace("peak|", ""));
    assertThat(refused).as("most changes break a file").isGreaterThan(count / 2);
  }

  private static boolean isSentence(String outcome) {
    // The command line adds where to look for help.
    return outcome.startsWith(OpenBrokenFiles.REFUSED)
        && !outcome.replaceFirst("~(Try '.*)?$", "").contains("~")
        && !outcome.matches(".*(java|tsugiki|org|com)\\.[a-z.]+\\.[A-Z]\\w+.*");
  }
}
