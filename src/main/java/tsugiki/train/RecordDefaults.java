package tsugiki.train;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tsugiki.base.BadInputException;

/** Defaults of records for JSON that was written before a field existed. */
final class RecordDefaults {
  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

  private RecordDefaults() {}

  /**
   * Fills what an object lacks from the record's {@code defaults()}, and so for the records in it,
   * which may be lacking as a whole.
   *
   * @param tree changed in place
   * @return {@code tree}
   * @throws BadInputException if it holds what a record with an unwrapped part does not have
   */
  static JsonNode filled(ObjectMapper json, JsonNode tree, Class<?> type) {
    if (!type.isRecord() || !(tree instanceof ObjectNode object)) {
      return tree;
    }
    Object defaults = defaults(type);
    refuseNulls(object, type);
    if (defaults != null) {
      JsonNode full = json.valueToTree(defaults);
      refuseUnknown(object, full, type);
      full.properties()
          .forEach(
              field -> {
                refuseNull(object, field.getKey(), field.getValue());
                if (!object.hasNonNull(field.getKey())) {
                  object.set(field.getKey(), field.getValue());
                }
              });
    }
    for (RecordComponent component : type.getRecordComponents()) {
      boolean unwrapped = component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
      String name = NAMES.translate(component.getName());
      if (!unwrapped && !object.hasNonNull(name) && component.getType().isRecord()) {
        Object part = defaults(component.getType());
        if (part != null) {
          object.set(name, json.valueToTree(part));
        }
      } else if (unwrapped || object.has(name)) {
        filled(json, unwrapped ? object : object.get(name), component.getType());
      }
    }
    return tree;
  }

  /** Jackson takes null for 0, and a default would hide it. */
  private static void refuseNulls(ObjectNode given, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      if (component.getType().isPrimitive() && given.path(name).isNull()) {
        throw nothing(name);
      }
    }
  }

  private static void refuseNull(ObjectNode given, String name, JsonNode standard) {
    if (given.path(name).isNull() && standard.isValueNode() && !standard.isNull()) {
      throw nothing(name);
    }
  }

  private static BadInputException nothing(String name) {
    return new BadInputException("the value of " + name + " is null" + OptionsJson.REMEDY);
  }

  /** Jackson itself takes any name where a part of a record is unwrapped. */
  static void refuseUnknown(ObjectNode given, JsonNode full, Class<?> type) {
    List<Class<?>> parts =
        Arrays.stream(type.getRecordComponents())
            .filter(part -> part.getAccessor().isAnnotationPresent(JsonUnwrapped.class))
            .<Class<?>>map(RecordComponent::getType)
            .toList();
    Set<String> ignored =
        Stream.concat(Stream.of(type), parts.stream())
            .map(part -> part.getAnnotation(JsonIgnoreProperties.class))
            .filter(Objects::nonNull)
            .flatMap(names -> Arrays.stream(names.value()))
            .collect(Collectors.toSet());
    given
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!parts.isEmpty() && !full.has(name) && !ignored.contains(name)) {
                throw new BadInputException(
                    "there is no option named " + name + OptionsJson.REMEDY);
              }
            });
  }

  private static Object defaults(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.getName().equals("defaults") && method.getParameterCount() == 0) {
        try {
          return method.invoke(null);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("the defaults of " + type + " cannot be had", e);
        }
      }
    }
    return null;
  }
}
