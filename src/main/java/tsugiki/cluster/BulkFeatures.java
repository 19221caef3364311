package tsugiki.cluster;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;
import tsugiki.base.NetworkName;
import tsugiki.data.Crop;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.features.ElsewherePass;
import tsugiki.features.FeaturePipeline;
import tsugiki.features.Features;
import tsugiki.features.OrderedRows;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/**
 * Computes features in the processes of an engine. Parts are cut by the images' places, and what
 * the caller sums, it sums in the images' order: the number of processes changes nothing, not a
 * bit.
 */
public final class BulkFeatures implements ElsewherePass {
  private static final String ARGUMENT = "⟨network⟩";
  private static final String CLASSES = "probabilities";

  private final BulkEngine engine;
  private final Judge judge;
  private final Map<ImageSupply, Drawing> drawn = new IdentityHashMap<>();

  private record Drawing(DrawnImages images, long firstSeed) {}

  /**
   * The network and how it runs.
   *
   * @param name as the command line has it
   * @param tap the layer whose features are compared; empty for its usual one
   * @param batch images per run
   * @param partImages images of a part; rounded up to whole batches
   * @param session of every process
   */
  public record Judge(String name, String tap, int batch, int partImages, BulkSession session) {
    private int size() {
      return (partImages + batch - 1) / batch * batch;
    }
  }

  /** Makes it; the caller closes the engine. */
  public BulkFeatures(BulkEngine engine, Judge judge) {
    this.engine = engine;
    this.judge = judge;
  }

  /**
   * Describes images that a generator draws in this process, so that others can draw them.
   *
   * @param images as they will come to {@link #compute}
   * @param how the generator draws them
   * @param firstSeed of the first image; the next ones have the next seeds
   */
  public void describe(ImageSupply images, DrawnImages how, long firstSeed) {
    drawn.put(images, new Drawing(how, firstSeed));
  }

  @Override
  public void compute(
      ImageSupply images, Map<FrozenNetwork, Consumer<Features>> consumers, IntConsumer progress) {
    Map<String, FrozenNetwork> wanted = byTap(consumers);
    FeatureWork work =
        new FeatureWork(
            new FeatureWork.Network(
                NetworkName.absolute(judge.name()),
                List.copyOf(wanted.keySet()),
                wanted.values().iterator().next().weightsDigest().orElse(null),
                judge.batch(),
                judge.session()));
    List<OrderedRows> rows = new ArrayList<>();
    int[] next = new int[1];
    engine.run(
        parts(images),
        work,
        part -> {
          List<Integer> places = IntStream.range(next[0], next[0] + part.images()).boxed().toList();
          int at = 0;
          for (FrozenNetwork network : wanted.values()) {
            float[] values = part.values().get(at);
            if (rows.size() == at) {
              rows.add(
                  new OrderedRows(
                      images,
                      values.length / part.images(),
                      FeaturePipeline.CHUNK,
                      consumers.get(network)));
            }
            rows.get(at++).put(places, values);
          }
          next[0] += part.images();
          progress.accept(part.images());
        });
    rows.forEach(OrderedRows::end);
  }

  /** The wanted networks by the words of their layers, the one with the compared features first. */
  private Map<String, FrozenNetwork> byTap(Map<FrozenNetwork, Consumer<Features>> consumers) {
    Map<String, FrozenNetwork> wanted = new LinkedHashMap<>();
    for (String tap : List.of(judge.tap(), CLASSES)) {
      for (FrozenNetwork network : consumers.keySet()) {
        if (!wanted.containsValue(network) && network.protocol().equals(protocol(tap))) {
          wanted.put(tap, network);
        }
      }
    }
    if (wanted.size() != consumers.size()) {
      throw new IllegalStateException("other networks than " + judge.name() + " are wanted");
    }
    return wanted;
  }

  private String protocol(String tap) {
    try {
      return FrozenNetworks.open(ARGUMENT, judge.name(), tap).protocol();
    } catch (BadInputException e) {
      // It has no classes, and then nobody wants them.
      return "";
    }
  }

  private List<ImagesPart> parts(ImageSupply images) {
    int size = judge.size();
    return new AbstractList<>() {
      @Override
      public ImagesPart get(int index) {
        int first = index * size;
        return part(images, first, Math.min(size, images.count() - first));
      }

      @Override
      public int size() {
        return (images.count() + size - 1) / size;
      }
    };
  }

  private ImagesPart part(ImageSupply images, int first, int count) {
    if (images instanceof ImageSource files) {
      return new ImagesPart.InFiles(
          files.path().toAbsolutePath().normalize().toString(),
          files.whole() ? Crop.NONE : Crop.SQUARE,
          new ArrayList<>(files.names().subList(first, first + count)));
    }
    Drawing drawing = drawn.get(images);
    if (drawing == null) {
      throw new IllegalArgumentException(images + " cannot be made by another process");
    }
    return new ImagesPart.Drawn(
        drawing.images(), images.toString(), drawing.firstSeed() + first, count);
  }
}
