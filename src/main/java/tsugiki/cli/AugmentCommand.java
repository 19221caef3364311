package tsugiki.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.augment.StaticPolicy;
import tsugiki.augmentation.AugmentOptions;
import tsugiki.augmentation.EnlargedDataset;
import tsugiki.data.ImageSource;
import tsugiki.report.ImageFolder;

/** The verb {@code augment}. */
@Command(
    name = "augment",
    description = {
      "Enlarges a dataset by changed copies of its images. The images' files stay as they are, the"
          + " copies are PNG beside them, and manifest.csv says what each file is. The same images,"
          + " flags and seed give the same bytes."
    },
    sortOptions = false)
final class AugmentCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "P",
      required = true,
      description = "A folder (deep), a zip, or a folder in a zip. Folders are kept.")
  private Path images;

  @Option(
      names = "--policy",
      paramLabel = "LIST",
      split = ",",
      required = true,
      description =
          "Of ${COMPLETION-CANDIDATES}; several take turns one to one, such as contrast,hflip.")
  private List<StaticPolicy> policy;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many copies to add. Default: as many as there are images.")
  private int count;

  @Option(
      names = "--generator",
      paramLabel = "RUN|DIR",
      description = "The run or model that draws the images of the policy generated.")
  private String generator;

  @Option(
      names = "--truncation",
      paramLabel = "T",
      converter = SamplingOptions.Truncation.class,
      description = "The limit of the entries of its latent vectors. Default: none.")
  private Double truncation;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "The same seed gives the same dataset. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write, new or empty; it appears when it is whole.")
  private Path out;

  @Mixin private DeviceFlag device;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    AugmentOptions options =
        new AugmentOptions(
            images,
            policy,
            count,
            generator == null ? "" : ModelPath.find("--generator", generator).toString(),
            truncation == null || truncation.isInfinite() ? 0 : truncation,
            seed);
    ImageFolder.refuseUsed(out);
    try (ImageSource source = ImageSource.open(images)) {
      EnlargedDataset dataset = new EnlargedDataset(options, source);
      EnlargedDataset.Result written;
      try (ImageBar bar = new ImageBar(source.count() + dataset.copies())) {
        written = dataset.write(out, device::settings, bar::step);
      }
      PrintWriter print = spec.commandLine().getOut();
      print.printf(
          "%d images and %d copies in %s%n", written.images(), written.copies(), written.out());
      print.flush();
      result.write(written);
    }
  }
}
