package tsugiki.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.painting.PaintedShapes;

/**
 * A case of every verb that writes, in seconds. Trainings are in {@link TrainingVerb}. In the words
 * IN holds what is read, OUT is where they write.
 */
final class WritingVerbs {
  private static final Path PUBLISHED =
      Path.of("src/test/resources/tsugiki/pretrained/biggan-pytorch/G_ema.pth").toAbsolutePath();

  /** The flags of a study that is begun and does not come far. */
  private static final String STUDY = " --repeats 1 --batch 4 --device cpu --out OUT/study";

  /** By a name for the case; each also gets {@code --json OUT/result.json}. */
  static final Map<String, String> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("generate", "generate --model IN/tiny --count 4 --out OUT/images");
    WORDS.put(
        "interpolate",
        "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/strip.png");
    WORDS.put(
        "animation", "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/walk.gif");
    WORDS.put("frames", "interpolate --model IN/tiny --from 0 --to 1 --frames 2 --out OUT/frames");
    WORDS.put(
        "invert", "invert --model IN/tiny --image IN/images/a.png --steps 1 --out OUT/inverted");
    WORDS.put("drawing", "single --model IN/pyramid --count 2 --out OUT/images");
    WORDS.put(
        "score",
        "score --real IN/images --generated IN/images --metrics kmmd --no-cache --network starter:IN/network");
    WORDS.put(
        "features",
        "features --images IN/images --no-cache --network starter:IN/network --out OUT/f.npy");
    WORDS.put("export", "export --model IN/tiny --out OUT/model");
    WORDS.put("serving", "export --model IN/tiny --serving OUT/served");
    WORDS.put("augment", "augment --images IN/images --policy hflip --out OUT/more");
    WORDS.put("inspect", "inspect --model IN/tiny --tensorboard OUT/events");
    WORDS.put("import", "import --weights " + PUBLISHED + " --out OUT/imported");
    WORDS.put("serve-check", "serve-check --model IN/tiny --python IN/python");
    WORDS.put("bench", "bench dcgan-step --channels 2 --batch 4 --steps 1 --device cpu");
    WORDS.put("devices", "devices");
    WORDS.put(
        "study-graft",
        "study graft --data IN/images --generator IN/tiny --perceptual starter:IN/network"
            + " --judge starter:IN/network --variants scale-shift --counts 2 --score-images 8"
            + STUDY);
    WORDS.put(
        "study-labels",
        "study labels --data IN/shapes --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --variants single --labels 50%"
            + " --score-network starter:IN/network"
            + STUDY);
    WORDS.put(
        "study-augmentation",
        "study augmentation --data IN/shapes --size 16 --channels 8 --multipliers 1,1,1 --attention 0 --variants none"
            + " --judge starter:IN/network"
            + STUDY);
  }

  private static final String AS_BENCH = "its one file is --json, as of bench dcgan-step";

  /** The verbs without a case, each with the reason. */
  static final Map<String, String> WITHOUT =
      Map.of(
          "bench augment-step", AS_BENCH,
          "bench features", AS_BENCH,
          "bench gan-step", AS_BENCH,
          "bench graft-step", AS_BENCH,
          "bench layer", AS_BENCH,
          "bench single", AS_BENCH,
          "cluster", "what it writes is the run of graft or train, which it calls",
          "completion", "it prints a script and has no --json",
          "worker", "it computes for another process, which writes");

  private WritingVerbs() {}

  /**
   * The words of a case.
   *
   * @param in the folder of {@link #makeInput}
   * @param out where it writes
   */
  static Object[] words(String words, Path in, Path out) {
    return words(words, in, out, out.resolve("result.json"));
  }

  /** The same with a place of its own for the result. */
  static Object[] words(String words, Path in, Path out, Path json) {
    String placed = words.replace("IN", in.toString()).replace("OUT", out.toString());
    List<String> all = new ArrayList<>(Arrays.asList(placed.split(" ")));
    all.addAll(List.of("--json", json.toString()));
    return all.toArray();
  }

  /** Writes what the verbs read, beside what trainings read. */
  static void makeInput(Path folder) {
    TrainingVerb.makeInput(folder);
    PaintedShapes.in(folder.resolve("shapes"), 4, 16);
    TrainingVerb single = TrainingVerb.SINGLE;
    Program.run(single.begin(folder, folder.resolve("pyramid")).toArray()).succeeds();
    try {
      Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho \"ok $2\"\n");
      python.toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
