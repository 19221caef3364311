package tsugiki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.OrdinaryUser;

/**
 * The launcher {@code tools/tsugiki}, with a JDK and a Maven that only print what they are given.
 */
class LauncherTest {
  private record Ended(int exitCode, String output) {}

  @Test
  void aMissingJavaIsOneSentence(@TempDir Path home) throws Exception {
    Ended ended = launch(home);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().lines())
        .containsExactly(
            "tsugiki: no Java was found at JAVA_HOME="
                + home
                + "; install JDK 17 or newer, or set JAVA_HOME to one.");
  }

  @Test
  void anOldJavaIsNamed(@TempDir Path home) throws Exception {
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho 'java version \"1.8.0_402\"' >&2\n");
    assumeTrue(java.toFile().setExecutable(true), "this file system has no executables");

    Ended ended = launch(home);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.output().lines())
        .containsExactly("tsugiki: " + java + " is Java 8; Tsugiki needs JDK 17 or newer.");
  }

  /** The file that a JDK has beside {@code bin} saves a start of Java; it may be missing or odd. */
  @Test
  void theVersionIsReadWhereTheJdkSaysIt(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    Path release = tree.resolve("release");
    Files.writeString(release, "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"1.8.0_402\"\n");
    assertThat(launch(tree, Map.of(), "devices").output()).contains("is Java 8; Tsugiki needs");

    Files.writeString(release, "JAVA_VERSION=\"21\"\n");
    assertThat(launch(tree, Map.of(), "devices").output()).contains("started tsugiki.jar devices");
    assertThat(tree.resolve("bin/asked")).doesNotExist();

    Files.writeString(release, "IMPLEMENTOR=\"X\"\n");
    assertThat(launch(tree, Map.of(), "devices").output()).contains("started tsugiki.jar devices");
    assertThat(tree.resolve("bin/asked")).exists();
  }

  /**
   * The archive of classes fits one Java and one place of the jar; with another it would be of no
   * use.
   */
  @Test
  void anotherJavaGetsAnArchiveOfItsOwn(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    Path release = tree.resolve("release");
    Files.writeString(release, "JAVA_VERSION=\"17.0.1\"\n");
    launch(tree, Map.of(), "devices");
    launch(tree, Map.of(), "devices");
    assertThat(tree.resolve("bin/archived")).hasContent("archived");

    Files.writeString(release, "JAVA_VERSION=\"17.0.2\"\n");
    launch(tree, Map.of(), "devices");
    launch(tree, Map.of(), "devices");
    assertThat(Files.readAllLines(tree.resolve("bin/archived"))).hasSize(2);
  }

  /** Nor is one tried there: every start would try again. */
  @Test
  void withoutAPlaceForTheArchiveTheProgramStarts(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    launch(tree, Map.of(), "devices");
    Path archived = tree.resolve("bin/archived");
    assertThat(archived).hasContent("archived");

    // Another Java, for which the archive is of no use.
    Files.writeString(tree.resolve("release"), "JAVA_VERSION=\"17.0.3\"\n");
    Path target = tree.resolve("target");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    Optional<List<String>> ordinary = OrdinaryUser.words(target);
    assumeTrue(ordinary.isPresent(), "this user may write everywhere, and there is no setpriv");
    Ended ended = launch(ordinary.get(), tree, tree, Map.of(), "devices");
    assertThat(ended.output()).contains("started tsugiki.jar devices").doesNotContain("denied");
    assertThat(archived).hasContent("archived");

    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    launch(tree, Map.of(), "devices");
    assertThat(Files.readAllLines(archived)).hasSize(2);
  }

  @Test
  void scoreAndFeaturesRunWithoutTf32UnlessTheUserSaysOtherwise(@TempDir Path tree)
      throws Exception {
    Map<String, String> none = Map.of();
    fakeTree(tree);

    assertThat(launch(tree, none, "score", "--real", "x").output())
        .contains("TF32=0 started tsugiki.jar score --real x");
    assertThat(launch(tree, none, "features").output()).contains("TF32=0 started");
    assertThat(launch(tree, none, "--trust", "x", "--trust=y", "score").output())
        .contains("TF32=0 started tsugiki.jar --trust x --trust=y score");
    assertThat(launch(tree, none, "--trust", "score", "train").output()).contains("TF32=unset");
    assertThat(launch(tree, none, "train").output()).contains("TF32=unset started");
    assertThat(launch(tree, Map.of("NVIDIA_TF32_OVERRIDE", "1"), "score").output())
        .contains("TF32=1 started");
  }

  /** A Java program may have begun the run that the launcher goes on with. */
  @Test
  void oneDnnIsOnUnlessTheUserSaysOtherwiseOrNothing(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    String name = "TF_ENABLE_ONEDNN_OPTS";
    assertThat(launch(tree, Map.of(), "train").output()).contains("ONEDNN=1\n");
    assertThat(launch(tree, Map.of(name, "0"), "train").output()).contains("ONEDNN=0\n");
    assertThat(launch(tree, Map.of(name, ""), "train").output()).contains("ONEDNN=unset\n");
  }

  /** Java on Linux could open no file with a letter that is not ASCII. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void namesOfFilesAreUtf8WhereNobodyHasSaidWhatTheyAre(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    assertThat(launch(tree, Map.of(), "train").output()).contains("LC_ALL=C.UTF-8");
    assertThat(launch(tree, Map.of("LANG", "C"), "train").output()).contains("LC_ALL=C.UTF-8");
    assertThat(launch(tree, Map.of("LC_ALL", "de_DE.UTF-8"), "train").output())
        .contains("LC_ALL=de_DE.UTF-8");
    assertThat(launch(tree, Map.of("LANG", "ja_JP.eucJP"), "train").output())
        .contains("LC_ALL=unset");
  }

  @Test
  void notesOfTensorFlowStayAwayAndItsLastWordsDoNot(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    assertThat(launch(tree, Map.of(), "noisy").output())
        .contains("a line of ours", "Check failed")
        .doesNotContain("absl::", "MLIR", "DT_INT32", "remapper");
  }

  @Test
  void aGpuBuildThatFailedIsNotTriedAgainUntilItIsAskedFor(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    Files.createFile(tree.resolve("nvidiactl"));

    Ended first = launch(tree, Map.of(), "devices");
    assertThat(first.exitCode()).as(first.output()).isZero();
    assertThat(first.output())
        .contains("building tsugiki-gpu.jar", "building tsugiki.jar")
        .contains("running on the CPU", "(no network)", "TSUGIKI_GPU=1 tries again.")
        .contains("started tsugiki.jar devices");

    Ended second = launch(tree, Map.of(), "devices");
    assertThat(second.output())
        .doesNotContain("building")
        .contains("running on the CPU", "(no network)", "started tsugiki.jar devices");

    Ended forced = launch(tree, Map.of("TSUGIKI_GPU", "1"), "devices");
    assertThat(forced.exitCode()).isEqualTo(1);
    assertThat(forced.output()).contains("building tsugiki-gpu.jar", "the build failed");

    Files.createFile(tree.resolve("network"));
    Ended built = launch(tree, Map.of("TSUGIKI_GPU", "1"), "devices");
    assertThat(built.output()).contains("started tsugiki-gpu.jar devices");
    Ended last = launch(tree, Map.of(), "devices");
    assertThat(last.output())
        .doesNotContain("running on the CPU")
        .contains("started tsugiki-gpu.jar devices");
  }

  @Test
  void sourcesThatDoNotCompileAreNoReasonToLeaveTheGpu(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    Files.createFile(tree.resolve("nvidiactl"));
    Files.createFile(tree.resolve("broken"));
    assertThat(launch(tree, Map.of(), "devices").exitCode()).isEqualTo(1);

    Files.delete(tree.resolve("broken"));
    Files.createFile(tree.resolve("network"));
    assertThat(launch(tree, Map.of(), "devices").output())
        .contains("started tsugiki-gpu.jar devices");
  }

  @Test
  void aMasterStartsTheBuildWithSparkWhereItIsWanted(@TempDir Path tree) throws Exception {
    fakeTree(tree);
    Files.createDirectories(tree.resolve("src/spark"));
    String[] words = {"generate", "--master", "local"};

    assertThat(launch(tree, Map.of(), words).output())
        .contains("building tsugiki.jar (", "started tsugiki.jar generate --master local");
    assertThat(tree.resolve("target/spark")).doesNotExist();

    Ended built = launch(tree, Map.of("TSUGIKI_SPARK", "1"), words);
    assertThat(built.output())
        .contains("building tsugiki.jar, with Apache Spark: the first build downloads")
        .contains("started tsugiki.jar generate --master local");
    assertThat(tree.resolve("target/spark/tsugiki.jar")).exists();

    Files.delete(tree.resolve("target/tsugiki.jar"));
    assertThat(launch(tree, Map.of(), words).output()).doesNotContain("building");
    assertThat(launch(tree, Map.of(), "generate").output()).contains("building tsugiki.jar (");
  }

  /**
   * A tree with the launcher, which finds a driver where {@code nvidiactl} lies in it, a Maven that
   * builds for the GPU only where {@code network} lies in it, and a Java that starts nothing.
   */
  private static void fakeTree(Path tree) throws IOException {
    String launcher = Files.readString(Path.of("tools/tsugiki"));
    assertThat(launcher).contains("/dev/nvidiactl", "/dev/dxg");
    Files.createDirectories(tree.resolve("tools"));
    Files.createDirectories(tree.resolve("src/main"));
    Files.createFile(tree.resolve("pom.xml"));
    Files.writeString(
        tree.resolve("tools/tsugiki"),
        launcher
            .replace("/dev/nvidiactl", tree.resolve("nvidiactl").toString())
            .replace("/dev/dxg", tree.resolve("dxg").toString()));
    executable(
        tree.resolve("tools/mvnw"),
        """
        name=tsugiki
        case "$*" in *"-P gpu"*) name=tsugiki-gpu ;; esac
        if [ -e %1$s/broken ]; then echo "[ERROR] cannot find symbol"; exit 1; fi
        if [ $name = tsugiki-gpu ] && [ ! -e %1$s/network ]; then echo "[ERROR] no network"; exit 1; fi
        case "$*" in *spark*) folder=%1$s/target/spark ;; *) folder=%1$s/target ;; esac
        : > $folder/$name.jar
        """
            .formatted(tree));
    executable(
        tree.resolve("bin/java"),
        """
        case "$*" in
          -version) : > "$(dirname "$0")/asked"; echo 'openjdk version "17.0.1"' >&2 ;;
          --list-modules) echo jdk.compiler@17.0.1 ;;
          *ArchiveClassesAtExit*) echo archived >> "$(dirname "$0")/archived" ;;
          *) while [ "$1" != -jar ]; do shift; done
             jar=$(basename "$2"); shift 2
             echo "TF32=${NVIDIA_TF32_OVERRIDE:-unset} started $jar $* LC_ALL=${LC_ALL:-unset} ONEDNN=${TF_ENABLE_ONEDNN_OPTS-unset}"
             [ "$1" != noisy ] || {
               echo 'WARNING: All log messages before absl::InitializeLog() is called are written' >&2
               echo 'I0000 00:00:1795866355.888352   11520 mlir_pass.cc:401] MLIR V1 is not enabled' >&2
               echo '2026-11-28 12:36:46.453520: E util.cc:131] oneDNN supports DT_INT32 only on' >&2
               echo 'E0000 00:00:1795866355.888352   11520 meta_optimizer.cc:966] remapper failed: X' >&2
               echo 'F0000 00:00:1795866355.888352   11520 tensor.cc:1] Check failed' >&2
               echo 'a line of ours' >&3
             } ;;
        esac
        """);
  }

  private static void executable(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    assumeTrue(file.toFile().setExecutable(true), "this file system has no executables");
  }

  private static Ended launch(Path javaHome) throws IOException, InterruptedException {
    return launch(Path.of(""), javaHome, Map.of(), "--help");
  }

  private static Ended launch(Path tree, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return launch(tree, tree, environment, words);
  }

  private static Ended launch(
      Path tree, Path javaHome, Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return launch(List.of(), tree, javaHome, environment, words);
  }

  private static Ended launch(
      List<String> before,
      Path tree,
      Path javaHome,
      Map<String, String> environment,
      String... words)
      throws IOException, InterruptedException {
    // The filter of TensorFlow's notes may outlive the launcher, and Java stops reading when the
    // process ends; cat reads to the end of both.
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of("bash", "-c", "set -o pipefail; bash \"$@\" 2>&1 | cat", "bash"));
    command.add(tree.resolve("tools/tsugiki").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeAll(
            List.of(
                "NVIDIA_TF32_OVERRIDE",
                "TF_ENABLE_ONEDNN_OPTS",
                "TSUGIKI_GPU",
                "TSUGIKI_SPARK",
                "LC_ALL",
                "LC_CTYPE",
                "LANG"));
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
