package tsugiki.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tensorflow.op.Ops;
import tsugiki.augment.DiffAugment;
import tsugiki.loss.HingeLoss;

/**
 * No layer, loss or augmentation without a case: a new one that {@link LayerCases} does not know
 * fails here.
 */
class LayerCoverageTest {
  /** Where they live: a class of each room. */
  private static final List<Class<?>> ROOMS =
      List.of(Weights.class, HingeLoss.class, DiffAugment.class);

  /** What takes the operations and is no layer, and why. */
  private static final Map<String, String> NOT_LAYERS =
      Map.ofEntries(
          Map.entry("AdversarialLoss.discriminator", "chooses a loss; AdversarialLossTest"),
          Map.entry("AdversarialLoss.generator", "chooses a loss; AdversarialLossTest"),
          Map.entry("Activation.apply", "the interface; its constants have the cases"),
          Map.entry("ActivationChoice.activation", "chooses; ActivationChoiceTest"),
          Map.entry("Kernels.kernel", "the interface; SpectralNorm has cases, PLAIN is in all"),
          Map.entry("Weights.trained", "makes variables; WeightsTest"),
          Map.entry("Weights.untrained", "makes variables; WeightsTest"),
          Map.entry("Weights.derived", "caches; WeightsTest, and the frozen run of every case"),
          Map.entry("Initializer.build", "makes first values; InitializerTest"),
          Map.entry("Gradients.of", "differentiates; GradientsTest, and every case"),
          Map.entry("Randomness.normal", "draws; RandomnessTest"),
          Map.entry("Randomness.cutNormal", "draws; RandomnessTest"),
          Map.entry("Randomness.uniform", "draws; RandomnessTest"),
          Map.entry("Randomness.integers", "draws; RandomnessTest"),
          Map.entry("Randomness.draws", "draws; RandomnessTest"),
          Map.entry("Pixels.toFloats", "takes bytes, no gradient; PixelsTest"),
          Map.entry("Pixels.toBytes", "gives bytes, no gradient; PixelsTest"),
          Map.entry("CrossEntropy.accuracy", "counts, no gradient; CrossEntropyTest"),
          Map.entry("CrossEntropy.accuracyOfKnown", "counts, no gradient; CrossEntropyTest"),
          Map.entry("Replicas.rows", "takes a share; StepReplicasTest, ReplicatedGraphTest"),
          Map.entry("Replicas.mean", "meets other devices; StepReplicasTest has its gradients"),
          Map.entry("Replicas.count", "a number; StepReplicasTest"),
          Map.entry("Rotation.labels", "whole numbers without an input; RotationTest"));

  @Test
  void everyLayerHasACase() throws Exception {
    Set<String> covered =
        LayerCases.all().stream().map(LayerCase::entry).collect(Collectors.toSet());
    Set<String> layers = entries();
    assertThat(layers).as("what NOT_LAYERS names exists").containsAll(NOT_LAYERS.keySet());
    layers.removeAll(NOT_LAYERS.keySet());
    assertThat(layers)
        .as("the search finds them")
        .contains("Conv2d.same", "Activation.RELU", "LatentPrior.apply", "DiffAugment.apply");
    assertThat(covered).containsExactlyInAnyOrderElementsOf(layers);
  }

  @Test
  void casesHaveNamesOfTheirOwn() {
    assertThat(LayerCases.all()).extracting(LayerCase::toString).doesNotHaveDuplicates();
  }

  /** Whatever is public and takes the operations, and all activations, by {@code Class.member}. */
  private static Set<String> entries() throws Exception {
    Set<String> entries = new TreeSet<>();
    for (Class<?> type : publicClasses()) {
      String prefix = type.getSimpleName() + ".";
      for (Method method : type.getDeclaredMethods()) {
        boolean entry =
            Arrays.asList(method.getParameterTypes()).contains(Ops.class)
                || method.getReturnType() == Activation.class;
        if (entry && Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
          entries.add(prefix + method.getName());
        }
      }
      for (Field field : type.getDeclaredFields()) {
        if (field.getType() == Activation.class && Modifier.isPublic(field.getModifiers())) {
          entries.add(prefix + field.getName());
        }
      }
    }
    return entries;
  }

  private static List<Class<?>> publicClasses()
      throws IOException, URISyntaxException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (Class<?> room : ROOMS) {
      Path root = Path.of(room.getProtectionDomain().getCodeSource().getLocation().toURI());
      String packageName = room.getPackageName();
      List<String> names;
      try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
        names =
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".class"))
                .filter(Predicate.not(name -> name.equals("package-info.class")))
                .map(name -> packageName + "." + name.substring(0, name.length() - 6))
                .toList();
      }
      for (String name : names) {
        types.add(Class.forName(name, false, room.getClassLoader()));
      }
    }
    types.removeIf(type -> !Modifier.isPublic(type.getModifiers()));
    return types;
  }
}
