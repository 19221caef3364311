package tsugiki.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tsugiki.base.AtomicFile;
import tsugiki.base.Checks;
import tsugiki.base.NumpyRows;
import tsugiki.cluster.BulkOptions;
import tsugiki.data.ImageSource;
import tsugiki.features.Arithmetic;
import tsugiki.features.FeaturePipeline;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.WeightsFile;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.runtime.Sessions;
import tsugiki.score.ScoreNetwork;

/** The verb {@code features}. */
@Command(
    name = "features",
    description = {
      "Computes the features of images by a frozen network: a NumPy file of float32 [N, D], one row"
          + " per image, in the order of the files' names. Images may have any size; the network's"
          + " protocol resizes each by itself."
    },
    sortOptions = false)
final class FeaturesCommand implements Runnable {
  /**
   * What {@code --json} holds.
   *
   * @param images where they came from
   * @param out the file
   * @param count N
   * @param dimensions D
   * @param network as it was named
   * @param protocol describes the features
   * @param arithmetic describes the numbers and the device
   * @param weights identify the weights, where their file is known; otherwise null
   */
  record Result(
      String images,
      String out,
      int count,
      int dimensions,
      String network,
      String protocol,
      String arithmetic,
      WeightsFile weights) {}

  /** The flags; the limit is null for all images. */
  record Flags(Path images, Integer limit, OutputFile out) {
    static final RecordFlags<Flags> ALL =
        RecordFlags.of(Flags.class)
            .option("images", option -> option.required(true))
            .option("out", option -> option.required(true));

    Flags {
      if (limit != null) {
        Checks.atLeast("limit", limit, 0);
      }
      OutputFile.require("--out", out, ".npy");
    }
  }

  @Spec private CommandSpec spec;

  @Mixin private NetworkOptions network;
  @Mixin private final FlagSection flags = new FlagSection("features", Flags.ALL);

  @Mixin(name = "On a Spark cluster:")
  private final BulkFlags bulk = new BulkFlags();

  @Mixin private ResultOptions result;

  @Override
  public void run() {
    ScoreNetwork named = network.network(spec);
    Flags given = Flags.ALL.read(spec);
    BulkOptions spread = bulk.options();
    try (ImageSource all = ImageSource.open(given.images)) {
      ImageSource source = given.limit == null || given.limit == 0 ? all : all.limit(given.limit);
      FrozenNetwork frozen = FrozenNetworks.open("⟨network⟩", named.name(), named.tap());
      Sessions.Settings session = network.device();
      try (SpreadFeatures features = new SpreadFeatures(spread, named, network.named());
          Progress bar = Progress.of("images", source.count());
          FeaturePipeline pipeline =
              new FeaturePipeline(
                  frozen,
                  features.of(named.pipeline().withSession(session).withProgress(bar::step)))) {
        AtomicFile.write(given.out.path(), file -> write(file, pipeline, source));
        Result described =
            new Result(
                given.images.toString(),
                given.out.path().toString(),
                source.count(),
                pipeline.dimensions(),
                named.name(),
                frozen.protocol(),
                Arithmetic.words(session),
                frozen.weightsFile().orElse(null));
        result.print(
            "%s: %d × %d, %s",
            given.out.path(), described.count, described.dimensions, described.protocol);
        Arithmetic.limits(session).ifPresent(words -> result.print("%s", words));
        result.write(described);
      }
    }
  }

  private static void write(OutputStream file, FeaturePipeline pipeline, ImageSource source)
      throws IOException {
    NumpyRows rows = new NumpyRows(file, source.count(), pipeline.dimensions());
    pipeline.stream(source, chunk -> rows.add(chunk.toArray()));
    rows.end();
  }
}
