package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tsugiki.base.ChildJvm;
import tsugiki.base.OrdinaryUser;
import tsugiki.pretrained.PublishedFile;

/**
 * Every verb that writes, where no file can grow and where the user may not write: one sentence,
 * exit code 1, and nothing is left. A process's limit of the size of files behaves as a full disk.
 */
@Tag("slow")
class UnwritableVerbsTest {
  /** A verb whose cache, and not {@code --out}, is the place that may not be written to. */
  private static final String FETCH = "fetch";

  /**
   * Behind the name of a verb whose {@code --json} alone is the place that may not be written to.
   */
  private static final String RESULT = "-result";

  /** The folder of the process's temporary files, beside what is full or closed. */
  private static final String SCRATCH = "scratch";

  @TempDir private static Path folder;
  private static Map<String, String> full;
  private static Map<String, String> refused;
  private static boolean canRefuse;

  static Stream<String> writing() {
    return WritingVerbs.WORDS.keySet().stream();
  }

  /** Those that make a folder. */
  static Stream<String> all() {
    return Stream.concat(
        writing().filter(name -> WritingVerbs.WORDS.get(name).contains("OUT") && !isFile(name)),
        Stream.of(TrainingVerb.values()).map(TrainingVerb::name));
  }

  /** Whether a file that it writes is named, and not a folder. */
  private static boolean isFile(String name) {
    return WritingVerbs.WORDS.get(name).matches(".*OUT/\\w+\\.(png|gif|npy)");
  }

  /** Those that are asked for a file, all for that of {@code --json}. */
  static Stream<String> naming() {
    return Stream.concat(
        writing().filter(UnwritableVerbsTest::isFile), writing().map(name -> name + RESULT));
  }

  @Test
  void everyVerbThatWritesIsTried() {
    List<String> cases = new ArrayList<>(WritingVerbs.WORDS.values());
    for (TrainingVerb verb : TrainingVerb.values()) {
      cases.add(String.join(" ", verb.begin(folder, folder)));
    }
    cases.add(FETCH);
    AllVerbs.haveCases(cases, WritingVerbs.WITHOUT);
  }

  /** Runs verbs, each with its exit code in front of what it says. */
  static final class Verbs {
    private Verbs() {}

    /**
     * Runs them.
     *
     * @param args the folder, and {@code full}, {@code refused} or the name of a training
     */
    public static void main(String[] args) throws Exception {
      Path in = Path.of(args[0]);
      switch (args[1]) {
        case "full" -> {
          // TensorFlow's libraries are unpacked before nothing can be written.
          String first = WritingVerbs.WORDS.get("generate");
          Program.run(WritingVerbs.words(first, in, in.resolve("first"))).succeeds();
          limit("0");
          WritingVerbs.WORDS.forEach(
              (name, words) ->
                  say(name, WritingVerbs.words(words, in, in.resolve("full/" + name))));
          limit("8192");
          String many = WritingVerbs.WORDS.get("generate").replace("--count 4", "--count 16");
          say("late", WritingVerbs.words(many, in, in.resolve("full/late")));
        }
        case "refused" -> {
          Path out = in.resolve("refused");
          WritingVerbs.WORDS.forEach(
              (name, words) -> {
                say(name, WritingVerbs.words(words, in, out, in.resolve("result.json")));
                Path elsewhere = in.resolve(name + RESULT);
                say(name + RESULT, WritingVerbs.words(words, in, elsewhere, out.resolve("r.json")));
              });
          for (TrainingVerb verb : TrainingVerb.values()) {
            say(verb.name(), verb.begin(in, out.resolve("run")).toArray());
          }
          say(FETCH, fetch(out.resolve("cache")));
        }
        default -> train(TrainingVerb.valueOf(args[1]), in);
      }
      System.exit(0);
    }

    /** Trains until there is a checkpoint, and then on a full disk. */
    private static void train(TrainingVerb verb, Path in) {
      Path run = in.resolve(verb.name());
      Thread filling =
          new Thread(
              () -> {
                while (!Files.exists(run.resolve("checkpoints/latest"))) {
                  Thread.onSpinWait();
                }
                limit("0");
              });
      filling.setDaemon(true);
      filling.start();
      List<String> words = new ArrayList<>(verb.begin(in, run));
      words.addAll(List.of("--steps", "1000000", "--json", run + ".json"));
      say(verb.name(), words.toArray());
    }

    private static void limit(String bytes) {
      try {
        int code =
            new ProcessBuilder(
                    "prlimit",
                    "--pid",
                    Long.toString(ProcessHandle.current().pid()),
                    "--fsize=" + bytes + ":unlimited")
                .start()
                .waitFor();
        assertThat(code).isZero();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** A download that does not begin, since there is no place for it. */
    private static Program fetch(Path cache) {
      PublishedFile file =
          new PublishedFile("f", "", URI.create("http://localhost:1/f"), "f", 0, "", "", "");
      return Program.fetch(file, cache, "f");
    }

    private static void say(String name, Object... words) {
      say(name, Program.run(words));
    }

    private static void say(String name, Program program) {
      System.out.printf("%nVERB %s %d%n%s", name, program.exitCode(), program.err());
    }
  }

  @BeforeAll
  static void run() throws IOException {
    WritingVerbs.makeInput(folder);
    Files.createDirectory(folder.resolve(SCRATCH));
    for (String name : WritingVerbs.WORDS.keySet()) {
      Files.createDirectories(folder.resolve("full").resolve(name));
    }
    Files.createDirectories(folder.resolve("full/late"));
    Path closed = Files.createDirectory(folder.resolve("refused"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    full = said(List.of(), "full");
    Optional<List<String>> ordinary = OrdinaryUser.words(closed);
    canRefuse = ordinary.isPresent();
    if (canRefuse) {
      refused = said(ordinary.get(), "refused");
    }
  }

  private static Map<String, String> said(List<String> before, String what) throws IOException {
    List<String> command = new ArrayList<>(before);
    List<String> flags = List.of("-Djava.io.tmpdir=" + folder.resolve(SCRATCH), "-XX:-UsePerfData");
    command.addAll(ChildJvm.of(flags, Verbs.class, folder, what).command());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> said = new LinkedHashMap<>();
    for (String one : out.split("\nVERB ")) {
      int space = one.indexOf(' ');
      said.put(one.substring(0, Math.max(0, space)), one.substring(space + 1));
    }
    assertThat(said).as(out).hasSizeGreaterThan(1);
    return said;
  }

  private static Path fullFolder(String name) {
    return folder.resolve("full").resolve(name);
  }

  @ParameterizedTest
  @MethodSource("writing")
  void aFullDiskIsOneSentenceAndLeavesNothing(String name) throws IOException {
    assertThat(full.get(name))
        .startsWith("1\ntsugiki: ")
        .contains(
            // What Python is to read is written there first.
            (name.equals("serve-check") ? folder.resolve(SCRATCH) : fullFolder(name)) + "/",
            ": File too large; make room on the disk, then try again\n");
    assertThat(files(fullFolder(name))).isEmpty();
    assertThat(files(folder.resolve(SCRATCH))).noneMatch(file -> file.contains("tsugiki-"));
  }

  /** The images fit, the picture of all does not. */
  @Test
  void aDiskThatBecomesFullLeavesNothingEither() throws IOException {
    assertThat(full.get("late"))
        .startsWith("1\ntsugiki: Cannot write ")
        .contains("/grid.png: File");
    assertThat(files(fullFolder("late"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFolderThatTheUserMayNotWriteToIsOneSentence(String name) throws IOException {
    isRefused(
        name,
        "1\ntsugiki: ",
        folder.resolve("refused") + "/",
        "permission denied; name a place that you may write to\n");
  }

  @ParameterizedTest
  @MethodSource("naming")
  void aFileThatTheUserMayNotWriteIsKnownBeforeTheWork(String name) throws IOException {
    isRefused(
        name,
        "2\ntsugiki: ",
        folder.resolve("refused") + "/",
        " is not a file that can be written; name another");
    assertThat(folder.resolve(name)).doesNotExist();
  }

  @Test
  void aCacheThatTheUserMayNotWriteToIsOneSentence() throws IOException {
    isRefused(
        FETCH,
        "1\ntsugiki: the cache " + folder.resolve("refused/cache"),
        "(permission denied); set TSUGIKI_CACHE to a folder that you may write to\n");
  }

  private static void isRefused(String name, String begins, String... parts) throws IOException {
    assumeTrue(canRefuse, "this user may write everywhere, and there is no setpriv");
    assertThat(refused.get(name)).startsWith(begins).contains(parts);
    assertThat(files(folder.resolve("refused"))).isEmpty();
  }

  @Tag("faults")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STUDY")
  void aTrainingOnADiskThatBecomesFullKeepsItsLastCheckpoint(TrainingVerb verb) throws IOException {
    Path run = folder.resolve(verb.name());
    assertThat(said(List.of(), verb.name()).get(verb.name()))
        .startsWith("1\ntsugiki: ")
        .contains("File too large; make room on the disk, then go on with --resume " + run + "\n");
    assertThat(folder.resolve(verb + ".json")).doesNotExist();
    assertThat(files(run)).noneMatch(file -> file.matches(".*(\\.tmp|\\.draft-|tempstate).*"));
    Path out = folder.resolve(verb + "-model");
    Program.run("export", "--model", run, "--checkpoint", "latest", "--out", out).succeeds();
  }

  private static List<String> files(Path below) throws IOException {
    try (Stream<Path> walk = Files.walk(below)) {
      return walk.filter(file -> !file.equals(below)).map(Path::toString).toList();
    }
  }
}
