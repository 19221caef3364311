package tsugiki.savedmodel;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import tsugiki.model.BigGanArchitecture;
import tsugiki.model.BigGanDeepArchitecture;
import tsugiki.model.GeneratorArchitecture;

/** The reader of a generator's architecture, whose kind shows in its fields. */
final class GeneratorArchitectureJson extends StdDeserializer<GeneratorArchitecture> {
  private static final long serialVersionUID = 1L;

  /** Only BigGAN-deep has a field of this name: BigGAN has two lists of multipliers. */
  private static final String DEEP = "multipliers";

  GeneratorArchitectureJson() {
    super(GeneratorArchitecture.class);
  }

  @Override
  public GeneratorArchitecture deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    JsonNode tree = context.readTree(parser);
    return tree.has(DEEP)
        ? context.readTreeAsValue(tree, BigGanDeepArchitecture.class)
        : context.readTreeAsValue(tree, BigGanArchitecture.class);
  }
}
