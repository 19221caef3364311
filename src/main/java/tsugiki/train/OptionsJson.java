package tsugiki.train;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.google.common.primitives.Primitives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;
import tsugiki.base.Reason;

/** How options look in {@code options.json}: snake case, enums and paths as they are typed. */
public final class OptionsJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          // A file that was edited means what it says, or nothing.
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(pathsAsText())
          .build();

  /** What is to be done about options of other names or kinds. */
  static final String REMEDY =
      "; put the file back as it was, or begin a new run, if it is not a run of another verb";

  private OptionsJson() {}

  /** Jackson alone writes a path as a {@code file:///} URI, which nobody would type. */
  private static SimpleModule pathsAsText() {
    return new SimpleModule()
        .addSerializer(Path.class, ToStringSerializer.instance)
        .addDeserializer(
            Path.class,
            new FromStringDeserializer<>(Path.class) {
              @Override
              protected Path _deserialize(String value, DeserializationContext context) {
                return Path.of(value);
              }
            });
  }

  /**
   * A record from values by the names of its components in {@code options.json}.
   *
   * @throws IllegalArgumentException if the record has no such component, or refuses a value; its
   *     cause is Jackson's exception
   */
  public static <T> T converted(Map<String, ?> values, Class<T> type) {
    return JSON.convertValue(values, type);
  }

  /** A record of options as a part of another JSON object. */
  public static JsonNode tree(Object options) {
    return JSON.valueToTree(options);
  }

  /** An indented JSON object of a record or map. */
  static String write(Object options) {
    try {
      return JSON.writeValueAsString(options);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(options + " does not make JSON", e);
    }
  }

  /**
   * The record that {@link #write} was given. What an older version has not written has its
   * default: that of the record's static method {@code defaults()}, where it has one.
   *
   * @throws BadInputException if the file is damaged, or holds something else
   */
  static <T> T read(Path file, Class<T> type) {
    try {
      JsonNode tree = JSON.readTree(file.toFile());
      if (!tree.isObject()) {
        throw new BadInputException(
            "it holds %s where the options of a run belong; put the file back, or begin a new run"
                .formatted(tree.isMissingNode() ? "nothing" : shortened(tree.toString())));
      }
      T options = JSON.treeToValue(RecordDefaults.filled(JSON, tree, type), type);
      if (type.isRecord()) {
        RecordDefaults.refuseUnknown((ObjectNode) tree, JSON.valueToTree(options), type);
      }
      return options;
    } catch (BadInputException e) {
      throw e.in(file.toString());
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof BadInputException cause) {
        throw cause.in(file.toString());
      }
      throw new BadInputException(file + ": " + misfit(e) + REMEDY, e);
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          file
              + " is no valid JSON ("
              + Reason.of(e.getOriginalMessage())
              + "); put the file back as it was, or begin a new run",
          e);
    } catch (IOException e) {
      throw new BadInputException(
          file + " cannot be read (" + Reason.of(e) + "); check the file", e);
    }
  }

  /**
   * The same options but for one number, which a resumed run may change.
   *
   * @param pointer where it is in {@code options.json}, such as {@code /training/steps}
   * @throws BadInputException if the options refuse the number
   */
  public static <T> T changed(T options, String pointer, Number value) {
    JsonNode tree = JSON.valueToTree(options);
    JsonPointer place = JsonPointer.compile(pointer);
    if (!(tree.at(place.head()) instanceof ObjectNode parent) || !tree.at(place).isNumber()) {
      throw new IllegalArgumentException(pointer + " is no number among " + options);
    }
    parent.set(place.last().getMatchingProperty(), JSON.valueToTree(value));
    try {
      @SuppressWarnings("unchecked")
      Class<T> type = (Class<T>) options.getClass();
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof BadInputException cause) {
        throw cause;
      }
      throw new IllegalArgumentException(options + " does not make JSON", e);
    }
  }

  /** What does not fit, without the names of Java's classes. */
  private static String misfit(JsonMappingException e) {
    String name =
        e.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    if (e instanceof UnrecognizedPropertyException) {
      return "there is no option named " + name;
    }
    if (e instanceof ValueInstantiationException) {
      return "its options do not fit together";
    }
    if (e.getCause() instanceof InputCoercionException) {
      return "the value of " + name + " is out of range";
    }
    if (e instanceof MismatchedInputException && name.isEmpty()) {
      return "it does not end where its options do";
    }
    if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
      return "the value of %s is no %s".formatted(name, kind(wrong.getTargetType()));
    }
    return name + ": " + Reason.of(e.getOriginalMessage());
  }

  private static String kind(Class<?> type) {
    Class<?> one = Primitives.wrap(type);
    if (one == Integer.class || one == Long.class) {
      return "whole number";
    }
    if (Number.class.isAssignableFrom(one)) {
      return "number";
    }
    if (one == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "word out of "
          + Stream.of(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    return type.isRecord() ? "group of options" : "text";
  }

  private static String shortened(String json) {
    return json.length() <= 40 ? json : json.substring(0, 40) + " …";
  }
}
