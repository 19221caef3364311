package tsugiki.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The blocks of {@link InceptionV3}; each joins parallel branches on one map. */
final class InceptionBlocks {
  private InceptionBlocks() {}

  /** A block at 35×35: 1×1, 5×5, twice 3×3, and a mean before {@code pooled} channels. */
  static Operand<TFloat32> fine(InceptionLayers block, Operand<TFloat32> x, long pooled) {
    Operand<TFloat32> point = block.point("conv", x, 64);
    InceptionLayers five = block.in("tower");
    Operand<TFloat32> a = five.point("conv", x, 48);
    a = five.same("conv_1", a, 64, 5, 5);
    InceptionLayers three = block.in("tower_1");
    Operand<TFloat32> b = three.point("conv", x, 64);
    b = three.same("conv_1", b, 96, 3, 3);
    b = three.same("conv_2", b, 96, 3, 3);
    return block.join(List.of(point, a, b, averaged(block.in("tower_2"), x, pooled)));
  }

  /** From 35×35 to 17×17. */
  static Operand<TFloat32> firstHalving(InceptionLayers block, Operand<TFloat32> x) {
    Operand<TFloat32> direct = block.halvingConv("conv", x, 384);
    InceptionLayers tower = block.in("tower");
    Operand<TFloat32> a = tower.point("conv", x, 64);
    a = tower.same("conv_1", a, 96, 3, 3);
    a = tower.halvingConv("conv_2", a, 96);
    return block.join(List.of(direct, a, block.halvingPool("pool", x)));
  }

  /** A block at 17×17, whose 7×7 convolutions are factorised into 1×7 and 7×1. */
  static Operand<TFloat32> middle(InceptionLayers block, Operand<TFloat32> x, long width) {
    Operand<TFloat32> point = block.point("conv", x, 192);
    InceptionLayers once = block.in("tower");
    Operand<TFloat32> a = once.point("conv", x, width);
    a = once.same("conv_1", a, width, 1, 7);
    a = once.same("conv_2", a, 192, 7, 1);
    InceptionLayers twice = block.in("tower_1");
    Operand<TFloat32> b = twice.point("conv", x, width);
    b = twice.same("conv_1", b, width, 7, 1);
    b = twice.same("conv_2", b, width, 1, 7);
    b = twice.same("conv_3", b, width, 7, 1);
    b = twice.same("conv_4", b, 192, 1, 7);
    return block.join(List.of(point, a, b, averaged(block.in("tower_2"), x, 192)));
  }

  /** From 17×17 to 8×8. */
  static Operand<TFloat32> secondHalving(InceptionLayers block, Operand<TFloat32> x) {
    InceptionLayers three = block.in("tower");
    Operand<TFloat32> a = three.point("conv", x, 192);
    a = three.halvingConv("conv_1", a, 320);
    InceptionLayers seven = block.in("tower_1");
    Operand<TFloat32> b = seven.point("conv", x, 192);
    b = seven.same("conv_1", b, 192, 1, 7);
    b = seven.same("conv_2", b, 192, 7, 1);
    b = seven.halvingConv("conv_3", b, 192);
    return block.join(List.of(a, b, block.halvingPool("pool", x)));
  }

  /** A block at 8×8 with a mean in its last branch. */
  static Operand<TFloat32> coarseMean(InceptionLayers block, Operand<TFloat32> x) {
    return coarse(block, x, averaged(block.in("tower_2"), x, 192));
  }

  /** The last block of 2015, alike but for a maximum where all others have a mean. */
  static Operand<TFloat32> coarseMaximum(InceptionLayers block, Operand<TFloat32> x) {
    InceptionLayers pool = block.in("tower_2");
    return coarse(block, x, pool.point("conv", pool.maximum("pool", x), 192));
  }

  private static Operand<TFloat32> coarse(
      InceptionLayers block, Operand<TFloat32> x, Operand<TFloat32> pooled) {
    List<Operand<TFloat32>> branches = new ArrayList<>();
    branches.add(block.point("conv", x, 320));
    InceptionLayers once = block.in("tower");
    branches.addAll(cross(once.in("mixed"), once.point("conv", x, 384)));
    InceptionLayers twice = block.in("tower_1");
    Operand<TFloat32> b = twice.point("conv", x, 448);
    branches.addAll(cross(twice.in("mixed"), twice.same("conv_1", b, 384, 3, 3)));
    branches.add(pooled);
    return block.join(branches);
  }

  /** A 1×3 and a 3×1 convolution of the same map. */
  private static List<Operand<TFloat32>> cross(InceptionLayers pair, Operand<TFloat32> x) {
    return List.of(pair.same("conv", x, 384, 1, 3), pair.same("conv_1", x, 384, 3, 1));
  }

  private static Operand<TFloat32> averaged(
      InceptionLayers tower, Operand<TFloat32> x, long channels) {
    return tower.point("conv", tower.mean("pool", x), channels);
  }
}
