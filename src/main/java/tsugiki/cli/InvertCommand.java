package tsugiki.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.DurableFolder;
import tsugiki.base.NumpyFile;
import tsugiki.base.SystemRefusal;
import tsugiki.data.ImageSource;
import tsugiki.data.RgbImage;
import tsugiki.graft.Inversion;
import tsugiki.report.ImageFolder;
import tsugiki.report.Pictures;

/** The verb {@code invert}. */
@Command(
    name = "invert",
    description = {
      "Finds the latent vector with which a model draws an image: latent.npy, float32 [1, D], and"
          + " image.png, what the model draws with it."
    },
    sortOptions = false)
final class InvertCommand implements Runnable {
  /**
   * What {@code --json} writes.
   *
   * @param model the SavedModel's folder
   * @param image the photograph
   * @param out the folder
   * @param label the class that it is drawn with, null for a model without classes
   * @param l1 the mean absolute difference, of values in [−1, 1]
   */
  record Result(String model, String image, String out, Long label, double l1) {}

  /** The flags; the class is null where it was not given. */
  record Flags(String model, Path image, String className, Path out) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(Flags.class)
            .named("className", "class")
            .option("model", option -> option.required(true))
            .option("image", option -> option.required(true))
            .option("out", option -> option.required(true));
  }

  @Spec private CommandSpec spec;

  @Mixin private final FlagSection flags = new FlagSection("invert", Flags.ALL);
  @Mixin private InversionFlags search;
  @Mixin private DeviceFlag device;
  @Mixin private ResultOptions result;

  @Override
  public void run() {
    Flags given = Flags.ALL.read(spec);
    ImageFolder.refuseUsed(given.out);
    Path folder = ModelPath.find("--model", given.model);
    RgbImage image = ImageSource.single("image", given.image);
    Inversion.Found found;
    try (InversionFlags.Search search = InversionFlags.open(spec, folder, device.device())) {
      found = search.find(image, given.className);
    }
    write(found, given.out);
    result.print(
        "%s: mean absolute difference %.3f%s; %s",
        given.image,
        found.l1(),
        found.className().map(name -> ", drawn as " + name).orElse(""),
        given.out.resolve("image.png"));
    result.write(
        new Result(
            folder.toString(),
            given.image.toString(),
            given.out.toString(),
            found.className().map(name -> found.label()).orElse(null),
            found.l1()));
  }

  private static void write(Inversion.Found found, Path out) {
    try (DurableFolder folder = DurableFolder.create(out)) {
      Path draft = folder.draft();
      NumpyFile.write(draft.resolve("latent.npy"), found.latent(), 1, found.latent().length);
      Pictures.writePng(
          Pictures.of(found.image().rgb(), 0, found.image().height(), found.image().width(), 1),
          draft.resolve("image.png"));
      folder.publish();
    } catch (IOException e) {
      throw SystemRefusal.cannotWrite(out, e);
    }
  }
}
