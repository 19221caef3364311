package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as a reader sees them: {@link Counted} and {@link FigureWords}. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "1, image, 1 image",
    "2, image, 2 images",
    "0, class, 0 classes",
    "1, copy, 1 copy",
    "3, copy, 3 copies"
  })
  void aNounIsInThePluralBesideAllNumbersButOne(long number, String noun, String words) {
    assertThat(Counted.of(number, noun)).isEqualTo(words);
  }

  @Test
  void figuresHaveFourDigits() {
    assertThat(FigureWords.of(new TreeMap<>(Map.of("kid", 0.012345678901234, "fid", 56.789012))))
        .isEqualTo("fid 56.79, kid 0.01235");
  }
}
