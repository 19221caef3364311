package tsugiki.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which buffers wait for the next image. */
class PixelBuffersTest {
  private static final int HALF = (int) (PixelBuffers.MOST_BYTES / 2);

  @Test
  void aReturnedBufferServesAnImageOfItsSize() {
    PixelBuffers buffers = new PixelBuffers(2);
    byte[] small = buffers.apply(3);
    buffers.giveBack(small);
    assertThat(buffers.apply(4)).isNotSameAs(small).hasSize(4);
    assertThat(buffers.apply(3)).isSameAs(small);
    assertThat(buffers.live()).isEqualTo(2);
  }

  @Test
  void ofTooManyTheEldestIsDropped() {
    PixelBuffers buffers = new PixelBuffers(2);
    byte[] first = buffers.apply(3);
    byte[] second = buffers.apply(4);
    byte[] third = buffers.apply(5);
    buffers.giveBack(first);
    buffers.giveBack(second);
    buffers.giveBack(third);
    assertThat(buffers.apply(3)).isNotSameAs(first);
    assertThat(buffers.apply(4)).isSameAs(second);
    assertThat(buffers.apply(5)).isSameAs(third);
  }

  @Test
  void imagesOfManySizesDoNotFillTheMemory() {
    PixelBuffers buffers = new PixelBuffers(100);
    byte[] first = buffers.apply(HALF);
    byte[] second = buffers.apply(HALF - 1);
    byte[] third = buffers.apply(2);
    buffers.giveBack(first);
    buffers.giveBack(second);
    buffers.giveBack(third);
    assertThat(buffers.apply(HALF)).isNotSameAs(first);
    assertThat(buffers.apply(HALF - 1)).isSameAs(second);
    assertThat(buffers.apply(2)).isSameAs(third);
  }
}
