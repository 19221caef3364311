package tsugiki.savedmodel;

import java.util.Map;

/** What a served graph can be called for, by key; {@link ModelSignature#KEY} is the usual one. */
@FunctionalInterface
public interface ServedSignatures {
  /** The signatures by their keys, at least one. */
  Map<String, ModelSignature> byKey();
}
