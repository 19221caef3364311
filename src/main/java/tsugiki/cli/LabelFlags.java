package tsugiki.cli;

import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.labels.LabelOptions;

/** The flags of {@code train} for the source of labels. */
final class LabelFlags {
  /** Flags that have an effect with a share of the labels only. */
  static final Set<String> OF_SHARE = Set.of("--label-seed");

  @Option(
      names = "--labels",
      paramLabel = "WHICH",
      description =
          "all: each image's folder; a share such as 10%%: the folders of that share of every class;"
              + " FILE.csv: one line per image, with its name and its class; single: one label for"
              + " all; random: one drawn per image; random-each-epoch: one drawn per image and epoch;"
              + " cluster: clusters by the features of --features. Default: all.")
  private String labels;

  @Option(
      names = "--label-count",
      paramLabel = "N",
      description =
          "The number of labels that --labels random draws from, or of clusters. Default: the number"
              + " of folders.")
  private Integer labelCount;

  @Option(
      names = "--label-seed",
      paramLabel = "S",
      description =
          "Which images keep their label with a share. It is not --seed, so that a feature network and"
              + " every GAN see the same labels. Default: 0.")
  private Long labelSeed;

  @Option(
      names = "--features",
      paramLabel = "RUN",
      description =
          "The feature network that predicts or clusters: a run of --recipe features, or its model.")
  private String features;

  LabelOptions options() {
    LabelOptions defaults = LabelOptions.all();
    String network =
        features == null
            ? defaults.features()
            : ModelPath.find("--features", features).toAbsolutePath().normalize().toString();
    return new LabelOptions(
        Objects.requireNonNullElse(labels, defaults.labels()),
        Objects.requireNonNullElse(labelSeed, defaults.labelSeed()),
        Objects.requireNonNullElse(labelCount, defaults.labelCount()),
        network);
  }
}
