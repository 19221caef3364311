package tsugiki.augmentation;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tsugiki.augment.StaticPolicy;
import tsugiki.base.BadInputException;
import tsugiki.base.Checks;
import tsugiki.data.BadImagePolicy;

/**
 * Options of an {@link EnlargedDataset}, as {@code options.json} keeps them. {@link #defaults} has
 * the defaults.
 *
 * @param images a folder, a zip, or a folder in a zip; the first level of folders gives the classes
 * @param onBadImage what becomes of images that cannot be used
 * @param policy what is done to the copies; several take turns one to one
 * @param count copies to add; 0 adds as many as there are images
 * @param generator the folder of the model that draws the images of {@link StaticPolicy#GENERATED},
 *     empty without that policy
 * @param truncation limit of the entries of that model's latent vectors; 0 for none
 * @param seed of the order, of the contrast, and of the first generated image
 */
@RecordBuilder
public record AugmentOptions(
    Path images,
    BadImagePolicy onBadImage,
    List<StaticPolicy> policy,
    int count,
    String generator,
    double truncation,
    long seed)
    implements AugmentOptionsBuilder.With {

  /** Checks every value. */
  public AugmentOptions {
    Objects.requireNonNull(onBadImage, "onBadImage");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(generator, "generator");
    if (images == null) {
      throw new BadInputException("⟨images⟩ is missing; give a folder or zip of images");
    }
    images = images.toAbsolutePath().normalize();
    policy = List.copyOf(policy);
    if (policy.isEmpty() || Set.copyOf(policy).size() < policy.size()) {
      throw new BadInputException("⟨policy⟩ is " + policy + "; name one or more, each once");
    }
    Checks.size("count", count, 0);
    boolean draws = policy.contains(StaticPolicy.GENERATED);
    if (draws && generator.isEmpty()) {
      throw new BadInputException(
          "⟨policy⟩ generated needs the model that draws; name it with ⟨generator⟩");
    }
    if (!draws && !generator.isEmpty()) {
      throw new BadInputException(
          "⟨generator⟩ is for ⟨policy⟩ generated; add that or leave it out");
    }
    Checks.notNegative("truncation", truncation);
    if (generator.isEmpty() && truncation > 0) {
      throw new BadInputException("⟨truncation⟩ is for ⟨generator⟩; add that or leave it out");
    }
  }

  /** As many copies as images. */
  public static AugmentOptions defaults(Path images, List<StaticPolicy> policy) {
    return new AugmentOptions(images, BadImagePolicy.FAIL, policy, 0, "", 0, 0);
  }
}
