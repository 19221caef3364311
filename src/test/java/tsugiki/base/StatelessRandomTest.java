package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatelessRandomTest {
  @Test
  void the_same_key_gives_the_same_numbers_on_every_machine() {
    // Computed in Python with 64-bit arithmetic: runs of an earlier version must resume with the
    // same batches.
    assertThat(StatelessRandom.of(1, 2, "flip").nextLong()).isEqualTo(-8749139111704311168L);
  }

  @Test
  void near_keys_give_different_numbers() {
    Set<Long> numbers = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      for (long counter = 0; counter < 30; counter++) {
        numbers.add(StatelessRandom.of(seed, counter, "flip").nextLong());
        numbers.add(StatelessRandom.of(seed, counter, "order").nextLong());
      }
    }

    assertThat(numbers).hasSize(1800);
  }
}
