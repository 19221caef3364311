package tsugiki.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.base.BadInputException;
import tsugiki.gan.BigGanOptions;
import tsugiki.gan.GanRunOptions;
import tsugiki.gan.GanWatchOptions;
import tsugiki.painting.PaintedShapes;
import tsugiki.runtime.Device;
import tsugiki.train.Execution;

class StudyImagesTest {
  @TempDir private Path folder;
  private AugmentationStudyOptions options;
  private int all;

  @BeforeEach
  void write() {
    Path data = PaintedShapes.in(folder.resolve("data"), 4, 32);
    all = PaintedShapes.images(4, 32).count();
    options =
        AugmentationStudyOptions.defaults(
            GanRunOptions.defaults(data, Execution.here(Device.CPU))
                .withNetwork(BigGanOptions.defaults(32))
                .withWatch(GanWatchOptions.defaults().withScoreNetwork("starter")));
  }

  /** The source's thousand of a thousand. */
  @Test
  void whereAllAreTrainedOnScoresCompareWithThose() {
    StudyImages images = StudyImages.of(options);
    assertThat(images.heldOut()).isFalse();
    assertThat(images.training().count()).isEqualTo(all);
    assertThat(images.scoring()).isSameAs(images.training());
    assertThat(images.against())
        .isEqualTo("the %d training images themselves, since none are held out".formatted(all));
  }

  @Test
  void theRestIsHeldOut() {
    StudyImages images = StudyImages.of(options.withImages(7));
    assertThat(images.judging()).isSameAs(images.scoring());
    assertParts(List.of(images.training().names(), images.scoring().names()));
    assertThat(images.stopping().stopAfter()).isZero();
  }

  /** A generator is not scored by the images that have chosen it. */
  @Test
  void thoseThatChooseAreNotThoseThatScore() {
    StudyImages images = StudyImages.of(options.withImages(6).withStopAfter(3));
    assertParts(
        List.of(images.training().names(), images.judging().names(), images.scoring().names()));
    assertThat(images.scoring().count()).isEqualTo((all - 6) - (all - 6) / 2);
    assertThat(images.stopping().stopAfter()).isEqualTo(3);
  }

  /** A score takes no more images than it is told to; the texts say how many of how many. */
  @Test
  void textsNameTheImagesThatAreReallyComparedWith() {
    AugmentationStudyOptions few =
        options.withGan(options.gan().withWatch(options.gan().watch().withScoreImages(4)));
    String bySeed =
        ", which each training draws by its seed, so that trainings of different seeds compare with different images";

    StudyImages images = StudyImages.of(few);
    assertThat(images.compared().count()).isEqualTo(4);
    assertThat(images.against())
        .isEqualTo(
            "4 of the %d training images themselves, since none are held out".formatted(all));
    assertThat(images.againstOverTime())
        .isEqualTo(
            "4 of the %d training images, which every training sees".formatted(all) + bySeed);

    images = StudyImages.of(few.withImages(7));
    String some = "4 of %d images that no training has seen".formatted(all - 7);
    assertThat(images.scoring().names()).containsAll(images.compared().names());
    assertThat(images.compared().names()).hasSize(4).doesNotHaveDuplicates();
    assertThat(images.against()).isEqualTo(some);
    assertThat(images.againstOverTime()).isEqualTo(some + bySeed);

    images = StudyImages.of(few.withImages(6).withStopAfter(3));
    int half = (all - 6) / 2;
    assertThat(images.against())
        .isEqualTo(
            "4 of %d images that no training has seen and that have not chosen the moment that is kept"
                .formatted(all - 6 - half));
    assertThat(images.againstOverTime())
        .isEqualTo(
            "4 of %d other images that no training has seen".formatted(half)
                + bySeed
                + "; they choose the moment that is kept");
  }

  @Test
  void textsNameAllImagesWhereAllAreComparedWith() {
    StudyImages images = StudyImages.of(options.withImages(7));
    String held = "%d images that no training has seen".formatted(all - 7);
    assertThat(images.compared()).isSameAs(images.scoring());
    assertThat(images.against()).isEqualTo(held);
    assertThat(images.againstOverTime()).isEqualTo(held);
    assertThat(StudyImages.of(options.withImages(6).withStopAfter(3)).againstOverTime())
        .isEqualTo(
            "%d other images that no training has seen; they choose the moment that is kept"
                .formatted((all - 6) / 2));
  }

  @Test
  void otherImagesCanBeHeldOutWhereAllAreTrainedOn() {
    Path others = PaintedShapes.in(folder.resolve("others"), 2, 32);
    StudyImages images = StudyImages.of(options.withHoldOut(others.toString()));
    assertThat(images.heldOut()).isTrue();
    assertThat(images.training().count()).isEqualTo(all);
    assertThat(images.scoring().count()).isEqualTo(all / 2);
  }

  @Test
  void nothingIsLeftToChooseBy() {
    assertThatThrownBy(() -> StudyImages.of(options.withStopAfter(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("all %d are trained on".formatted(all));
    assertThatThrownBy(() -> StudyImages.of(options.withStopAfter(1).withImages(all - 2)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the number of held-out images is 2; stopAfter needs 7 at least");
  }

  /** Precision and recall need four images; a training would end before anyone said so. */
  @Test
  void fewerThanScoresNeedAreNotHeldOutAndNotScoredBy() {
    assertThat(StudyImages.of(options.withImages(all - 4)).heldOut()).isTrue();
    assertThat(StudyImages.of(options.withImages(all - 3)).heldOut()).isFalse();
    assertThatThrownBy(() -> StudyImages.of(options.withImages(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the number of training images is 1; a score needs 2 at least");
  }

  /** Every image of the data is in one of them. */
  private void assertParts(List<List<String>> parts) {
    List<String> together = new ArrayList<>();
    parts.forEach(together::addAll);
    assertThat(together).doesNotHaveDuplicates().hasSize(all);
  }
}
