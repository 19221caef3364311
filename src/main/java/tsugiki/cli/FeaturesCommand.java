package tsugiki.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tsugiki.base.AtomicFile;
import tsugiki.base.Checks;
import tsugiki.base.NumpyRows;
import tsugiki.data.ImageSource;
import tsugiki.features.FeaturePipeline;

/** The verb {@code features}. */
@Command(
    name = "features",
    description = {
      "Computes what a frozen network sees in images: a NumPy file of float32 [N, D], one row an"
          + " image, in the order of the files' names. Images of every size will do; the network's"
          + " protocol resizes each by itself."
    },
    sortOptions = false)
final class FeaturesCommand implements Runnable {
  /**
   * What {@code --json} tells.
   *
   * @param images where they came from
   * @param out the file
   * @param count N
   * @param dimensions D
   * @param network as it was named
   * @param protocol what the features are
   */
  record Result(
      String images, String out, int count, int dimensions, String network, String protocol) {}

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "P",
      required = true,
      description = "A folder (deep), a zip, a folder in a zip, or one image.")
  private Path images;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N images only. Default: all.")
  private Integer limit;

  @Option(
      names = "--out",
      paramLabel = "F.npy",
      required = true,
      description = "The file to write; it appears when it is whole.")
  private Path out;

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    network.check();
    if (limit != null) {
      Checks.atLeast("limit", limit, 1);
    }
    try (ImageSource all = ImageSource.open(images)) {
      ImageSource source = limit == null ? all : all.limit(limit);
      try (ImageBar bar = new ImageBar(source.count());
          FeaturePipeline pipeline = network.open(bar::step)) {
        AtomicFile.write(out, file -> write(file, pipeline, source));
        report(pipeline, source);
      }
    }
  }

  private static void write(OutputStream file, FeaturePipeline pipeline, ImageSource source)
      throws IOException {
    NumpyRows rows = new NumpyRows(file, source.count(), pipeline.dimensions());
    pipeline.stream(source, chunk -> rows.add(chunk.toArray()));
    rows.end();
  }

  private void report(FeaturePipeline pipeline, ImageSource source) {
    Result told =
        new Result(
            images.toString(),
            out.toString(),
            source.count(),
            pipeline.dimensions(),
            network.network(),
            pipeline.protocol());
    PrintWriter print = spec.commandLine().getOut();
    print.printf("%s: %d × %d, %s%n", told.out(), told.count(), told.dimensions(), told.protocol());
    print.flush();
    result.write(told);
  }
}
