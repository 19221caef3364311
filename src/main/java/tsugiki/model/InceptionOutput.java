package tsugiki.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tsugiki.base.BadInputException;
import tsugiki.model.InceptionV3.Tap;

/** The vectors of {@link InceptionV3} that scores are made of, by the names of their taps. */
public enum InceptionOutput {
  /** After the first maximum pool. */
  MEAN_64("64", Tap.POOL_64, "pool"),
  /** After the second maximum pool. */
  MEAN_192("192", Tap.POOL_192, "pool_1"),
  /** The last at 17×17. */
  MEAN_768("768", Tap.MIXED_768, "mixed_7"),
  /** The first at 8×8. */
  MEAN_1280("1280", Tap.MIXED_1280, "mixed_8"),
  /** The features of the Fréchet distance: {@code pool_3}. */
  MEAN_2048("2048", Tap.MIXED_2048, "mixed_10"),
  /** The classes' logits, {@link InceptionV3#logits}. */
  LOGITS("logits", Tap.MIXED_2048, "mixed_10"),
  /** Their softmax. */
  PROBABILITIES("probabilities", Tap.MIXED_2048, "mixed_10");

  private final String word;
  private final Tap tap;
  private final String place;

  InceptionOutput(String word, Tap tap, String place) {
    this.word = word;
    this.tap = tap;
    this.place = place;
  }

  /** What a user writes. */
  public String word() {
    return word;
  }

  /**
   * The output of that word.
   *
   * @throws BadInputException if there is none
   */
  public static InceptionOutput of(String word) {
    return Arrays.stream(values())
        .filter(output -> output.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "⟨tap⟩ is %s; Inception v3 has the taps %s".formatted(word, listed())));
  }

  private static String listed() {
    return Arrays.stream(values()).map(output -> output.word).collect(Collectors.joining(", "));
  }

  /**
   * The vectors. Nothing that they do not need is built.
   *
   * @param network where to
   * @param input [N, 299, 299, 3] as {@link InceptionVariant#resized} makes it
   * @return [N, D]
   */
  public Operand<TFloat32> of(Ops tf, InceptionV3 network, Operand<TFloat32> input) {
    return of(tf, network, input, List.of(this)).get(0);
  }

  /**
   * Several vectors by one pass; otherwise as {@link #of(Ops, InceptionV3, Operand)}.
   *
   * @param outputs which, at least one
   * @return [N, D] for each of them, in order
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, InceptionV3 network, Operand<TFloat32> input, List<InceptionOutput> outputs) {
    Tap last = outputs.stream().map(output -> output.tap).max(Comparator.naturalOrder()).get();
    Map<Tap, Operand<TFloat32>> maps = network.maps(tf, input, last);
    Map<Tap, Operand<TFloat32>> means = new EnumMap<>(Tap.class);
    return outputs.stream()
        .map(
            output -> {
              Operand<TFloat32> mean =
                  means.computeIfAbsent(output.tap, tap -> InceptionV3.pooled(tf, maps.get(tap)));
              return switch (output) {
                case LOGITS -> network.logits(tf, mean);
                case PROBABILITIES -> tf.nn.softmax(network.logits(tf, mean));
                default -> mean;
              };
            })
        .toList();
  }

  /** What they are, in a few words. */
  public String description(InceptionVariant variant) {
    String logits =
        "logits of %d classes %s bias"
            .formatted(variant.classes(), variant.biasedLogits() ? "with" : "without");
    return switch (this) {
      case LOGITS -> logits;
      case PROBABILITIES -> "softmax of the " + logits;
      default -> "mean over %s, %d channels".formatted(place, tap.channels());
    };
  }
}
