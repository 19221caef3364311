package tsugiki.labels;

import java.util.Map;
import tsugiki.base.Counted;
import tsugiki.base.StatelessRandom;
import tsugiki.data.ImageSet;
import tsugiki.gan.TrainingLabels;
import tsugiki.score.Agreement;

/**
 * Labels drawn at random, each class as likely.
 *
 * @param count the number of classes; 0 for the number of folders
 * @param eachEpoch whether every epoch draws anew
 */
record DrawnLabels(int count, boolean eachEpoch) implements LabelSource {
  @Override
  public String check(ImageSet images, boolean kept) {
    classes(images);
    return "%s, labels: %s".formatted(Counted.of(images.count(), "image"), name());
  }

  @Override
  public SourcedLabels of(ImageSet images, Context context) {
    NumberedClasses classes = classes(images);
    if (eachEpoch) {
      return new SourcedLabels(
          TrainingLabels.changing(
              images.count(), classes.names(), perEpoch(context.seed(), classes.count())),
          Map.of());
    }
    int[] drawn =
        StatelessRandom.of(context.seed(), 0, "random labels")
            .ints(images.count(), 0, classes.count())
            .toArray();
    return new SourcedLabels(
        TrainingLabels.hard(drawn, classes.names()),
        Agreement.withFolders(drawn, classes.count(), images));
  }

  private static TrainingLabels.EpochLabels perEpoch(long seed, int count) {
    return (image, epoch) ->
        StatelessRandom.of(seed, epoch, "label of image " + image).nextInt(count);
  }

  private NumberedClasses classes(ImageSet images) {
    return NumberedClasses.of(name(), "label", count, images);
  }

  private String name() {
    return eachEpoch ? "random-each-epoch" : "random";
  }
}
