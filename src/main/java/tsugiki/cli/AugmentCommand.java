package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.augment.StaticPolicy;
import tsugiki.augmentation.AugmentOptions;
import tsugiki.augmentation.EnlargedDataset;
import tsugiki.base.Counted;
import tsugiki.data.ImageSource;
import tsugiki.data.UsableImages;
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
  private static final RecordFlags<AugmentOptions> FLAGS =
      RecordFlags.of(AugmentOptions.defaults(Path.of(""), List.of(StaticPolicy.HFLIP)))
          .option("images", option -> option.required(true))
          .option("policy", option -> option.required(true))
          .option("truncation", option -> option.converters(new SamplingOptions.Truncation()))
          .value("truncation", limit -> Double.isInfinite((Double) limit) ? 0 : limit)
          .value("generator", name -> ModelPath.find("--generator", name.toString()).toString());

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("augment", FLAGS);

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
    AugmentOptions options = FLAGS.read(spec);
    UselessFlags.refuseUnless(
        options.policy().contains(StaticPolicy.GENERATED),
        spec,
        Set.of(DeviceFlag.NAME),
        "--policy generated");
    ImageFolder.refuseUsed(out);
    try (ImageSource source = ImageSource.open(options.images())) {
      ImageSource usable = UsableImages.of(source, options.onBadImage());
      EnlargedDataset dataset = new EnlargedDataset(options, usable);
      EnlargedDataset.Result written;
      try (Progress bar = Progress.of("images", usable.count() + dataset.copies())) {
        written = dataset.write(out, device::settings, bar::step);
      }
      result.print(
          "%s and %s in %s",
          Counted.of(written.images(), "image"),
          Counted.of(written.copies(), "copy"),
          written.out());
      result.write(written);
    }
  }
}
