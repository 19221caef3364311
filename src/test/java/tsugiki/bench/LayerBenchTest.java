package tsugiki.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tsugiki.runtime.Sessions;

class LayerBenchTest {
  @Test
  void triesTheTilesThatFit() {
    assertThat(LayerBench.tiles(192, 1)).containsExactly(1L);
    assertThat(LayerBench.tiles(192, 8)).containsExactly(8L, 32L, 64L, 96L, 192L);
    assertThat(LayerBench.tiles(256, 2)).containsExactly(2L, 32L, 64L, 128L, 256L);
    assertThat(LayerBench.tiles(96, 96)).containsExactly(96L);
  }

  @Test
  void measuresEveryGroupSizeAndTile() {
    List<LayerBench.Row> seen = new ArrayList<>();
    LayerBench.Result result =
        LayerBench.run(
            List.of(new LayerBench.MapShape(2, 32)), 2, 2, Sessions.Settings.cpu(), seen::add);
    assertThat(result.rows()).isEqualTo(seen);
    assertThat(seen)
        .extracting(row -> row.groupSize() + "/" + row.tile())
        .containsExactly("1/1", "2/2", "2/32", "4/4", "4/32", "8/8", "8/32", "32/32");
    assertThat(seen).allMatch(row -> row.msMin() > 0 && row.msMin() <= row.msMedian());
  }

  @Test
  void readsThePeakOfMemory() {
    assertThat(Memory.parse(List.of("VmPeak:\t 9 kB", "VmHWM:\t  2048 kB"))).isEqualTo(2);
    assertThat(Memory.parse(List.of())).isNaN();
  }
}
