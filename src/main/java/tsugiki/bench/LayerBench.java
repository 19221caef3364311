package tsugiki.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import tsugiki.runtime.Sessions;

/**
 * The adaptive point-wise layer alone, forward and back: from its table {@code
 * tsugiki.graph.AdaptivePointwise} takes the width of its tiles.
 */
public final class LayerBench {
  /** A feature map of one site: its side in pixels and its channels. */
  public record MapShape(int side, int channels) {}

  /** The maps at the sites of BigGAN-128, ch 96, and the one of the layer's first measurements. */
  public static final List<MapShape> BIGGAN_128 =
      List.of(
          new MapShape(4, 1536),
          new MapShape(8, 1536),
          new MapShape(16, 768),
          new MapShape(32, 384),
          new MapShape(64, 192),
          new MapShape(128, 96),
          new MapShape(32, 256));

  private static final List<Long> TILES = List.of(32L, 64L, 96L, 128L, 192L);
  private static final int WARM_UP = 2;

  /**
   * One line of the table.
   *
   * @param side of the map in pixels
   * @param channels of the map
   * @param groupSize channels a group
   * @param tile channels a matrix product
   * @param msMin the fastest repeat
   * @param msMedian the median
   */
  public record Row(
      int side, int channels, long groupSize, long tile, double msMin, double msMedian) {
    @Override
    public String toString() {
      return "%3d px %4d channels  g %4d  tile %4d  %8.2f ms  (median %.2f)"
          .formatted(side, channels, groupSize, tile, msMin, msMedian);
    }
  }

  /**
   * The table.
   *
   * @param work {@code layer}
   * @param batch images
   * @param rows one for each map, group size and tile
   */
  public record Result(String work, int batch, List<Row> rows) {}

  private LayerBench() {}

  /**
   * Measures every map with every group size and tile that fit. The tiles of one map and group size
   * take turns, so that what else the machine does strikes all alike.
   *
   * @param maps the maps
   * @param repeats of each
   * @param session the device and the threads
   * @param progress gets every line when it is known
   */
  public static Result run(
      List<MapShape> maps,
      int batch,
      int repeats,
      Sessions.Settings session,
      Consumer<Row> progress) {
    List<Row> rows = new ArrayList<>();
    for (MapShape map : maps) {
      for (long group : distinct(1, 2, 4, 8, map.channels())) {
        List<Row> measured = measure(map, group, batch, repeats, session);
        measured.forEach(progress);
        rows.addAll(measured);
      }
    }
    return new Result("layer", batch, rows);
  }

  private static List<Row> measure(
      MapShape map, long group, int batch, int repeats, Sessions.Settings session) {
    List<Long> tiles = tiles(map.channels(), group);
    List<LayerStep> steps = new ArrayList<>();
    List<Timing> timings = new ArrayList<>();
    try {
      for (long tile : tiles) {
        LayerStep step = new LayerStep(batch, map.side(), map.channels(), group, tile, session);
        steps.add(step);
        timings.add(new Timing());
        Timing.warmUp(WARM_UP, step::run);
      }
      for (int repeat = 0; repeat < repeats; repeat++) {
        for (int i = 0; i < steps.size(); i++) {
          timings.get(i).measure(steps.get(i)::run);
        }
      }
    } finally {
      steps.forEach(LayerStep::close);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Timing timing = timings.get(i);
      rows.add(
          new Row(map.side(), map.channels(), group, tiles.get(i), timing.min(), timing.median()));
    }
    return rows;
  }

  /** The widths to try: whole groups that divide the channels; g = 1 needs no tile. */
  static List<Long> tiles(long channels, long group) {
    if (group == 1) {
      return List.of(1L);
    }
    SortedSet<Long> widths = new TreeSet<>(TILES);
    widths.add(group);
    widths.add(channels);
    return widths.stream()
        .filter(tile -> tile >= group && tile % group == 0 && channels % tile == 0)
        .toList();
  }

  private static List<Long> distinct(long... values) {
    return LongStream.of(values).distinct().boxed().toList();
  }
}
