package tsugiki.pretrained;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The convolutions of Inception v3 by their names in the frozen graph of 2015-12-05 and in PyTorch,
 * in the order of the published sources, by which Keras numbers them.
 */
final class InceptionModules {
  private static final Map<String, String> MODULES = all();

  private InceptionModules() {}

  /** PyTorch's module for a layer. */
  static String of(String layer) {
    String module = MODULES.get(layer);
    if (module == null) {
      throw new IllegalArgumentException("Inception v3 has no convolution " + layer);
    }
    return module;
  }

  /** The layers in order. */
  static List<String> layers() {
    return List.copyOf(MODULES.keySet());
  }

  private static Map<String, String> all() {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("conv", "Conv2d_1a_3x3");
    modules.put("conv_1", "Conv2d_2a_3x3");
    modules.put("conv_2", "Conv2d_2b_3x3");
    modules.put("conv_3", "Conv2d_3b_1x1");
    modules.put("conv_4", "Conv2d_4a_3x3");
    new Block(modules, "mixed", "Mixed_5b").fine();
    new Block(modules, "mixed_1", "Mixed_5c").fine();
    new Block(modules, "mixed_2", "Mixed_5d").fine();
    new Block(modules, "mixed_3", "Mixed_6a").firstHalving();
    new Block(modules, "mixed_4", "Mixed_6b").middle();
    new Block(modules, "mixed_5", "Mixed_6c").middle();
    new Block(modules, "mixed_6", "Mixed_6d").middle();
    new Block(modules, "mixed_7", "Mixed_6e").middle();
    new Block(modules, "mixed_8", "Mixed_7a").secondHalving();
    new Block(modules, "mixed_9", "Mixed_7b").coarse();
    new Block(modules, "mixed_10", "Mixed_7c").coarse();
    return modules;
  }

  /** One block's convolutions. */
  private record Block(Map<String, String> modules, String layer, String module) {
    private void fine() {
      one("conv", "branch1x1");
      chain("tower", "branch5x5", 2);
      chain("tower_1", "branch3x3dbl", 3);
      one("tower_2/conv", "branch_pool");
    }

    private void firstHalving() {
      one("conv", "branch3x3");
      chain("tower", "branch3x3dbl", 3);
    }

    private void middle() {
      one("conv", "branch1x1");
      chain("tower", "branch7x7", 3);
      chain("tower_1", "branch7x7dbl", 5);
      one("tower_2/conv", "branch_pool");
    }

    private void secondHalving() {
      chain("tower", "branch3x3", 2);
      chain("tower_1", "branch7x7x3", 4);
    }

    private void coarse() {
      one("conv", "branch1x1");
      chain("tower", "branch3x3", 1);
      one("tower/mixed/conv", "branch3x3_2a");
      one("tower/mixed/conv_1", "branch3x3_2b");
      chain("tower_1", "branch3x3dbl", 2);
      one("tower_1/mixed/conv", "branch3x3dbl_3a");
      one("tower_1/mixed/conv_1", "branch3x3dbl_3b");
      one("tower_2/conv", "branch_pool");
    }

    private void one(String place, String branch) {
      modules.put(layer + "/" + place, module + "." + branch);
    }

    /** Convolutions one after another: conv, conv_1, … are branch_1, branch_2, … */
    private void chain(String tower, String branch, int length) {
      for (int i = 0; i < length; i++) {
        one(tower + (i == 0 ? "/conv" : "/conv_" + i), branch + "_" + (i + 1));
      }
    }
  }
}
