package tsugiki.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.Phase;
import tsugiki.graft.GraftServing;
import tsugiki.pretrained.ClassNames;
import tsugiki.pretrained.ImportFormat;
import tsugiki.pretrained.ImportedBigGan;
import tsugiki.pretrained.PublishedBigGans;
import tsugiki.savedmodel.SavedModelWriter;
import tsugiki.savedmodel.SlimModel;

/** The verb {@code import}. */
@Command(
    name = "import",
    description = {
      "Makes a SavedModel of a published BigGAN or S3GAN, to generate with and to graft on. Weights"
          + " alone are read, and the statistics of BigGAN-deep out of its graph: no graph of the"
          + " publication is loaded, and nothing in a pickle runs."
    },
    sortOptions = false)
final class ImportCommand implements Runnable {
  /**
   * What {@code --json} writes.
   *
   * @param format whose network it was
   * @param network generator or discriminator
   * @param source what was read
   * @param sha256 of that
   * @param size of its images in pixels
   * @param classes how many it has
   * @param weights numbers in it
   * @param model the SavedModel's folder
   * @param bytes of the folder
   */
  record Result(
      String format,
      String network,
      String source,
      String sha256,
      int size,
      int classes,
      long weights,
      String model,
      long bytes) {}

  @Option(
      names = "--weights",
      paramLabel = "P",
      required = true,
      description =
          "G_ema.pth or D.pth of BigGAN-PyTorch; a module of TensorFlow Hub: its .tar.gz, its"
              + " folder, or its checkpoint; or the run of a graft --slim.")
  private Path weights;

  @Option(
      names = "--rootstock",
      paramLabel = "DIR",
      description = "Of a slim graft, where the model that it grew on lies now.")
  private Path rootstock;

  @Option(
      names = "--format",
      paramLabel = "F",
      description =
          "The format that it must have: biggan-pytorch, biggan-tfhub, biggan-deep-tfhub or"
              + " s3gan-tfhub. Default: what its names show.")
  private String format;

  @Option(
      names = "--discriminator",
      description = "Of a module that holds both networks, the discriminator.")
  private boolean discriminator;

  @Option(
      names = "--class-names",
      paramLabel = "FILE",
      description =
          "The names of its classes, one a line. Default: ImageNet's for 1,000 classes where fetch"
              + " inception has brought them, otherwise none.")
  private Path classNames;

  @Option(
      names = "--half",
      description = "Hold kernels in 16 bits, so that the model is half as large.")
  private boolean half;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write; a model that was there is replaced.")
  private Path out;

  @Spec private CommandSpec spec;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Optional<ImportFormat> wanted = Optional.ofNullable(format).map(ImportFormat::of);
    SavedModelWriter.checkTarget(out);
    Path slim = SlimModel.isOne(weights.resolve("model")) ? weights.resolve("model") : weights;
    if (SlimModel.isOne(slim)) {
      GivenFlags.refuse(
          spec,
          List.of("--class-names", "--format", "--discriminator"),
          "%s is for published weights, and --weights is a graft --slim; leave it out");
      try (Phase writing = Phase.begin("putting the graft and its rootstock together")) {
        GraftServing.whole(SlimModel.open(slim), Optional.ofNullable(rootstock), half).write(out);
      }
      result.print("The graft and its rootstock are in %s.", out);
      result.write(Map.of("model", out.toString()));
      return;
    }
    GivenFlags.refuse(
        spec,
        List.of("--rootstock"),
        "%s is for a graft --slim, and --weights is none; leave it out");
    Optional<List<String>> given = Optional.ofNullable(classNames).map(ClassNames::read);
    ImportedBigGan model = read(wanted);
    int classes = model.architecture().classes();
    List<String> names = given.orElseGet(() -> ClassNames.ofImageNet(classes));
    try (Phase writing = Phase.begin("writing the model to " + out)) {
      model.write(names, half, out);
    }
    Result imported =
        new Result(
            model.format().word(),
            model.generator() ? "generator" : "discriminator",
            weights.toString(),
            model.sha256(),
            model.architecture().size(),
            classes,
            model.count(),
            out.toString(),
            FileUtils.sizeOfDirectory(out.toFile()));
    result.print("%s", described(imported, names.isEmpty()));
    result.write(imported);
  }

  private ImportedBigGan read(Optional<ImportFormat> wanted) {
    try (Phase reading = Phase.begin("reading " + weights)) {
      return PublishedBigGans.open("--weights", weights, wanted, discriminator);
    }
  }

  private static String described(Result made, boolean nameless) {
    return String.format(
        Locale.ROOT,
        "A %s of %s: %d pixels, %,d classes%s, %,d weights. The model is in %s (%.1f MB).",
        made.network(),
        made.format(),
        made.size(),
        made.classes(),
        nameless ? " without names" : "",
        made.weights(),
        made.model(),
        made.bytes() / 1e6);
  }
}
