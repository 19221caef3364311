package tsugiki.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No room uses another one that the table of {@link Rooms} does not allow it. */
class RoomsTest {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([a-z0-9_.]+)\\.[A-Z].*;", Pattern.MULTILINE);

  private static final JavaClasses PROGRAM = program();

  private static JavaClasses program() {
    // A package's name is all that the rules ask of a library; its classes need not be read.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("tsugiki");
  }

  static Set<String> rooms() {
    return Rooms.names();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void usesOnlyWhatTheTableAllows(String room) {
    Set<String> allowed = Rooms.usedBy(room);
    noClasses()
        .that()
        .resideInAPackage(Rooms.ROOT + room + "..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are not in " + allowed, used -> !allows(allowed, used.getPackageName())))
        // A room of the table that does not stand yet has no classes.
        .allowEmptyShould(true)
        .check(PROGRAM);
  }

  /** Of a class that only a comment names, and of a constant, the compiled classes keep nothing. */
  @ParameterizedTest
  @MethodSource("rooms")
  void importsOnlyWhatTheTableAllows(String room) throws IOException {
    Path folder = Path.of("src/main/java/tsugiki", room);
    List<String> refused = new ArrayList<>();
    try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher imports = IMPORT.matcher(Files.readString(file));
        while (imports.find()) {
          if (!allows(Rooms.usedBy(room), imports.group(1))) {
            refused.add(file + ": " + imports.group());
          }
        }
      }
    }
    assertThat(refused).isEmpty();
  }

  private static boolean allows(Set<String> allowed, String packageName) {
    return Rooms.of(packageName).map(allowed::contains).orElse(true);
  }

  @Test
  void everyPackageIsARoomOfTheTable() {
    Set<String> packages =
        PROGRAM.stream()
            .map(type -> Rooms.of(type.getPackageName()).orElseThrow())
            .collect(Collectors.toSet());
    assertThat(packages).isSubsetOf(Rooms.names()).contains("graph", "cli");
  }

  @Test
  void everyRoomSaysWhatLivesThere() throws IOException {
    try (Stream<Path> rooms = Files.list(Path.of("src/main/java/tsugiki"))) {
      assertThat(rooms)
          .hasSizeGreaterThan(20)
          .allSatisfy(
              room -> assertThat(room.resolve("package-info.java")).content().startsWith("/**"));
    }
  }

  /** Who reads a name knows the class. */
  @Test
  void noTwoRoomsHaveAClassOfOneName() {
    assertThat(PROGRAM.stream().filter(JavaClass::isTopLevelClass).map(JavaClass::getSimpleName))
        .filteredOn(name -> !name.equals("package-info"))
        .doesNotHaveDuplicates();
  }

  @Test
  void noRoomsUseEachOtherInACircle() {
    slices().matching(Rooms.ROOT + "(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  /** A training and a study have these from {@code train} and {@code study}. */
  @Test
  void noSystemWritesEventsRestoresCheckpointsOrDrawsCharts() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "tsugiki.gan..",
            "tsugiki.graft..",
            "tsugiki.labels..",
            "tsugiki.recognition..",
            "tsugiki.single..",
            "tsugiki.activation..",
            "tsugiki.augmentation..",
            "tsugiki.cli..")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("EventWriter")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("Checkpoints")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameStartingWith("LineChart")
        .check(PROGRAM);
  }

  /** A library caller reads about arguments; what prints is up to the program. */
  @Test
  void onlyTheCommandLineKnowsItsLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Rooms.ROOT + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "ch.qos.logback..")
        .check(PROGRAM);
  }
}
