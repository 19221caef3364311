package tsugiki.cli;

import com.google.common.collect.Sets;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tsugiki.augment.DiffAugment;
import tsugiki.base.BadInputException;
import tsugiki.graft.FinishKind;
import tsugiki.graft.FinishOptions;
import tsugiki.graft.GraftMethod;
import tsugiki.graft.GraftOptions;
import tsugiki.graft.GraftWatchOptions;
import tsugiki.graft.LatentStart;
import tsugiki.graft.LearningOptions;
import tsugiki.graft.RateFall;
import tsugiki.pretrained.PublishedGenerators;
import tsugiki.train.Execution;

/** The flags of the verb {@code graft}: those of {@link GraftOptions}. */
final class GraftFlags {
  private static final Path UNKNOWN = Path.of("");

  private static final RecordFlags<GraftOptions> ALL =
      RecordFlags.of(GraftOptions.of(UNKNOWN, UNKNOWN, RunOptions.ANYWHERE))
          .without("images", "generator", "execution")
          .named("watch.scoreNetworks", "network")
          // The name of a network may hold commas.
          .option("watch.scoreNetworks", option -> option.splitRegex(""))
          // So may the name of a class.
          .option("learning.start.classFrom", option -> option.splitRegex(""))
          .option("watch.truncation", option -> option.converters(GraftFlags::truncation))
          .option("finish.finishAugment", EnumSetFlag::words)
          .value(
              "finish.finishAugment",
              given -> EnumSetFlag.read("--finish-augment", DiffAugment.Part.class, given))
          .value(
              "finish.finishFrom",
              from ->
                  from.equals("none")
                      ? ""
                      : ModelPath.source("--finish-from", from.toString()).toString())
          .option("groupSize", option -> option.type(String.class))
          .value("groupSize", GraftFlags::groupSize);

  private GraftFlags() {}

  /** What is grafted onto what. */
  static final class Parts {
    @Option(
        names = "--images",
        paramLabel = "P",
        description = "The images to adapt to: a folder, a zip or one image.")
    private Path images;

    @Mixin private final Rootstock rootstock;

    @Mixin
    private final FlagSection others =
        section(
            "limit",
            "crop",
            "onBadImage",
            "licence",
            "method",
            "groupSize",
            "mixedSites",
            "rank",
            "plainLastSite");

    /** With the generators that can be fetched. */
    Parts(PublishedGenerators published) {
      rootstock = new Rootstock(published);
    }

    /** The options with the flags that were given. */
    GraftOptions options(CommandSpec spec, Execution execution, ResultOptions result) {
      GraftOptions plain = GraftOptions.of(images, rootstock.find(result), execution);
      GraftOptions options = read(spec, finished(spec, plain));
      refuseUseless(spec, options);
      return options;
    }

    private static void refuseUseless(CommandSpec spec, GraftOptions options) {
      UselessFlags.refuseUnless(
          options.method() == GraftMethod.POINT_WISE,
          spec,
          Set.of("--group-size"),
          "--method point-wise");
      LearningOptions learning = options.learning();
      UselessFlags.refuseUnless(
          learning.schedule() == RateFall.STEPS,
          spec,
          Set.of("--decay", "--decay-every"),
          "--schedule steps");
      UselessFlags.refuseUnless(
          learning.start().latentStart() == LatentStart.PROJECTION,
          spec,
          Set.of("--projection-steps"),
          "--latent-start projection");
      refuseFinish(spec, options.finish());
    }
  }

  /** Refuses flags of a finish that is not wanted. */
  static void refuseFinish(CommandSpec spec, FinishOptions finish) {
    UselessFlags.refuseUnless(
        finish.wanted(),
        spec,
        Sets.difference(ALL.only("finish").names(), Set.of("--finish")),
        "--finish all or graft");
    UselessFlags.refuseUnless(
        finish.finish() == FinishKind.ALL, spec, Set.of("--finish-generator-rate"), "--finish all");
  }

  /** The options with the finish that was asked for, and with what goes with it. */
  static GraftOptions finished(CommandSpec spec, GraftOptions plain) {
    Object finish = ALL.given(spec).getOrDefault("finish.finish", plain.finish().finish());
    return plain.finished((FinishKind) finish);
  }

  /** The generator that a graft begins with. */
  static final class Rootstock {
    @Option(
        names = "--generator",
        paramLabel = "DIR",
        description =
            "The rootstock: a SavedModel of train, import or graft, a run, the name of a model that"
                + " ships, or a published generator, which is fetched and imported at its first"
                + " use: biggan-128, -256, -512, biggan-deep-128, -256, -512, s3gan-2.5-128,"
                + " s3gan-5-128, s3gan-10-128, s3gan-20-128, s3gan-10-256. Default:"
                + " ${DEFAULT-VALUE}.")
    private String generator = "starter-64";

    private final PublishedGenerators published;

    /** With the generators that can be fetched. */
    Rootstock(PublishedGenerators published) {
      this.published = published;
    }

    /**
     * Its folder.
     *
     * @param result says where it comes from, if it is fetched
     */
    Path find(ResultOptions result) {
      return new Rootstocks(published, result).find(generator);
    }
  }

  /** The options with the flags that were given. */
  static GraftOptions read(CommandSpec spec, GraftOptions others) {
    return ALL.read(spec, others);
  }

  /** The flags of some components; the seed is a flag of every run. */
  static FlagSection section(String... components) {
    return new FlagSection("graft", ALL.without("learning.seed").only(components));
  }

  /** A limit of latent vectors; none is one that cuts nothing. */
  static Double truncation(String given) {
    return given.equalsIgnoreCase("none") ? GraftWatchOptions.UNCUT : Double.valueOf(given);
  }

  /** The group size, 0 for all channels. */
  private static int groupSize(Object given) {
    String text = given.toString();
    if (text.equals("all")) {
      return 0;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw new BadInputException("--group-size is " + text + "; give a number from 1, or all");
    }
    return Integer.parseInt(text);
  }
}
