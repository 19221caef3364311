package tsugiki.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.StatelessRandom;

/**
 * Labels by folder, for the same share of every folder's images. A larger share contains every
 * smaller one of the same seed, so that runs with different shares can be compared.
 *
 * @param percent the share, such as {@code 10%}, above 0 and at most 100
 * @param seed of the choice of images
 */
public record ShareLabels(String percent, long seed) implements GivenSource {
  private static final Pattern PERCENT = Pattern.compile("\\d+(\\.\\d+)?%");

  /** Checks the share. */
  public ShareLabels {
    if (!(share(percent) > 0 && share(percent) <= 1)) {
      throw new BadInputException("⟨labels⟩ is " + percent + "; give above 0% and at most 100%");
    }
  }

  /** Whether an argument is a share. */
  static boolean isShare(String labels) {
    return PERCENT.matcher(labels).matches();
  }

  private static double share(String percent) {
    return Double.parseDouble(percent.substring(0, percent.length() - 1)) / 100;
  }

  @Override
  public GivenLabels given(ImageSet images) {
    ClassFolders.refuseParts(images);
    int[] truth = images.labels();
    int[] labels = new int[truth.length];
    Arrays.fill(labels, GivenLabels.NONE);
    for (int c = 0; c < images.classNames().size(); c++) {
      int label = c;
      int[] members = IntStream.range(0, truth.length).filter(i -> truth[i] == label).toArray();
      int kept = (int) Math.round(share(percent) * members.length);
      if (kept == 0) {
        throw new BadInputException(
            "⟨labels⟩ %s of %d images leaves the class %s, which has %d, without a labelled image; give a larger share"
                .formatted(percent, images.count(), images.classNames().get(c), members.length));
      }
      // By the class's name: the same images however many classes there are and in whatever order.
      String draw = "labelled images of " + images.classNames().get(c);
      shuffle(members, StatelessRandom.of(seed, 0, draw));
      for (int i = 0; i < kept; i++) {
        labels[members[i]] = c;
      }
    }
    return new GivenLabels(images.classNames(), labels, truth);
  }

  @Override
  public boolean partial() {
    return true;
  }

  private static void shuffle(int[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }
}
