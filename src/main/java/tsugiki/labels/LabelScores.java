package tsugiki.labels;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tsugiki.data.Batches;
import tsugiki.data.ImageSet;
import tsugiki.features.Features;
import tsugiki.gan.GanInput;
import tsugiki.gan.TrainingLabels;
import tsugiki.model.FrozenNetwork;
import tsugiki.runtime.Sessions;
import tsugiki.score.ClassDiversity;
import tsugiki.score.GeneratorScores;
import tsugiki.score.GeneratorScores.Judges;

/** Scores of a study's generators by every judge, and of the real images by the same protocol. */
final class LabelScores implements AutoCloseable {
  private final LabelJudges judges;
  private final ImageSet images;
  private final Map<String, GeneratorScores> byWord = new LinkedHashMap<>();

  /**
   * Makes it, and computes the features of the real images.
   *
   * @param images the real images; with more than {@code count} of them some are drawn
   * @param count images on either side
   * @throws tsugiki.base.BadInputException if the networks' weights are missing
   */
  LabelScores(LabelJudges judges, ImageSet images, int count, Sessions.Settings settings) {
    this.judges = judges;
    this.images = images;
    try {
      judges
          .byWord()
          .forEach(
              (word, one) -> byWord.put(word, new GeneratorScores(one, images, count, settings)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Scores a generator.
   *
   * @param model its SavedModel
   * @param input its training images and their labels
   * @return the scores by {@link LabelJudges#scores}, and the diversity within its classes by
   *     {@link ClassFigures#DIVERSITY}
   */
  Map<String, Double> of(Path model, GanInput input) {
    GeneratorScores first = first();
    long[] labels = input.labels().fakes().spread(first.count());
    byte[] drawn = first.drawn(model, labels);
    Map<String, Double> found = new LinkedHashMap<>();
    byWord.forEach(
        (word, scores) -> {
          Map<FrozenNetwork, Features> features = scores.features(drawn);
          put(found, word, scores.of(features));
          if (scores == first) {
            found.putAll(withinClasses(features, labels, input));
          }
        });
    return found;
  }

  private Map<String, Double> withinClasses(
      Map<FrozenNetwork, Features> generated, long[] labels, GanInput input) {
    FrozenNetwork last = judges.byWord().values().iterator().next().last();
    return ClassFigures.DIVERSITY.of(
        ClassDiversity.of(
            first().real().get(last),
            classes(input),
            generated.get(last),
            labels,
            input.labels().classNames()));
  }

  /**
   * The classes of the real images that are scored, as the generator knows classes: where they are
   * the folders, the true ones; else those of the training, and none for an image without a label.
   */
  private int[] classes(GanInput input) {
    TrainingLabels labels = input.labels();
    IntStream chosen = IntStream.of(first().chosen());
    if (labels.classNames().equals(images.classNames())) {
      return chosen.map(images::label).toArray();
    }
    Map<String, Integer> trained = new HashMap<>();
    for (int i = 0; i < labels.count(); i++) {
      trained.put(input.images().names().get(i), labels.label(i, 0));
    }
    return chosen
        .map(i -> trained.getOrDefault(images.names().get(i), TrainingLabels.UNKNOWN))
        .toArray();
  }

  /** How many images each half has when real images are scored against real ones. */
  int half() {
    return Math.min(first().count(), images.count() / 2);
  }

  /**
   * Scores real images against others: what a generator that draws perfectly would reach.
   *
   * @param seed draws the two halves, which share no image
   * @return the scores by {@link LabelJudges#scores}
   */
  Map<String, Double> ofHalves(long seed) {
    int half = half();
    int[] drawn = new Batches(images, 2 * half, seed).indices(0);
    byte[] some = pixels(IntStream.range(0, half).map(i -> drawn[i]).toArray());
    byte[] others = pixels(IntStream.range(half, 2 * half).map(i -> drawn[i]).toArray());
    Map<String, Double> found = new LinkedHashMap<>();
    byWord.forEach(
        (word, scores) ->
            put(found, word, scores.between(scores.features(some), scores.features(others))));
    return found;
  }

  private byte[] pixels(int[] chosen) {
    return images.select(chosen).pixels();
  }

  /** The real images' own scores: those that compare with no other images. */
  Map<String, Double> ofReal() {
    Map<String, Double> found = new LinkedHashMap<>();
    byWord.forEach((word, scores) -> put(found, word, scores.ofReal()));
    return found;
  }

  private static void put(Map<String, Double> found, String word, Map<String, Double> scores) {
    scores.forEach((name, value) -> found.put(LabelJudges.column(word, name), value));
  }

  private GeneratorScores first() {
    return byWord.values().iterator().next();
  }

  /** The protocol of the scores, in words. */
  String protocol() {
    List<String> parts = new ArrayList<>();
    byWord.forEach(
        (word, scores) -> {
          String own = scores.protocol();
          parts.add(word.isEmpty() ? own : "Columns with %s: %s".formatted(word, own));
          Judges one = judges.byWord().get(word);
          one.last()
              .labelsSeen()
              .ifPresent(
                  labels ->
                      parts.add(
                          "This network was trained with the labels of %s, whose classes these images may be of."
                              .formatted(labels)));
          if (one.classes().isEmpty()) {
            parts.add("This network tells no classes apart, so that it gives no class score.");
          }
        });
    parts.add(
        "class_diversity: the mean distance of two samples of a class over that of two real images of it, by the last features of the first judge, over the classes with two images or more on each side; the mean over them, and the least. %s: %d real images against as many others, drawn by every seed%s."
            .formatted(
                LabelTrials.HALVES,
                half(),
                half() < first().count() ? "; fewer images make a larger fid" : ""));
    return String.join(" ", parts);
  }

  @Override
  public void close() {
    byWord.values().forEach(GeneratorScores::close);
  }
}
