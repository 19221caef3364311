package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import tsugiki.pretrained.PublishedFile;
import tsugiki.pretrained.WeightCache;

/**
 * What a user got from one call of the program.
 *
 * @param exitCode 0, 1 or 2
 * @param out standard output
 * @param err standard error, without the log
 */
record Program(int exitCode, String out, String err) {

  /** Calls it; words may be anything that prints as the word. */
  static Program run(Object... words) {
    return run(Tsugiki.commandLine(), words);
  }

  /** The same with verbs of a test's own. */
  static Program run(CommandLine line, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = Tsugiki.run(line, Stream.of(words).map(Object::toString).toArray(String[]::new));
    return new Program(code, out.toString(), err.toString());
  }

  /**
   * The verb {@code fetch}, of a file that a test has.
   *
   * @param known the only file that it knows
   * @param words after the verb
   */
  static Program fetch(PublishedFile known, Path cache, Object... words) {
    CommandLine line = Tsugiki.commandLine();
    line.getCommandSpec().removeSubcommand("fetch");
    line.addSubcommand("fetch", new FetchCommand(List.of(known), new WeightCache(cache)));
    return run(
        Tsugiki.configure(line), Stream.concat(Stream.of("fetch"), Stream.of(words)).toArray());
  }

  /** Checks that it did its work and complained of nothing. */
  Program succeeds() {
    assertThat(err).isEmpty();
    assertThat(exitCode).isZero();
    return this;
  }

  /** Checks that it refused in one sentence with these words, and wrote nothing there. */
  void refuses(Path unwritten, String... words) {
    assertThat(exitCode).as(err).isEqualTo(2);
    assertThat(err.lines().filter(line -> !line.startsWith("Try '"))).hasSize(1);
    assertThat(err).startsWith("tsugiki: ").contains(words);
    assertThat(unwritten).doesNotExist();
  }
}
