package tsugiki.single;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tsugiki.data.RgbImage;
import tsugiki.single.PyramidSizes.Size;

/**
 * The frames of a random walk through the noise of a pyramid, near the noise that reconstructs its
 * image (Shaham et al. 2019, supplement).
 *
 * @param frames how many
 * @param firstStage the stage from 0 that moves first; those below stay as they are
 * @param pull how strongly the walk is drawn back to the image, 0 to 1
 * @param smoothness how much of the last movement each movement has, 0 to 1
 */
public record Walk(int frames, int firstStage, float pull, float smoothness) {
  /** 100 frames; every stage but the first moves. */
  public static Walk standard() {
    return new Walk(100, 1, 0.1f, 0.9f);
  }

  /**
   * Draws the frames.
   *
   * @param fixed the noise that reconstructs the image
   */
  public List<RgbImage> draw(PyramidSampler sampler, PyramidNoise fixed, long seed) {
    List<RgbImage> images = new ArrayList<>();
    PyramidArchitecture architecture = sampler.architecture();
    each(architecture, fixed, seed, noise -> images.add(sampler.draw(noise, architecture.full())));
    return images;
  }

  /** Hands on the noise of every frame. */
  void each(
      PyramidArchitecture architecture,
      PyramidNoise fixed,
      long seed,
      Consumer<PyramidNoise> frame) {
    StageMethod method = architecture.build();
    int stages = architecture.stages();
    float firstMove = firstMove(architecture.method());
    float[][] home = new float[stages][];
    float[][] last = new float[stages][];
    float[][] before = new float[stages][];
    for (int stage = 0; stage < stages; stage++) {
      home[stage] = whole(fixed, architecture, method, stage);
      float[] random = whole(new NoiseBlocks(seed, "walk"), architecture, method, stage);
      before[stage] = home[stage];
      last[stage] = new float[random.length];
      for (int i = 0; i < random.length; i++) {
        last[stage][i] = (1 - firstMove) * home[stage][i] + firstMove * random[i];
      }
    }
    for (int number = 0; number < frames; number++) {
      float[][] now = new float[stages][];
      NoiseBlocks noise = new NoiseBlocks(seed, "walk " + number);
      for (int stage = 0; stage < stages; stage++) {
        now[stage] =
            stage < firstStage
                ? home[stage]
                : moved(
                    home[stage],
                    last[stage],
                    before[stage],
                    whole(noise, architecture, method, stage));
      }
      frame.accept(of(now, architecture, method));
      before = last;
      last = now;
    }
  }

  /** The share of new noise before the first frame, as the authors of each method have it. */
  private static float firstMove(SingleMethod method) {
    return method == SingleMethod.SINGAN ? 0.05f : 0.01f;
  }

  private float[] moved(float[] home, float[] last, float[] before, float[] random) {
    float[] now = new float[home.length];
    for (int i = 0; i < now.length; i++) {
      float move = smoothness * (last[i] - before[i]) + (1 - smoothness) * random[i];
      now[i] = pull * home[i] + (1 - pull) * (last[i] + move);
    }
    return now;
  }

  private static float[] whole(
      PyramidNoise noise, PyramidArchitecture architecture, StageMethod method, int stage) {
    Size size = architecture.size(stage);
    int margin = 2 * method.margin(stage);
    return noise.part(
        stage, method.noiseChannels(stage), 0, 0, size.height() + margin, size.width() + margin);
  }

  /** The noise of whole maps. */
  private static PyramidNoise of(
      float[][] maps, PyramidArchitecture architecture, StageMethod method) {
    return (stage, channels, top, left, height, width) -> {
      Size size = architecture.size(stage);
      int margin = 2 * method.margin(stage);
      return new FeatureMap(size.height() + margin, size.width() + margin, channels, maps[stage])
          .part(top, left, height, width)
          .values();
    };
  }
}
