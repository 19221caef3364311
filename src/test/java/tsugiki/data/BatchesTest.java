package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static ImageSet set(int count) {
    return ImageSet.of(
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  byte[] rgb = new byte[2 * 2 * 3];
                  for (int k = 0; k < rgb.length; k++) {
                    rgb[k] = (byte) (20 * i + k);
                  }
                  return new RgbImage("image" + i, 2, 2, rgb);
                })
            .toList(),
        "all");
  }

  @Test
  void every_image_comes_once_an_epoch_over_the_boundaries_of_batches() {
    Batches batches = new Batches(set(10), 4, 1);
    List<Integer> stream = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      Arrays.stream(batches.indices(step)).forEach(stream::add);
    }

    assertThat(stream.subList(0, 10)).doesNotHaveDuplicates();
    assertThat(stream.subList(10, 20)).doesNotHaveDuplicates();
    assertThat(stream.subList(0, 10)).isNotEqualTo(stream.subList(10, 20));
  }

  @Test
  void a_step_does_not_depend_on_the_steps_before_it() {
    Batches stepped = new Batches(set(10), 4, 7);
    for (int step = 0; step < 1000; step++) {
      stepped.indices(step);
      stepped.flips(step);
    }
    Batches resumed = new Batches(set(10), 4, 7);

    assertThat(resumed.indices(1000)).isEqualTo(stepped.indices(1000));
    assertThat(resumed.flips(1000)).isEqualTo(stepped.flips(1000));
    assertThat(resumed.indices(3)).isEqualTo(stepped.indices(3));
  }

  @Test
  void another_seed_is_another_order() {
    assertThat(new Batches(set(50), 50, 1).indices(0))
        .isNotEqualTo(new Batches(set(50), 50, 2).indices(0));
  }

  @Test
  void all_orders_of_three_images_come_about_equally_often() {
    Batches batches = new Batches(set(3), 3, 5);
    int[] counts = new int[27];
    for (int epoch = 0; epoch < 6000; epoch++) {
      int[] order = batches.indices(epoch);
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }

    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(6);
    // Five standard deviations of a binomial with 6,000 draws and p = 1/6.
    assertThat(Arrays.stream(seen).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(856, 1144));
  }

  @Test
  void a_batch_may_be_larger_than_the_set() {
    int[] indices = new Batches(set(3), 8, 1).indices(2);

    Set<Integer> distinct = new HashSet<>(Arrays.stream(indices).boxed().toList());
    assertThat(distinct).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void about_half_of_the_images_are_mirrored() {
    Batches batches = new Batches(set(3), 100, 1);
    int mirrored = 0;
    for (int step = 0; step < 100; step++) {
      for (boolean flip : batches.flips(step)) {
        mirrored += flip ? 1 : 0;
      }
    }

    assertThat(mirrored).isBetween(4750, 5250);
    assertThat(batches.flips(0)).isNotEqualTo(batches.flips(1));
  }

  @Test
  void a_mirrored_image_has_its_columns_swapped_and_its_channels_not() {
    Batches batches = new Batches(set(3), 2, 1);
    byte[] target = new byte[24];
    batches.fill(new int[] {2, 0}, new boolean[] {false, true}, target);

    byte[] plain = {40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51};
    byte[] mirrored = {3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8};
    assertThat(Arrays.copyOf(target, 12)).isEqualTo(plain);
    assertThat(Arrays.copyOfRange(target, 12, 24)).isEqualTo(mirrored);
  }

  @Test
  void a_target_of_the_wrong_length_is_refused() {
    Batches batches = new Batches(set(3), 2, 1);

    assertThatThrownBy(() -> batches.fill(new int[2], new boolean[2], new byte[25]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batches.indices(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
