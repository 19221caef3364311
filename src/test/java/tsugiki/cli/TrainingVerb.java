package tsugiki.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/** A verb that trains, with options of a training of seconds. */
enum TrainingVerb {
  GRAFT(
      "graft --images IN/images --generator IN/tiny --perceptual starter:IN/network --network starter:IN/network"
          + " --score-images 50 --steps 24 --batch 2"),
  TRAIN(
      "train --data IN/images --recipe dcgan --size 32 --channels 2 --batch 4 --steps 40"
          + " --score-network none"),
  SINGLE(
      "single --image IN/images/b.png --stages 3 --min-size 12 --max-size 24 --channels 2"
          + " --steps 8 --sample-every 8 --count 2"),
  STUDY(
      "study activation --data IN/images --recipe dcgan-book --size 28 --grey --channels 2"
          + " --latent 5 --batch 4 --steps 24 --standing-batches 1 --score-every 12"
          + " --score-images 8 --repeats 1 --activations lrelu:0.01 --classifier none"
          + " --judge starter");

  /**
   * What the log of every training names, where {@code tsugiki.phase} lets it name short work too.
   */
  static final List<String> PHASES =
      List.of(
          "building the networks",
          "preparing the start",
          "measuring the start",
          "drawing the first pictures",
          "the first step",
          "measuring and drawing after step ",
          "writing the model and the report");

  private final String words;

  TrainingVerb(String words) {
    this.words = words;
  }

  /** Writes what the verbs read: a small generator, a small network of features, images. */
  static void makeInput(Path folder) {
    TinyGenerator.make().writer(Precision.FLOAT).write(folder.resolve("tiny"));
    ImageSet shapes = PaintedShapes.images(1, 32);
    UntrainedFeatureNetwork.write(folder.resolve("network"), shapes, shapes.classNames());
    for (int i = 0; i < 8; i++) {
      byte[] image = TestImages.encode(TestImages.noise(32, 32 + i), "png");
      TestImages.write(folder.resolve("images"), "abcdefgh".charAt(i) + ".png", image);
    }
  }

  /**
   * The words of a new run.
   *
   * @param input the folder of {@link #makeInput}
   */
  List<String> begin(Path input, Path out) {
    List<String> all =
        new ArrayList<>(Arrays.asList(words.replace("IN", input.toString()).split(" ")));
    all.addAll(List.of("--checkpoint-every", "1", "--measure-every", "1", "--device", "cpu"));
    all.addAll(List.of("--out", out.toString()));
    return all;
  }

  /** The words of a run that goes on. */
  List<String> resume(Path out) {
    String verb = this == STUDY ? "study activation" : words.substring(0, words.indexOf(' '));
    List<String> all = new ArrayList<>(Arrays.asList(verb.split(" ")));
    all.addAll(List.of("--resume", out.toString()));
    return all;
  }

  /** The same of a run whose number of steps becomes another one. */
  List<String> resume(Path out, long steps) {
    List<String> all = new ArrayList<>(resume(out));
    all.addAll(List.of("--steps", Long.toString(steps)));
    return all;
  }

  /** The run that trains. */
  Path run(Path out) {
    return this == STUDY ? out.resolve("lrelu-0.01-0") : out;
  }
}
