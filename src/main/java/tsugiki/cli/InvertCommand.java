package tsugiki.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.DurableFolder;
import tsugiki.base.NumpyFile;
import tsugiki.graft.Inversion;
import tsugiki.report.ImageFolder;
import tsugiki.report.Pictures;
import tsugiki.savedmodel.ClassLabels;
import tsugiki.savedmodel.GeneratorCopy;

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

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model's folder, a run directory, or the name of a model that ships.")
  private String model;

  @Option(
      names = "--image",
      paramLabel = "F",
      required = true,
      description = "The image; its centre is cut to the model's proportions.")
  private Path image;

  @Option(
      names = "--class",
      paramLabel = "C",
      description = "The class to draw it with. Default: the one that comes nearest.")
  private String className;

  @Mixin private InversionFlags search;
  @Mixin private DeviceFlag device;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write, new or empty.")
  private Path out;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    ImageFolder.refuseUsed(out);
    Path folder = ModelPath.find("--model", model);
    Inversion.Found found =
        search.find(folder, "--image", image, Optional.ofNullable(className), device.device());
    GeneratorCopy generator = GeneratorCopy.open(folder);
    write(found, generator);
    ClassLabels classes = generator.classes();
    PrintWriter print = spec.commandLine().getOut();
    print.printf(
        "%s: mean absolute difference %.3f%s; %s%n",
        image,
        found.l1(),
        generator.conditional() ? ", drawn as " + classes.nameOf(found.label()) : "",
        out.resolve("image.png"));
    print.flush();
    result.write(
        new Result(
            folder.toString(),
            image.toString(),
            out.toString(),
            generator.conditional() ? found.label() : null,
            found.l1()));
  }

  private void write(Inversion.Found found, GeneratorCopy generator) {
    try (DurableFolder folder = DurableFolder.create(out)) {
      Path draft = folder.draft();
      NumpyFile.write(draft.resolve("latent.npy"), found.latent(), 1, generator.latent());
      Pictures.writePng(
          Pictures.of(found.image(), 0, generator.height(), generator.width(), 1),
          draft.resolve("image.png"));
      folder.publish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
