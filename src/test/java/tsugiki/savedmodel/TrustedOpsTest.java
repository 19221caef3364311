package tsugiki.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.CollectionDef;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import tsugiki.base.BadInputException;

class TrustedOpsTest {
  private final MetaGraphDef.Builder model =
      MetaGraphDef.newBuilder()
          .setSaverDef(
              SaverDef.newBuilder().setFilenameTensorName("file:0").setRestoreOpName("restore"));
  private final GraphDef.Builder graph = model.getGraphDefBuilder();
  private SignatureDef signature =
      SignatureDef.newBuilder().putOutputs("images", tensor("out:0")).build();

  TrustedOpsTest() {
    node("file", "Placeholder");
    node("out", "Tanh", "in");
  }

  @Test
  void allowsComputation() {
    node("in", "Placeholder");
    node("restore", "RestoreV2", "file");
    accepts();
  }

  @Test
  void whatNobodyRunsIsNotImported() {
    node("in", "Placeholder");
    node("save", "SaveV2", "file");
    node("call", "called", "in");
    node("out2", "Identity", "call");
    signature = signature.toBuilder().putOutputs("more", tensor("out2:0")).build();
    function("called", "Tanh");
    function("uncalled", "ReadFile");
    GraphDef checked = TrustedOps.checked(Path.of("model"), model.build(), signature).getGraphDef();
    assertThat(checked.getNodeList().stream().map(NodeDef::getName))
        .containsExactly("out", "in", "call", "out2");
    assertThat(checked.getLibrary().getFunctionList())
        .extracting(function -> function.getSignature().getName())
        .containsExactly("called");
  }

  @Test
  void whoeverNamesAModelTrustsItAndNoOther(@TempDir Path folder) throws IOException {
    node("in", "ReadFile", "name");
    node("name", "Placeholder");
    Path run = folder.resolve("run");
    Path named = Files.createDirectories(run.resolve("model"));
    TrustedModels.add(run);
    assertThatCode(() -> TrustedOps.checked(named, model.build(), signature))
        .doesNotThrowAnyException();
    Path other = Files.createDirectories(folder.resolve("other/model"));
    assertThatThrownBy(() -> TrustedOps.checked(other, model.build(), signature))
        .hasMessageContaining("ReadFile (node in)");
    assertThatThrownBy(() -> TrustedModels.add(folder.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cannot be found");
  }

  @Test
  void refusesFilesOnTheWayToTheOutput() {
    node("in", "Identity", "write");
    node("write", "WriteFile");
    refuses("WriteFile");
  }

  @Test
  void refusesOneOfTwoNodesOfOneName() {
    node("in", "ReadFile");
    node("in", "Placeholder");
    refuses("ReadFile");
  }

  @Test
  void followsControlInputs() {
    node("in", "Identity", "^call");
    node("call", "PyFunc");
    refuses("PyFunc");
  }

  @Test
  void refusesRestoringFromAnotherFile() {
    node("in", "Placeholder");
    node("other", "Const");
    node("restore", "RestoreV2", "other");
    refuses("RestoreV2");
  }

  @Test
  void checksWhatLoadingRuns() {
    node("in", "Placeholder");
    node("init", "SaveV2");
    model.putCollectionDef(
        "saved_model_main_op",
        CollectionDef.newBuilder()
            .setNodeList(CollectionDef.NodeList.newBuilder().addValue("init"))
            .build());
    refuses("SaveV2");
  }

  @Test
  void checksFunctions() {
    function("inner", "ReadFile");
    function("outer", "inner");
    graph.addNode(
        NodeDef.newBuilder()
            .setName("in")
            .setOp("PartitionedCall")
            .putAttr(
                "f",
                AttrValue.newBuilder()
                    .setFunc(NameAttrList.newBuilder().setName("outer"))
                    .build()));
    refuses("ReadFile");
  }

  private void function(String name, String op) {
    graph
        .getLibraryBuilder()
        .addFunction(
            FunctionDef.newBuilder()
                .setSignature(OpDef.newBuilder().setName(name))
                .addNodeDef(NodeDef.newBuilder().setName("body").setOp(op)));
  }

  private static TensorInfo tensor(String name) {
    return TensorInfo.newBuilder().setName(name).build();
  }

  private void node(String name, String op, String... inputs) {
    graph.addNode(NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs)));
  }

  private void accepts() {
    assertThatCode(() -> TrustedOps.checked(Path.of("model"), model.build(), signature))
        .doesNotThrowAnyException();
  }

  private void refuses(String op) {
    assertThatThrownBy(() -> TrustedOps.checked(Path.of("model"), model.build(), signature))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(" " + op + " (node ");
  }
}
