package tsugiki.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tsugiki.data.ImageSet;
import tsugiki.data.TestImages;
import tsugiki.painting.PaintedShapes;
import tsugiki.recognition.UntrainedFeatureNetwork;
import tsugiki.savedmodel.SavedModelWriter.Precision;
import tsugiki.savedmodel.TinyGenerator;

/**
 * What a study of grafts needs to take seconds: a small generator and feature network, and domains
 * of images of one colour each: 6 reds, 3 blues, 18 greens.
 */
record TinyGraftStudy(Path folder) {
  private static final int SIDE = 32;

  /** Writes all of it. */
  static TinyGraftStudy in(Path folder) {
    TinyGraftStudy tiny = new TinyGraftStudy(folder);
    TinyGenerator.make().writer(Precision.FLOAT).write(tiny.generator());
    ImageSet shapes = PaintedShapes.images(1, SIDE);
    UntrainedFeatureNetwork.write(folder.resolve("network"), shapes, shapes.classNames());
    Random random = new Random(3);
    tiny.paint("reds", 6, 16, random);
    tiny.paint("blues", 3, 0, random);
    tiny.paint("greens", 18, 8, random);
    return tiny;
  }

  private void paint(String domain, int count, int shift, Random random) {
    try {
      Path images = Files.createDirectory(folder.resolve(domain));
      for (int i = 0; i < count; i++) {
        int rgb = random.nextInt(0x40) << shift | 0x404040;
        Files.write(images.resolve(i + ".png"), TestImages.png(SIDE, SIDE, rgb));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The generator. */
  Path generator() {
    return folder.resolve("tiny");
  }

  /** The name of the feature network. */
  String network() {
    return "starter:" + folder.resolve("network");
  }

  /** Calls {@code study graft} for one domain or more. */
  Program study(List<String> domains, Path out, String flags) {
    List<Object> words = new ArrayList<>(List.of("study", "graft"));
    domains.forEach(domain -> words.addAll(List.of("--data", folder.resolve(domain))));
    words.addAll(List.of("--generator", generator(), "--out", out));
    words.addAll(List.of(flags.strip().split(" +")));
    return Program.run(words.toArray());
  }
}
