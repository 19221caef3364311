package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tsugiki.base.ChildJvm;

/**
 * Every verb that writes, where no file can grow and where the user may not write: one sentence,
 * exit code 1, and nothing is left. A process's limit of the size of files behaves as a full disk.
 */
@Tag("slow")
class UnwritableVerbsTest {
  private static final Path PUBLISHED =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch/G_ema.pth").toAbsolutePath();

  /** The verbs by name; IN holds what they read, OUT is where they write. */
  private static final Map<String, String> VERBS = new LinkedHashMap<>();

  static {
    VERBS.put("generate", "generate --model IN/tiny --count 4 --out OUT/images");
    VERBS.put(
        "interpolate",
        "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/strip.png");
    VERBS.put(
        "animation", "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/walk.gif");
    VERBS.put("frames", "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/frames");
    VERBS.put(
        "invert", "invert --model IN/tiny --image IN/images/a.png --steps 1 --out OUT/inverted");
    VERBS.put(
        "score",
        "score --real IN/images --generated IN/images --metrics kmmd --no-cache --network starter:IN/network");
    VERBS.put(
        "features",
        "features --images IN/images --no-cache --network starter:IN/network --out OUT/f.npy");
    VERBS.put("export", "export --model IN/tiny --out OUT/model");
    VERBS.put("serving", "export --model IN/tiny --serving OUT/served");
    VERBS.put("augment", "augment --images IN/images --policy hflip --out OUT/more");
    VERBS.put("inspect", "inspect --model IN/tiny --tensorboard OUT/events");
    VERBS.put("import", "import --weights " + PUBLISHED + " --out OUT/imported");
  }

  @TempDir private static Path folder;
  private static Map<String, String> full;
  private static Map<String, String> refused;
  private static boolean canRefuse;

  static Stream<String> writing() {
    return VERBS.keySet().stream();
  }

  static Stream<String> all() {
    return Stream.concat(writing(), Stream.of(TrainingVerb.values()).map(TrainingVerb::name));
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
          Program.run(words(VERBS.get("generate"), in, in.resolve("first"))).succeeds();
          limit("0");
          VERBS.forEach((name, words) -> say(name, words(words, in, in.resolve("full/" + name))));
          limit("8192");
          say("late", words(VERBS.get("generate"), in, in.resolve("full/late")));
        }
        case "refused" -> {
          Path out = in.resolve("refused");
          VERBS.forEach((name, words) -> say(name, words(words, in, out)));
          for (TrainingVerb verb : TrainingVerb.values()) {
            say(verb.name(), verb.begin(in, out.resolve("run")).toArray());
          }
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

    private static Object[] words(String words, Path in, Path out) {
      List<String> all =
          new ArrayList<>(
              Arrays.asList(
                  words.replace("IN", in.toString()).replace("OUT", out.toString()).split(" ")));
      all.addAll(List.of("--json", out.resolve("result.json").toString()));
      return all.toArray();
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

    private static void say(String name, Object... words) {
      Program program = Program.run(words);
      System.out.printf("%nVERB %s %d%n%s", name, program.exitCode(), program.err());
    }
  }

  @BeforeAll
  static void run() throws IOException {
    TrainingVerb.makeInput(folder);
    for (String name : VERBS.keySet()) {
      Files.createDirectories(folder.resolve("full").resolve(name));
    }
    Files.createDirectories(folder.resolve("full/late"));
    Path closed = Files.createDirectory(folder.resolve("refused"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    full = said(List.of(), "full");
    // The administrator may write everywhere, unless that is taken from the process.
    List<String> without = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
    canRefuse = !Files.isWritable(closed) || Files.isExecutable(Path.of("/usr/bin/setpriv"));
    if (canRefuse) {
      refused = said(Files.isWritable(closed) ? without : List.of(), "refused");
    }
  }

  private static Map<String, String> said(List<String> before, String what) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        ChildJvm.of(
                List.of(
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED"),
                Verbs.class,
                folder,
                what)
            .command());
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
            fullFolder(name) + "/", ": File too large; make room on the disk, then try again\n");
    assertThat(files(fullFolder(name))).isEmpty();
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
    assumeTrue(canRefuse, "this user may write everywhere, and there is no setpriv");
    assertThat(refused.get(name))
        .startsWith("1\ntsugiki: ")
        .contains(
            folder.resolve("refused") + "/",
            "permission denied; name a place that you may write to\n");
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
