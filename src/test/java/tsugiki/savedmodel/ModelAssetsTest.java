package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TString;
import tsugiki.base.BadInputException;
import tsugiki.graph.GraphScope;
import tsugiki.runtime.Sessions;

/** A model that keeps the path of a file when it is loaded, as those with a vocabulary do. */
class ModelAssetsTest {
  private static final String KEPT = "kept:0";

  @TempDir private Path folder;
  private Path words;

  @BeforeEach
  void write() throws IOException {
    words = Files.createDirectory(folder.resolve("assets")).resolve("words.txt");
    Files.writeString(words, "one\ntwo\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theModelGetsThePathOfItsFile(boolean collected) {
    MetaGraphDef model = model("words.txt", collected);
    try (OpenedModel opened = OpenedModel.open(folder, model, Sessions.Settings.cpu());
        Result result = opened.session().runner().fetch(KEPT).run()) {
      assertThat(((TString) result.get(0)).getObject()).isEqualTo(words.toString());
    }
  }

  @Test
  void soDoesOneWithinAnotherGraph() {
    CopiedModel copy = new CopiedModel(folder, model("words.txt", false));
    try (Graph graph = new Graph()) {
      Output<?> kept = copy.tensor(GraphScope.ops(graph), KEPT, Map.of());
      try (Session session = Sessions.open(graph)) {
        copy.restore(session);
        try (Result result = session.runner().fetch(kept).run()) {
          assertThat(((TString) result.get(0)).getObject()).isEqualTo(words.toString());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/hostname", "a/../../secret", "\0"})
  void aFileElsewhereIsRefused(String name) throws IOException {
    Files.writeString(folder.resolve("secret"), "");
    refuses(model(name, false), "its asset ");
  }

  @Test
  void aMissingFileIsNamed() {
    refuses(model("others.txt", false), "there is no " + folder.resolve("assets/others.txt"));
  }

  private void refuses(MetaGraphDef model, String words) {
    assertThatThrownBy(() -> OpenedModel.open(folder, model, Sessions.Settings.cpu()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(folder.toString(), words);
  }

  /**
   * A checked one.
   *
   * @param asset the name of its file
   * @param collected whether a collection names the file, as in models of TensorFlow 1
   */
  private MetaGraphDef model(String asset, boolean collected) {
    MetaGraphDef.Builder model = MetaGraphDef.newBuilder();
    try (Graph graph = new Graph()) {
      Ops tf = GraphScope.ops(graph);
      Placeholder<TString> path =
          tf.withName("path").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      Variable<TString> kept = tf.withName("kept").variable(Shape.scalar(), TString.class);
      tf.withName("keep").assign(kept, path);
      model.setGraphDef(graph.toGraphDef());
    }
    AssetFileDef file =
        AssetFileDef.newBuilder().setFilename(asset).setTensorInfo(tensor("path:0")).build();
    if (collected) {
      model.putCollectionDef(
          "saved_model_assets",
          CollectionDef.newBuilder()
              .setAnyList(CollectionDef.AnyList.newBuilder().addValue(Any.pack(file)))
              .build());
    } else {
      model.addAssetFileDef(file);
    }
    model.putCollectionDef(
        "legacy_init_op",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("keep"))
            .build());
    SignatureDef signature = SignatureDef.newBuilder().putOutputs("kept", tensor(KEPT)).build();
    return TrustedOps.checked(folder, model.build(), signature);
  }

  private static TensorInfo tensor(String name) {
    return TensorInfo.newBuilder().setName(name).build();
  }
}
