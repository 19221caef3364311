package tsugiki.cli;

import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.gan.LabelOptions;

/** The flags of {@code train} that say where labels come from. */
final class LabelFlags {
  /** What only a share of the labels reads. */
  static final Set<String> OF_SHARE = Set.of("--label-seed");

  @Option(
      names = "--labels",
      paramLabel = "WHICH",
      description =
          "all: each image's folder; a share such as 10%%: the folders of that share of every class;"
              + " FILE.csv: an image's name and its class's name a line; single: one label for all;"
              + " random: drawn once an image; random-each-epoch: drawn anew every epoch; cluster:"
              + " clusters by the features of --features. Default: all.")
  private String labels;

  @Option(
      names = "--label-count",
      paramLabel = "N",
      description =
          "How many labels --labels random draws from, or clusters there are. Default: as many as"
              + " the data has folders.")
  private Integer labelCount;

  @Option(
      names = "--label-seed",
      paramLabel = "S",
      description =
          "Which images keep their label with a share; beside --seed, so that a feature network and"
              + " every GAN see the same labels. Default: 0.")
  private Long labelSeed;

  @Option(
      names = "--features",
      paramLabel = "RUN",
      description =
          "The feature network that predicts or clusters: a run of --recipe features, or a model of"
              + " that kind.")
  private String features;

  LabelOptions options() {
    String network =
        features == null
            ? null
            : ModelPath.find("--features", features).toAbsolutePath().normalize().toString();
    return new LabelOptions(labels, labelSeed, labelCount, network);
  }
}
