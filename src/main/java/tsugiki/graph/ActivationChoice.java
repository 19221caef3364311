package tsugiki.graph;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import tsugiki.base.BadInputException;

/**
 * An activation as options name it: {@code relu}, {@code lrelu:0.2}, {@code prelu}, {@code elu},
 * {@code selu}, {@code psf:0.5} or {@code psf-channel:0.5}. Reading one loads no TensorFlow; {@link
 * #activation} does.
 *
 * @param kind the function
 * @param number the slope of {@code lrelu} below 0, or the α that {@code psf} and {@code
 *     psf-channel} start with; 0 for the others
 */
public record ActivationChoice(Kind kind, float number) {
  private static final float SLOPE = 0.2f;

  /** The functions. */
  public enum Kind {
    /** {@link Activation#RELU}. */
    RELU(""),
    /** {@link Activation#leakyRelu}. */
    LRELU(":SLOPE"),
    /** {@link Activation#PRELU}. */
    PRELU(""),
    /** {@link Activation#ELU}. */
    ELU(""),
    /** {@link Activation#SELU}. */
    SELU(""),
    /** {@link Activation#parametricSoftsign}. */
    PSF(":ALPHA"),
    /** {@link Activation#parametricSoftsignByChannel}. */
    PSF_CHANNEL(":ALPHA");

    private final String form;

    Kind(String form) {
      this.form = form;
    }

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads an activation.
   *
   * @param argument the name of the option that it comes from, for messages
   * @param text a name, and for {@code lrelu}, {@code psf} and {@code psf-channel} maybe a colon
   *     and a number; without it {@code lrelu} has the slope 0.2, and α starts at 0
   * @throws BadInputException if there is no such activation, or the number is none, or out of its
   *     range
   */
  public static ActivationChoice parse(String argument, String text) {
    return parse(argument, text, SLOPE);
  }

  /**
   * The same where {@code lrelu} without a number has another slope.
   *
   * @param slope from 0 to 1
   */
  public static ActivationChoice parse(String argument, String text, float slope) {
    int colon = text.indexOf(':');
    String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
    Kind kind =
        Stream.of(Kind.values())
            .filter(one -> one.toString().equals(name))
            .findFirst()
            .orElseThrow(() -> unknown(argument, text, name));
    if (colon < 0) {
      return new ActivationChoice(kind, kind == Kind.LRELU ? slope : 0);
    }
    String found = "⟨%s⟩ is '%s', ".formatted(argument, text);
    if (kind.form.isEmpty()) {
      throw new BadInputException(found + "and %s takes no number; leave it out".formatted(kind));
    }
    return new ActivationChoice(kind, number(found, kind, text.substring(colon + 1)));
  }

  private static float number(String found, Kind kind, String text) {
    boolean slope = kind == Kind.LRELU;
    float least = slope ? 0 : -ParametricSoftsign.BOUND;
    float most = slope ? 1 : ParametricSoftsign.BOUND;
    float number;
    try {
      number = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new BadInputException(
          found
              + "where '%s' is no number; give %s as in %s:%s"
                  .formatted(text, slope ? "a slope" : "α", kind, slope ? "0.2" : "0.5"),
          e);
    }
    if (!(number >= least && number <= most)) {
      throw new BadInputException(
          found
              + "where %s is %s; give a number from %.0f to %.0f"
                  .formatted(slope ? "the slope" : "α", text, least, most));
    }
    return number;
  }

  private static BadInputException unknown(String argument, String text, String name) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    Kind nearest =
        Stream.of(Kind.values())
            .min(Comparator.comparing(kind -> distance.apply(name, kind.toString())))
            .orElseThrow();
    return new BadInputException(
        "⟨%s⟩ is '%s'; the nearest is %s, and there are %s"
            .formatted(
                argument,
                text,
                nearest,
                Stream.of(Kind.values())
                    .map(kind -> kind + kind.form)
                    .collect(Collectors.joining(", "))));
  }

  /** The function; each call is one of its own, and each use makes weights in its layer. */
  public Activation activation() {
    return switch (kind) {
      case RELU -> Activation.RELU;
      case LRELU -> Activation.leakyRelu(number);
      case PRELU -> Activation.PRELU;
      case ELU -> Activation.ELU;
      case SELU -> Activation.SELU;
      case PSF -> Activation.parametricSoftsign(number);
      case PSF_CHANNEL -> Activation.parametricSoftsignByChannel(number);
    };
  }

  /** As it is written on the command line, with the number where it is no default. */
  @Override
  public String toString() {
    return kind == Kind.LRELU || number != 0 ? kind + ":" + number : kind.toString();
  }
}
