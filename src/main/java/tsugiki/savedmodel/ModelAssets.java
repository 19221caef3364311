package tsugiki.savedmodel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;
import tsugiki.graph.GraphNodes;

/**
 * The assets of a SavedModel: files such as a vocabulary, whose paths it takes while it is loaded.
 */
final class ModelAssets {
  private static final String FOLDER = "assets";

  /** Where models of TensorFlow 1 name them. */
  private static final String COLLECTION = "saved_model_assets";

  private ModelAssets() {}

  /**
   * The paths that loading a model feeds, each by the tensor that takes it.
   *
   * @param folder of the model
   * @param checked what {@link TrustedOps#checked} gave of it; an asset that none of its nodes
   *     takes is left out
   * @throws BadInputException if one is not there or lies outside the model's folder of assets
   */
  static Map<String, String> paths(Path folder, MetaGraphDef checked) {
    Map<String, String> paths = new LinkedHashMap<>();
    GraphNodes net = GraphNodes.of(checked.getGraphDef());
    for (AssetFileDef asset : all(folder, checked)) {
      String tensor = asset.getTensorInfo().getName();
      if (net.nodes().containsKey(GraphNodes.node(tensor))) {
        paths.put(tensor, path(folder, asset.getFilename()).toString());
      }
    }
    return paths;
  }

  private static List<AssetFileDef> all(Path folder, MetaGraphDef model) {
    if (model.getAssetFileDefCount() > 0) {
      return model.getAssetFileDefList();
    }
    List<AssetFileDef> assets = new ArrayList<>();
    CollectionDef collection =
        model.getCollectionDefOrDefault(COLLECTION, CollectionDef.getDefaultInstance());
    for (Any asset : collection.getAnyList().getValueList()) {
      try {
        assets.add(asset.unpack(AssetFileDef.class));
      } catch (InvalidProtocolBufferException e) {
        throw SavedModelReader.damaged(folder, Reason.of(e), e);
      }
    }
    return assets;
  }

  private static Path path(Path folder, String name) {
    Path assets = folder.resolve(FOLDER).normalize();
    Path path;
    try {
      path = assets.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw SavedModelReader.damaged(
          folder, "its asset %s is no name of a file".formatted(TrustedOps.plain(name)), e);
    }
    if (!path.startsWith(assets)) {
      throw SavedModelReader.damaged(
          folder, "its asset %s lies outside %s".formatted(TrustedOps.plain(name), assets), null);
    }
    if (!Files.isRegularFile(path)) {
      throw SavedModelReader.damaged(
          folder, "there is no %s".formatted(TrustedOps.plain(path.toString())), null);
    }
    return path;
  }
}
