package tsugiki.gan;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.train.OptionsJson;

/** The kinds of GANs by name, as {@code options.json} has it. A new kind is one line here. */
public final class GanRecipes {
  /** BigGAN (Brock et al. 2019), the default. */
  public static final String BIGGAN = "biggan";

  /** DCGAN (Radford et al. 2016), of half the channels that its authors' code has for faces. */
  public static final String DCGAN = "dcgan";

  /** DCGAN as a textbook has it (Langr and Bok 2019). */
  public static final String DCGAN_BOOK = "dcgan-book";

  /** The name of {@link #DCGAN_BOOK} for MNIST. */
  private static final String DCGAN_MNIST = "dcgan-mnist";

  /** The name of {@link #DCGAN_BOOK} for the automobiles of CIFAR-10. */
  private static final String DCGAN_AUTOMOBILES = "dcgan-automobiles";

  /** The steps of 181 epochs of 5,000 images in batches of 32. */
  private static final long EPOCHS_181 = 181 * 5_000 / 32;

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
   * The names of all recipes: of the kinds, and of those for one data set, whose options are a
   * kind's and are saved as such.
   */
  public static List<String> all() {
    return Stream.concat(names().stream(), Stream.of(DCGAN_MNIST, DCGAN_AUTOMOBILES)).toList();
  }

  /**
   * The networks of a recipe for one data set: the sizes of its images.
   *
   * @return empty for the name of a kind
   */
  public static Optional<GanNetworkOptions> ofData(String name) {
    return switch (name) {
      case DCGAN_MNIST -> Optional.of(DcganBookOptions.defaults().withGrey(true));
      case DCGAN_AUTOMOBILES -> Optional.of(DcganBookOptions.defaults().withSize(32));
      default -> Optional.empty();
    };
  }

  /**
   * How a recipe is trained where nothing else is said. The two for one data set have the lengths
   * of the source of the parametric softsign: 20,000 steps on digits, whose batch it does not give,
   * so that the textbook's stands; 181 epochs of batch 32 on automobiles.
   *
   * @param name one of {@link #all}
   * @param networks of that recipe
   * @param discriminator that they are trained with
   */
  public static GanOptions training(
      String name, GanNetworkOptions networks, DiscriminatorOptions discriminator) {
    GanOptions training = networks.training(discriminator);
    return switch (name) {
      case DCGAN_MNIST -> training.withSteps(20_000);
      case DCGAN_AUTOMOBILES -> training.withSteps(EPOCHS_181).withBatch(32);
      default -> training;
    };
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
