package tsugiki.augmentation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tsugiki.augment.Augmentation;
import tsugiki.augment.StaticPolicy;
import tsugiki.base.BadInputException;
import tsugiki.gan.GanOptions;
import tsugiki.gan.GanRunOptions;

/**
 * A variant of the study: how the dataset is enlarged, and what is done inside the training. Its
 * name has the parts with {@code +} between them, such as {@code contrast+hflip} or {@code none}.
 *
 * @param policies that enlarge the dataset, one to one; none leaves it as it is
 * @param augment what is done inside the training
 * @param others what is not an augmentation
 */
record StudyVariant(List<StaticPolicy> policies, Set<Augmentation> augment, Set<Part> others) {
  /** The parts that are no augmentations. */
  enum Part {
    /** LeCam regularisation. */
    LECAM,
    /** Begun with the weights of another training, at a quarter of the learning rates. */
    TRANSFER,
    /** The same with the first layers of the discriminator frozen. */
    FREEZED;

    /** The name as it is written on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String NONE = "none";
  private static final String DIFF_AUGMENT = "diffaugment";

  /**
   * The weight of LeCam where the training's options have none: that of the authors' BigGAN
   * scripts, whatever the recipe.
   */
  private static final float LECAM_WEIGHT = 0.3f;

  /**
   * How many layers are frozen where the training's options have none. The authors' README of
   * FreezeD freezes 3 blocks of an SNGAN at 128 pixels.
   */
  private static final int FROZEN = 2;

  /** What the static policies do inside a training is done to the dataset here. */
  private static final Set<Augmentation> IN_TRAINING =
      EnumSet.range(Augmentation.ADA, Augmentation.ZCR);

  private static final Set<Augmentation> DIFF_AUGMENT_PARTS =
      EnumSet.range(Augmentation.COLOR, Augmentation.CUTOUT);

  /**
   * Reads a name.
   *
   * @throws BadInputException if it has an unknown part
   */
  static StudyVariant of(String name) {
    List<StaticPolicy> policies = new ArrayList<>();
    Set<Augmentation> augment = EnumSet.noneOf(Augmentation.class);
    Set<Part> others = EnumSet.noneOf(Part.class);
    if (!name.equals(NONE)) {
      for (String part : name.toLowerCase(Locale.ROOT).split("\\+", -1)) {
        if (part.equals(DIFF_AUGMENT)) {
          augment.addAll(DIFF_AUGMENT_PARTS);
        } else if (!add(part, Part.values(), others) && !add(part, policies, augment)) {
          throw new BadInputException(
              "⟨variants⟩ has '%s'; give none, or of %s, %s, %s and %s, with + between them"
                  .formatted(
                      name,
                      words(StaticPolicy.values()),
                      DIFF_AUGMENT,
                      words(IN_TRAINING),
                      words(Part.values())));
        }
      }
    }
    return new StudyVariant(List.copyOf(policies), augment, others);
  }

  private static boolean add(String part, List<StaticPolicy> policies, Set<Augmentation> augment) {
    for (StaticPolicy policy : StaticPolicy.values()) {
      if (policy.toString().equals(part) && !policies.contains(policy)) {
        return policies.add(policy);
      }
    }
    return add(part, IN_TRAINING.toArray(Augmentation[]::new), augment);
  }

  private static <T> boolean add(String part, T[] all, Set<T> found) {
    return Arrays.stream(all)
        .filter(one -> one.toString().equals(part))
        .findFirst()
        .map(found::add)
        .orElse(false);
  }

  private static String words(Object[] values) {
    return words(Arrays.asList(values));
  }

  private static String words(Iterable<?> values) {
    List<String> words = new ArrayList<>();
    values.forEach(value -> words.add(value.toString()));
    return String.join(", ", words);
  }

  /** Whether it needs a generator that was trained on the images alone. */
  boolean drawn() {
    return policies.contains(StaticPolicy.GENERATED);
  }

  /** Whether it begins with the weights of another training. */
  boolean transfers() {
    return others.contains(Part.TRANSFER) || freezes();
  }

  /** Whether it has LeCam regularisation. */
  boolean regularises() {
    return others.contains(Part.LECAM);
  }

  /** Whether it keeps layers of the discriminator that it begins with. */
  boolean freezes() {
    return others.contains(Part.FREEZED);
  }

  /**
   * One training with this variant's augmentation, which has no other.
   *
   * @param gan the budget; {@link GanRunOptions#from} is what transfers begin with
   */
  GanRunOptions of(GanRunOptions gan, long seed) {
    GanRunOptions own = gan.withTraining(training(gan.training(), seed));
    return transfers() ? own : own.withFrom("");
  }

  private GanOptions training(GanOptions all, long seed) {
    GanOptions training = transfers() ? all.ofTransfer() : all;
    float weight = training.augmentation().lecam();
    float ofVariant = regularises() ? (weight > 0 ? weight : LECAM_WEIGHT) : 0;
    int layers = training.discriminator().freezeD();
    int frozen = freezes() ? (layers > 0 ? layers : FROZEN) : 0;
    return training
        .withAugment(augment)
        .withAugmentation(training.augmentation().withLecam(ofVariant))
        .withDiscriminator(training.discriminator().withFreezeD(frozen))
        .withMirror(false)
        .withSeed(seed);
  }
}
