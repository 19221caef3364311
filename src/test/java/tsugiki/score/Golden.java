package tsugiki.score;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tsugiki.base.NumpyFile;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

/** Features and figures that Python computed, where they are at hand; tests skip without them. */
final class Golden {
  private Golden() {}

  static Path file(String name) {
    Path file = Path.of(System.getProperty("tsugiki.data", "none"), "golden", name);
    assumeTrue(Files.exists(file), () -> file + " is not here; set -Dtsugiki.data to have it");
    return file;
  }

  static Features features(String name) {
    NumpyFile array = NumpyFile.read(file(name));
    return Features.of(name, array.floats(), array.shape()[1]);
  }

  static JsonNode metrics() {
    try {
      return new ObjectMapper().readTree(file("metrics.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two sets of features and what their metrics must be. */
  record Pair(Features real, Features generated, JsonNode expected) {
    double figure(String name) {
      return expected.required(name).doubleValue();
    }
  }

  /** 100 passion flowers against 50 faces. */
  static Pair flowersAndFaces() {
    return new Pair(
        features("features_768_passion100.npy"),
        features("features_768_faces50.npy"),
        metrics().required("pairs").required(0));
  }

  /** The first 50 passion flowers against the other 50. */
  static Pair flowersAndFlowers() {
    Features all = features("features_768_passion100.npy");
    return new Pair(
        SampleFeatures.slice(all, 0, 50),
        SampleFeatures.slice(all, 50, 100),
        metrics().required("pairs").required(1));
  }
}
