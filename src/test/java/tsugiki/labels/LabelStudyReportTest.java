package tsugiki.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.gan.DiscriminatorOptions;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.FeatureTrainingOptions;
import tsugiki.runtime.Device;
import tsugiki.study.TrialOutcome;
import tsugiki.train.Execution;

/** What the report makes of figures that are known. */
class LabelStudyReportTest {
  private static final LabelStudyOptions OPTIONS =
      LabelStudyOptions.defaults(
          GanRunOptions.defaults(Path.of("/data/shapes"), Execution.here(Device.CPU))
              .withTraining(GanOptions.defaults(DiscriminatorOptions.projected("starter")))
              .withWatch(GanWatchOptions.defaults().withScoreNetwork("starter")),
          FeatureTrainingOptions.defaults());

  @TempDir private Path folder;

  @Test
  void aCollapsedClassIsNamedAndTheHeadsClassesStandBesideTheTrueShares() throws IOException {
    String text =
        written(
            outcome("s2gan", 0, Map.of("arrow", 0.9, "bolt", 0.02, "crown", 0.5), Map.of()),
            outcome("s2gan-co", 0, Map.of(), Map.of("arrow", 1.0, "bolt", 0.0)),
            outcome("s2gan-co", 1, Map.of(), Map.of("arrow", 0.5, "bolt", 0.5)));
    assertThat(text)
        .contains("| s2gan | 0 | 0.473 | 0.020 | bolt |")
        .contains("| class | real images | s2gan-co |")
        .contains("| arrow | 10.0 % | 75.0 % |");
    // The painted shapes have no bolt.
    assertThat(text).contains("| bolt | – | 25.0 % |");
    assertThat(folder.resolve("class-diversity.csv"))
        .content()
        .isEqualTo("variant,seed,arrow,bolt,crown\ns2gan,0,0.9,0.02,0.5\n");
    assertThat(folder.resolve("head-classes.csv"))
        .content()
        .isEqualTo("variant,seed,arrow,bolt\ns2gan-co,0,1.0,0.0\ns2gan-co,1,0.5,0.5\n");
    assertThat(Files.readAllLines(folder.resolve("study.csv")))
        .endsWith("s2gan-co,0,,,,,,,1.0,,", "s2gan-co,1,,,,,,,2.0,,");
  }

  @Test
  void whatIsLeftOutIsSaidAboveTheTable() throws IOException {
    assertThat(written(outcome("s2gan", 0, Map.of(), Map.of())))
        .contains("those of a projected one are frozen: single-ss, cluster-ss, s3gan,")
        .doesNotContain("What the co-trained head predicts", "Diversity within classes");
  }

  private String written(TrialOutcome... generators) throws IOException {
    LabelStudyReport report =
        new LabelStudyReport(
            folder, OPTIONS, PaintedShapes.images(1, 16), List.of("fid"), "A protocol.");
    report.write(
        new LabelStudyReport.Outcomes(List.of(generators), List.of(), List.of(), List.of()));
    return Files.readString(folder.resolve("study.md"));
  }

  /** A trial with the figures of its classes, in the order of the letters. */
  private TrialOutcome outcome(
      String variant, long seed, Map<String, Double> diversity, Map<String, Double> heads) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.putAll(ClassFigures.DIVERSITY.of(new TreeMap<>(diversity)));
    figures.putAll(ClassFigures.HEAD_SHARE.of(new TreeMap<>(heads)));
    return new TrialOutcome(
        variant, seed, folder.resolve(variant + "-" + seed), figures, Optional.empty());
  }
}
