package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.data.ImageSet;
import tsugiki.score.KidProbe;
import tsugiki.study.Collapse;
import tsugiki.study.StudyReport;
import tsugiki.study.StudyTable;
import tsugiki.study.TrialOutcome;
import tsugiki.study.TrialPictures;
import tsugiki.train.RunDirectory;

/**
 * The report of a study of labels: the scores of the variants, of those at further shares of the
 * labels and of real images; what there is per class; pictures as those of the paper.
 */
final class LabelStudyReport {
  private static final List<String> OF_TRAININGS =
      List.of(
          ClassFigures.SUMMARY,
          ClassFigures.LEAST,
          "collapsed_at",
          "diverged_at",
          "label_error",
          ClassFigures.HEAD_CLASSES,
          "label_purity",
          "label_nmi");
  private static final List<String> OF_NETWORKS =
      List.of("label_error", "turn_error", "cluster_purity", "cluster_nmi");

  /** What the paper compares, and rotations with as many views of the images without a head. */
  private static final List<List<LabelVariant>> CLAIMS =
      List.of(
          List.of(LabelVariant.S2GAN, LabelVariant.SINGLE),
          List.of(LabelVariant.S2GAN, LabelVariant.BIGGAN_K),
          List.of(LabelVariant.BIGGAN, LabelVariant.S2GAN),
          List.of(LabelVariant.S2GAN_SOFT, LabelVariant.S2GAN),
          List.of(LabelVariant.S2GAN_CO, LabelVariant.S2GAN),
          List.of(LabelVariant.S3GAN, LabelVariant.S2GAN),
          List.of(LabelVariant.S3GAN, LabelVariant.S2GAN_VIEWS),
          List.of(LabelVariant.SINGLE_SS, LabelVariant.SINGLE),
          List.of(LabelVariant.SINGLE_SS, LabelVariant.SINGLE_VIEWS),
          List.of(LabelVariant.CLUSTER, LabelVariant.SINGLE),
          List.of(LabelVariant.CLUSTER, LabelVariant.RANDOM),
          List.of(LabelVariant.CLUSTER_SS, LabelVariant.CLUSTER));

  /**
   * The trials that are finished.
   *
   * @param generators the variants with the study's share of the labels
   * @param atShares those with the further shares
   * @param features the feature networks
   * @param real the real images
   */
  record Outcomes(
      List<TrialOutcome> generators,
      List<TrialOutcome> atShares,
      List<TrialOutcome> features,
      List<TrialOutcome> real) {}

  private final Path folder;
  private final LabelStudyOptions options;
  private final ClassTables classes;
  private final StudyReport report;
  private final List<String> scores;
  private final List<String> columns;

  /**
   * Makes it.
   *
   * @param folder of the study
   * @param images of the data
   * @param scores names of the generators' scores
   * @param protocol of the scores
   */
  LabelStudyReport(
      Path folder,
      LabelStudyOptions options,
      ImageSet images,
      List<String> scores,
      String protocol) {
    this.folder = folder;
    this.options = options;
    classes = new ClassTables(folder, images);
    this.scores = scores;
    columns = Stream.concat(scores.stream(), OF_TRAININGS.stream()).toList();
    String budget =
        "%d generator steps of batch %d at %d pixels; labels %s of the data %s. %s"
            .formatted(
                options.gan().training().steps(),
                options.gan().training().batch(),
                options.gan().network().imageSize(),
                options.labels().labels(),
                options.gan().data().getFileName(),
                options.aboutLeftOut());
    report =
        new StudyReport(
            folder,
            new StudyReport.Texts(
                "Few labels",
                budget.strip(),
                protocol
                    + " head_classes: the classes that a co-trained head takes any image without a label for.",
                RunDirectory.json(options)));
  }

  /** Writes {@code study.md}, the CSV files, charts, pictures and page. */
  void write(Outcomes outcomes) {
    List<TrialOutcome> generators = outcomes.generators();
    List<StudyReport.Group> groups = new ArrayList<>();
    groups.add(
        new StudyReport.Group(
            "Real images by the same protocol", "images", "real.csv", scores, outcomes.real()));
    if (!options.furtherShares().isEmpty()) {
      groups.add(
          new StudyReport.Group(
              "By the share of the labels",
              "variant",
              "shares.csv",
              columns,
              byShare(outcomes),
              true));
    }
    groups.add(
        new StudyReport.Group(
            "Feature networks", "labels seen", "features.csv", OF_NETWORKS, outcomes.features()));
    List<TrialOutcome> all =
        Stream.concat(generators.stream(), outcomes.atShares().stream()).toList();
    List<StudyReport.Section> sections = new ArrayList<>();
    StudyReport.Section claims = claims(generators);
    if (!claims.rows().isEmpty()) {
      sections.add(claims);
    }
    sections.addAll(classes.write(all));
    classes.charts(all).forEach((caption, chart) -> report.show(chart, caption));
    show(
        generators,
        LabelPictures.WALKS,
        "From one latent vector to another, each row of one class; first seed of each variant");
    show(
        generators,
        LabelPictures.ONE_CLASS,
        "Samples of one class, the first of each variant; first seed");
    report.write(
        new StudyReport.Group("The variants", "variant", "study.csv", columns, generators),
        groups,
        sections,
        name -> name.startsWith(KidProbe.NAME) || Collapse.SERIES.contains(name));
  }

  private StudyReport.Section claims(List<TrialOutcome> generators) {
    StudyTable table = StudyTable.of("variant", columns, generators);
    List<List<String>> pairs =
        CLAIMS.stream().map(pair -> pair.stream().map(LabelVariant::toString).toList()).toList();
    return new StudyReport.Section(
        "What the paper claims, pair by pair",
        "Differences paired by seed. Those to single-views and s2gan-views show what the head that learns from rotations brings beyond the further views of the images.",
        table.differences().header(),
        table.differences().cells(pairs));
  }

  /** The variants that learn from a share, with the study's own share among the others. */
  private List<TrialOutcome> byShare(Outcomes outcomes) {
    List<String> names = options.ofShares().stream().map(LabelVariant::toString).toList();
    String own = options.labels().labels();
    List<TrialOutcome> all =
        new ArrayList<>(
            outcomes.generators().stream()
                .filter(trial -> names.contains(trial.variant()))
                .map(
                    trial ->
                        new TrialOutcome(
                            LabelTrials.atShare(trial.variant(), own),
                            trial.seed(),
                            trial.folder(),
                            trial.figures(),
                            // The first table names those that failed.
                            Optional.empty()))
                .toList());
    all.addAll(outcomes.atShares());
    return all;
  }

  private void show(List<TrialOutcome> trials, String name, String caption) {
    TrialPictures.draw(trials, name, folder).ifPresent(file -> report.show(file, caption));
  }
}
