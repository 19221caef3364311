package tsugiki.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tsugiki.base.NumpyFile;
import tsugiki.features.Features;
import tsugiki.features.SampleFeatures;

/** Features and scores that Python computed, out of the test resources. */
final class Golden {
  private Golden() {}

  static Features features(String name) {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readAllBytes();
      NumpyFile array = NumpyFile.read(new ByteArrayInputStream(bytes), name, bytes.length);
      return Features.of(name, array.floats(), array.shape()[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode metrics() {
    try (InputStream in = open("metrics.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    return Objects.requireNonNull(Golden.class.getResourceAsStream(name), name);
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
