package tsugiki.gan;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tsugiki.base.BadInputException;
import tsugiki.train.OptionsJson;

/** The kinds of GANs by name, as {@code options.json} has it. A new kind is one line here. */
public final class GanRecipes {
  /** BigGAN (Brock et al. 2019), the default. */
  public static final String BIGGAN = "biggan";

  /** DCGAN as its authors trained it (Radford et al. 2016). */
  public static final String DCGAN = "dcgan";

  /** DCGAN as a textbook has it (Langr and Bok 2019). */
  public static final String DCGAN_BOOK = "dcgan-book";

  private static final Map<String, Class<? extends GanNetworkOptions>> KINDS =
      Collections.synchronizedMap(new LinkedHashMap<>());

  static {
    register(BIGGAN, BigGanOptions.class);
    register(DCGAN, DcganOptions.class);
    register(DCGAN_BOOK, DcganBookOptions.class);
  }

  private GanRecipes() {}

  /**
   * Adds a kind.
   *
   * @param name lower case, unlike all others
   * @param options the record of its options
   * @throws IllegalArgumentException if another kind has the name
   */
  public static void register(String name, Class<? extends GanNetworkOptions> options) {
    Class<?> known = KINDS.putIfAbsent(name, options);
    if (known != null && known != options) {
      throw new IllegalArgumentException("the recipe " + name + " is " + known.getName());
    }
  }

  /** The names of all kinds, the default first. */
  public static List<String> names() {
    return List.copyOf(KINDS.keySet());
  }

  /**
   * The name of a kind.
   *
   * @throws IllegalArgumentException if it is not registered
   */
  public static String nameOf(GanNetworkOptions options) {
    synchronized (KINDS) {
      return KINDS.entrySet().stream()
          .filter(kind -> kind.getValue() == options.getClass())
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException(options.getClass() + " is no registered recipe"));
    }
  }

  /**
   * The options of a kind.
   *
   * @param name of the kind
   * @param values of some components, by their names in {@code options.json}; the others take their
   *     defaults
   * @throws BadInputException if there is no such kind, it has no such component, or it refuses a
   *     value
   */
  public static GanNetworkOptions options(String name, Map<String, ?> values) {
    try {
      return OptionsJson.converted(values, type(name));
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
        throw new BadInputException(
            "⟨recipe⟩ %s makes no use of ⟨%s⟩; leave it out"
                .formatted(name, unknown.getPropertyName()));
      }
      if (e.getCause() instanceof JsonMappingException made
          && made.getCause() instanceof BadInputException refused) {
        throw refused;
      }
      throw e;
    }
  }

  /**
   * The record of a kind's options, whose constructor puts the default in the place of a null.
   *
   * @throws BadInputException if there is no such kind
   */
  public static Class<? extends GanNetworkOptions> type(String name) {
    Class<? extends GanNetworkOptions> type = KINDS.get(name);
    if (type == null) {
      throw new BadInputException(
          "⟨recipe⟩ is '%s'; there are %s".formatted(name, String.join(", ", names())));
    }
    return type;
  }
}
