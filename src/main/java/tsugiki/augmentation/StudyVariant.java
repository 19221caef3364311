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

/**
 * A variant of the study: how the dataset is enlarged, and what is done inside the training. Its
 * name has the parts with {@code +} between them, such as {@code contrast+hflip} or {@code none}.
 *
 * @param policies that enlarge the dataset, one to one; none leaves it as it is
 * @param augment what is done inside the training
 * @param lecam whether LeCam regularisation is on
 */
record StudyVariant(List<StaticPolicy> policies, Set<Augmentation> augment, boolean lecam) {
  private static final String NONE = "none";
  private static final String DIFF_AUGMENT = "diffaugment";
  private static final String LECAM = "lecam";

  /** The weight of LeCam where the training's options have none. */
  private static final float LECAM_WEIGHT = 0.3f;

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
    boolean lecam = false;
    if (!name.equals(NONE)) {
      for (String part : name.toLowerCase(Locale.ROOT).split("\\+", -1)) {
        if (part.equals(LECAM)) {
          lecam = true;
        } else if (part.equals(DIFF_AUGMENT)) {
          augment.addAll(DIFF_AUGMENT_PARTS);
        } else if (!add(part, policies, augment)) {
          throw new BadInputException(
              "⟨variants⟩ has '%s'; give none, or of %s, %s, %s and %s, with + between them"
                  .formatted(
                      name, words(StaticPolicy.values()), DIFF_AUGMENT, words(IN_TRAINING), LECAM));
        }
      }
    }
    return new StudyVariant(List.copyOf(policies), augment, lecam);
  }

  private static boolean add(String part, List<StaticPolicy> policies, Set<Augmentation> augment) {
    for (StaticPolicy policy : StaticPolicy.values()) {
      if (policy.toString().equals(part) && !policies.contains(policy)) {
        return policies.add(policy);
      }
    }
    return IN_TRAINING.stream()
        .filter(one -> one.toString().equals(part))
        .findFirst()
        .map(augment::add)
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

  /** The training with this variant's augmentation, which has no other. */
  GanOptions training(GanOptions training, long seed) {
    float weight = training.augmentation().lecam();
    float ofVariant = lecam ? (weight > 0 ? weight : LECAM_WEIGHT) : 0;
    return training
        .withAugment(augment)
        .withAugmentation(training.augmentation().withLecam(ofVariant))
        .withMirror(false)
        .withSeed(seed);
  }
}
