package tsugiki.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import tsugiki.BadInputException;
import tsugiki.score.Metric;
import tsugiki.score.ScoreOptions;

/** The flags of the verb {@code score}, in the groups that its help shows. */
final class ScoreFlags {
  private ScoreFlags() {}

  /** What is compared. */
  static final class Sides {
    @Option(
        names = "--real",
        paramLabel = "P",
        description =
            "The training images: a folder (deep), a zip, a folder in a zip, or one image; or .npy"
                + " features [N, D]; or .npz statistics with mu and sigma.")
    private Path real;

    @Option(
        names = "--generated",
        paramLabel = "P",
        description = "The generated images, likewise. grid.png of a generated folder is left out.")
    private Path generated;

    @Option(
        names = "--probabilities",
        paramLabel = "F.npy",
        description =
            "Class probabilities [N, C] of the generated images, from Inception's logits without"
                + " bias.")
    private Path probabilities;

    @Option(
        names = "--class-names",
        paramLabel = "F.txt",
        description = "The classes' names, one a line, for --probabilities-out.")
    private Path classNames;

    Optional<Path> real() {
      return Optional.ofNullable(real);
    }

    Optional<Path> generated() {
      return Optional.ofNullable(generated);
    }

    Optional<Path> probabilities() {
      return Optional.ofNullable(probabilities);
    }

    /** The names in the file; none without one. */
    List<String> classNames() {
      if (classNames == null) {
        return List.of();
      }
      try {
        return Files.readAllLines(classNames, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new BadInputException(
            "--class-names %s cannot be read as text; give a file with one name a line"
                .formatted(classNames),
            e);
      }
    }

    void check() {
      if (real == null && generated == null && probabilities == null) {
        throw new BadInputException(
            "score has nothing to look at; give --real and --generated, or --probabilities");
      }
    }
  }

  /** What is scored, and how. */
  static final class Metrics {
    @Option(
        names = "--metrics",
        split = ",",
        paramLabel = "M",
        description =
            "Out of ${COMPLETION-CANDIDATES}. Default: all that the input allows, but sifid and lpips.")
    private Set<Metric> metrics = Set.of();

    @Option(
        names = "--splits",
        paramLabel = "N",
        defaultValue = "10",
        description = "Parts of the Inception Score. Default: ${DEFAULT-VALUE}.")
    private int splits;

    @Option(
        names = "--shuffle",
        description = "Shuffle the images before they are split. Default: the files' order.")
    private boolean shuffle;

    @Option(
        names = "--kid-subsets",
        paramLabel = "N",
        description =
            "KID as mean and deviation over so many subsets, usually 100; of many thousand images it"
                + " is also the faster way. Default: one KID of all samples.")
    private Integer kidSubsets;

    @Option(
        names = "--kid-subset-size",
        paramLabel = "N",
        description = "Images of either side in a subset. Default: 1000.")
    private Integer kidSubsetSize;

    @Option(
        names = "--kmmd-sigmas",
        split = ",",
        paramLabel = "S",
        description =
            "Widths of KMMD's kernels (several are summed) in units of the real images' distances."
                + " Default: 1.")
    private List<Double> kmmdSigmas;

    @Option(
        names = "--kmmd-bandwidths",
        split = ",",
        paramLabel = "S",
        description = "The same in units of the features.")
    private List<Double> kmmdBandwidths;

    @Option(
        names = "--neighbours",
        paramLabel = "K",
        defaultValue = "3",
        description = "The k of precision, recall, density, coverage. Default: ${DEFAULT-VALUE}.")
    private int neighbours;

    @Option(
        names = "--bootstrap",
        paramLabel = "N",
        defaultValue = "0",
        description =
            "95 %% confidence intervals from N draws of the images, usually 1000; FID is reckoned"
                + " anew for every draw. Default: none.")
    private int bootstrap;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "0",
        description = "Of the shuffle, the subsets and the draws. Default: ${DEFAULT-VALUE}.")
    private long seed;

    ScoreOptions options() {
      return new ScoreOptions(
          metrics, splits, shuffle, subsets(), kernel(), neighbours, bootstrap, seed);
    }

    private ScoreOptions.Subsets subsets() {
      if (kidSubsets == null && kidSubsetSize == null) {
        return ScoreOptions.Subsets.ALL_SAMPLES;
      }
      return ScoreOptions.Subsets.of(
          kidSubsets == null ? 100 : kidSubsets, kidSubsetSize == null ? 1000 : kidSubsetSize);
    }

    private ScoreOptions.Kernel kernel() {
      if (kmmdSigmas != null && kmmdBandwidths != null) {
        throw new BadInputException(
            "--kmmd-sigmas and --kmmd-bandwidths both give the kernel's widths; leave one out");
      }
      return kmmdBandwidths == null
          ? new ScoreOptions.Kernel(kmmdSigmas == null ? List.of(1.0) : kmmdSigmas, false)
          : new ScoreOptions.Kernel(kmmdBandwidths, true);
    }
  }

  /** What is written. */
  static final class Outputs {
    @Option(
        names = "--save-statistics",
        converter = OutputFile.Converter.class,
        paramLabel = "F.npz",
        description =
            "Write mu and sigma of the real side, as pytorch-fid and TTUR read them, for another"
                + " time's --real.")
    private OutputFile statistics;

    @Option(
        names = "--pairs-out",
        converter = OutputFile.Converter.class,
        paramLabel = "F.png",
        description =
            "Write a picture of the generated images (left) that are closest to a training image"
                + " (right).")
    private OutputFile pairs;

    @Option(
        names = "--probabilities-out",
        converter = OutputFile.Converter.class,
        paramLabel = "F",
        description =
            "Write every image's likeliest classes (.csv or .json), or all probabilities (.npy).")
    private OutputFile probabilities;

    Optional<OutputFile> statistics() {
      return Optional.ofNullable(statistics);
    }

    Optional<OutputFile> pairs() {
      return Optional.ofNullable(pairs);
    }

    Optional<OutputFile> probabilities() {
      return Optional.ofNullable(probabilities);
    }

    /** Refuses files that nothing can be written to, before any work. */
    void check(Sides sides) {
      statistics()
          .ifPresent(
              file -> {
                file.require("--save-statistics", ".npz");
                require("--save-statistics", sides.real, "--real");
              });
      pairs()
          .ifPresent(
              file -> {
                file.require("--pairs-out", ".png");
                require("--pairs-out", sides.real, "--real");
                require("--pairs-out", sides.generated, "--generated");
              });
      probabilities()
          .ifPresent(
              file -> {
                file.require("--probabilities-out", ".csv", ".json", ".npy");
                Path images = sides.probabilities == null ? sides.generated : sides.probabilities;
                require("--probabilities-out", images, "--generated or --probabilities");
              });
    }

    private static void require(String flag, Path given, String needed) {
      if (given == null) {
        throw new BadInputException("%s needs %s; give it too".formatted(flag, needed));
      }
    }
  }
}
