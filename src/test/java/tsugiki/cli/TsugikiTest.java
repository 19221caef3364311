package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.BadInputException;
import tsugiki.base.Details;
import tsugiki.base.Reason;
import tsugiki.runtime.Device;

/** Exit codes and what the user reads, through the command line itself. */
class TsugikiTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Verb verb = new Verb();

  @Test
  void aVerbThatReturnsExitsWithZeroAndSaysNothingOfItsOwn() {
    assertThat(run("verb")).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void badInputIsOneSentenceAndTwo() {
    verb.work = () -> fail(new BadInputException("--images x is empty; name a folder."));

    assertThat(run("verb")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("tsugiki: --images x is empty; name a folder.");
  }

  @Test
  void anyOtherExceptionIsOneWithoutAStackTrace() {
    verb.work = () -> fail(new IllegalStateException("the loss is NaN\nat step 3"));

    assertThat(run("verb")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "tsugiki: the loss is NaN", "Run it again with --verbose for the details.");
  }

  @Test
  void theLogOfARunHasTheCommandTheVersionsAndTheStackTrace(@TempDir Path folder) {
    Path log = folder.resolve("log.txt");
    verb.work =
        () -> {
          Logs.about("25 images of flowers");
          Logs.alsoTo(log);
          fail(new IllegalStateException("the loss is NaN", new IOException("disk full")));
        };

    assertThat(run("verb", "--seed", "3", "--out", "it's new")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("tsugiki: the loss is NaN", "The details are in " + log + ".");
    assertThat(log)
        .content()
        .containsSubsequence(
            "tsugiki verb --seed 3 --out 'it'\\''s new'\n",
            "Java " + Runtime.version(),
            "25 images of flowers\n",
            "IllegalStateException: the loss is NaN\n",
            "\tat tsugiki.cli.TsugikiTest",
            "Caused by: java.io.IOException: disk full");
  }

  @Test
  void theLogOfARunEndsWithItsCall(@TempDir Path folder) throws IOException {
    Path log = folder.resolve("log.txt");
    verb.work = () -> Logs.alsoTo(log);
    run("verb");
    String first = Files.readString(log);

    verb.work = () -> fail(new IllegalStateException("another call"));
    assertThat(run("verb")).isEqualTo(1);
    assertThat(err.toString()).contains("Run it again with --verbose for the details.");
    assertThat(log).content().isEqualTo(first);
  }

  @Test
  void badInputOfARunIsInItsLogToo(@TempDir Path folder) {
    Path log = folder.resolve("log.txt");
    verb.work =
        () -> {
          Logs.alsoTo(log);
          fail(
              new BadInputException(
                  "a.png is cut off; leave it out", new IOException("at byte 9")));
        };

    assertThat(run("verb")).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly("tsugiki: a.png is cut off; leave it out");
    assertThat(log).content().contains("Caused by: java.io.IOException: at byte 9");
  }

  @Test
  void anErrorIsOneToo() {
    verb.work =
        () -> {
          throw new OutOfMemoryError("Java heap space");
        };

    assertThat(run("verb")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("tsugiki: memory ran out (Java heap space); take smaller batches");
  }

  @Test
  void aSizeWithoutANumberIsBadInput() {
    verb.work = () -> Math.multiplyExact(1 << 20, 1 << 20);

    assertThat(run("verb")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "tsugiki: a size that was given is too large for any machine; take fewer channels,"
                + " smaller images or a smaller batch");
  }

  @Test
  void aDiskThatTakesNothingIsNoBadInput(@TempDir Path folder) {
    verb.work =
        () ->
            fail(
                new BadInputException(
                    "--out /a cannot be written: Read-only file system",
                    new FileSystemException("/a", null, "Read-only file system")));
    assertThat(run("verb")).isEqualTo(1);

    verb.work =
        () -> {
          Logs.alsoTo(folder.resolve("log.txt"));
          fail(
              new UncheckedIOException(
                  "Cannot write x: No space left on device",
                  new IOException("No space left on device")));
        };
    assertThat(run("verb")).isEqualTo(1);
    assertThat(err.toString())
        .contains(
            "tsugiki: Cannot write x: No space left on device; make room on the disk, then go on with --resume "
                + folder);
  }

  @Test
  void aDashWritesTheResultToStandardOutputAlone() {
    verb.work = () -> verb.result.print("%s is done", "it");
    assertThat(run("verb", "--json", "-")).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("{\n  \"mean_loss\" : 0.5\n}\n");
    assertThat(err.toString()).contains("it is done");
  }

  @Test
  void theResultIsWrittenWholeOrNotAtAll(@TempDir Path folder) {
    Path json = folder.resolve("result.json");
    verb.work = () -> verb.result.write(Map.of("a", new Object()));
    assertThat(run("verb", "--json", json.toString())).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new UncheckedIOException(new NoSuchFileException("/a/b")),
            "/a/b: no such file or folder"),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/a/b")), "/a/b: permission denied"),
        Arguments.of(
            new UncheckedIOException(
                "Cannot write /a", new FileSystemException("/a", null, "No space left on device")),
            "Cannot write /a; make room on the disk, then try again"),
        Arguments.of(
            new UncheckedIOException(new IOException("No space left on device")),
            "No space left on device; make room on the disk, then try again"),
        Arguments.of(
            new UncheckedIOException(new MalformedInputException(1)), "it is not text in UTF-8"),
        Arguments.of(
            new NullPointerException("x is null"),
            "a mistake in the program (x is null); please report it"),
        Arguments.of(
            new NullPointerException(),
            "a mistake in the program (no reason given); please report it"),
        Arguments.of(
            new IllegalStateException("java.lang.Foo: the loss is NaN"), "the loss is NaN"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noClassOfJavaIsNamed(RuntimeException failure, String sentence) {
    verb.work = () -> fail(failure);
    assertThat(run("verb")).isEqualTo(1);
    assertThat(err.toString().lines().findFirst()).contains("tsugiki: " + sentence);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("/a/b"), 2),
        Arguments.of(new AccessDeniedException("/a/b"), 1),
        Arguments.of(new UncheckedIOException(new AccessDeniedException("/a/b")), 1),
        Arguments.of(new FileNotFoundException("/a/b (No such file or directory)"), 2),
        Arguments.of(new FileNotFoundException("/a/b (Permission denied)"), 1),
        Arguments.of(new FileSystemException("/a/b", null, "Read-only file system"), 1));
  }

  /** Tests may run as a user who may read everything. */
  @ParameterizedTest
  @MethodSource("refusals")
  void whatTheMachineRefusesIsNoBadInput(Exception cause, int code) {
    verb.work =
        () ->
            fail(
                new BadInputException(
                    "folder '/a' cannot be listed (" + Reason.of(cause) + ")", cause));
    assertThat(run("verb")).isEqualTo(code);
    assertThat(err.toString()).startsWith("tsugiki: folder '/a' cannot be listed (");
  }

  @Test
  void verboseShowsDetails() {
    PrintStream own = System.err;
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    System.setErr(new PrintStream(terminal, true));
    try {
      verb.work = () -> Details.add("the whole list");
      assertThat(run("verb", "--verbose")).isZero();
    } finally {
      System.setErr(own);
    }
    assertThat(terminal.toString()).contains("DEBUG the whole list");
  }

  @ParameterizedTest
  @CsvSource({"--verbose verb", "verb --verbose"})
  void verboseShowsTheStackTraceWhereverItStands(String words) {
    verb.work = () -> fail(new IllegalStateException("the loss is NaN"));

    assertThat(run(words.split(" "))).isEqualTo(1);
    assertThat(err.toString()).contains("at tsugiki.cli.TsugikiTest");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "verb --no-such-flag, Unknown option: '--no-such-flag'",
        "verb --seed x, --seed",
        "verb --out, --out",
        "no-such-verb, no-such-verb",
        "verb --sed 3, Possible solutions: --seed",
        "scroe, Did you mean: tsugiki score",
        "verb --device tpu, \"'tpu' is unknown; choose one of cpu, gpu, auto\"",
      })
  void wrongUsageIsTwoAndNamesTheFlagAndTheHelp(String words, String named) {
    assertThat(run(words.split(" "))).isEqualTo(2);
    assertThat(err.toString()).startsWith("tsugiki: ").contains(named).contains("--help'");
    assertThat(verb.runs).isZero();
  }

  @Test
  void noVerbIsWrongUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Try 'tsugiki --help'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "GPU", "Gpu"})
  void theDeviceIsReadInAnyCase(String word) {
    assertThat(run("verb", "--device", word)).isZero();
    assertThat(verb.options.device()).isEqualTo(Device.GPU);
  }

  @Test
  void theCommonFlagsHaveTheirDefaults() {
    assertThat(run("verb")).isZero();
    assertThat(verb.options.device()).isEqualTo(Device.AUTO);
    assertThat(verb.spec.findOption("--seed").description()[0]).endsWith(" Default: 0.");
    assertThat(verb.spec.findOption("--out").<Object>getValue()).isNull();
    assertThat(verb.options.resume()).isEmpty();
    assertThat(verb.options.dryRun()).isFalse();
  }

  @Test
  void helpSpellsTheDevicesAsTheyAreTyped() {
    assertThat(run("verb", "--help")).isZero();
    assertThat(out.toString()).contains("cpu, gpu, auto").contains("Default: auto");
  }

  @Test
  void theResultIsOneJsonObjectWithSnakeCaseNames(@TempDir Path folder) {
    Path file = folder.resolve("new").resolve("result.json");

    assertThat(run("verb", "--json", file.toString())).isZero();
    assertThat(file).content().isEqualToIgnoringWhitespace("{\"mean_loss\": 0.5}");
  }

  @Test
  void aResultThatCannotBeWrittenIsKnownBeforeTheWork(@TempDir Path folder) {
    assertThat(run("verb", "--json", folder.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "tsugiki: --json " + folder + " is not a file that can be written; name another.");
    assertThat(verb.runs).isZero();
  }

  @Test
  void theVersionNamesTheProgram() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("tsugiki ");
  }

  private int run(String... words) {
    CommandLine line =
        Tsugiki.configure(new CommandLine(new Tsugiki()).addSubcommand("verb", verb));
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return Tsugiki.run(line, words);
  }

  private static void fail(RuntimeException e) {
    throw e;
  }

  /** A verb as every verb is built, whose work the test hands in. */
  @Command(name = "verb")
  static final class Verb implements Runnable {
    record Result(double meanLoss) {}

    @Spec CommandSpec spec;
    @Mixin RunOptions options;
    @Mixin ResultOptions result;
    Runnable work = () -> {};
    int runs;

    @Override
    public void run() {
      runs++;
      work.run();
      result.write(new Result(0.5));
    }
  }
}
