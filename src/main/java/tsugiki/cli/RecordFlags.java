package tsugiki.cli;

import com.google.common.base.Throwables;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tsugiki.base.BadInputException;

/**
 * The flags of a record of options. The component {@code batchSize} is the flag {@code
 * --batch-size} with the component's type and the record's value as its default; a component that
 * is a record itself has the flags of its components. A {@link FlagSection} shows them in the help,
 * and {@link #read} makes the record with the values that were given.
 *
 * <p>A component is named by its path, such as {@code training.adam.epsilon}. What is made once can
 * be shared: every method returns a new object.
 *
 * @param <T> the record
 */
final class RecordFlags<T extends Record> {
  private final T defaults;
  private final boolean filled;
  private final List<RecordFlag> flags;

  private RecordFlags(T defaults, boolean filled, List<RecordFlag> flags) {
    this.defaults = defaults;
    this.filled = filled;
    this.flags = flags;
  }

  /**
   * The flags of all components.
   *
   * @param defaults the record with its defaults
   */
  static <T extends Record> RecordFlags<T> of(T defaults) {
    return of(defaults, false);
  }

  /**
   * The flags of a record whose constructor puts defaults in the place of nulls, which may depend
   * on what was given.
   */
  static <T extends Record> RecordFlags<T> of(Class<T> type) {
    return of(made(type, Map.of()), true);
  }

  private static <T extends Record> RecordFlags<T> of(T defaults, boolean filled) {
    List<RecordFlag> flags = new ArrayList<>();
    collect(defaults, "", flags);
    return new RecordFlags<>(defaults, filled, flags);
  }

  private static void collect(Record record, String prefix, List<RecordFlag> flags) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      if (value instanceof Record nested) {
        collect(nested, prefix + component.getName() + ".", flags);
      } else {
        flags.add(RecordFlag.of(prefix + component.getName(), component, value));
      }
    }
  }

  /** The same with another name for a component's flag, without its hyphens. */
  RecordFlags<T> named(String path, String name) {
    return changed(path, flag -> flag.withName("--" + name));
  }

  /** The same with a flag that is not as its component's type would have it. */
  RecordFlags<T> option(String path, UnaryOperator<OptionSpec.Builder> form) {
    return changed(path, flag -> flag.withForm(form));
  }

  /** The same with a component whose value is made of the flag's. */
  RecordFlags<T> value(String path, Function<Object, Object> value) {
    return changed(path, flag -> flag.withValue(value));
  }

  private RecordFlags<T> changed(String path, UnaryOperator<RecordFlag> change) {
    require(path);
    return new RecordFlags<>(
        defaults,
        filled,
        flags.stream().map(f -> f.path().equals(path) ? change.apply(f) : f).toList());
  }

  /** The flags of these components, or of all in these records. */
  RecordFlags<T> only(String... paths) {
    return filtered(flag -> Arrays.stream(paths).anyMatch(flag::within), paths);
  }

  /** All flags but those of these components, or of all in these records. */
  RecordFlags<T> without(String... paths) {
    return filtered(flag -> Arrays.stream(paths).noneMatch(flag::within), paths);
  }

  private RecordFlags<T> filtered(Predicate<RecordFlag> kept, String... paths) {
    Arrays.stream(paths).forEach(this::require);
    return new RecordFlags<>(defaults, filled, flags.stream().filter(kept).toList());
  }

  private void require(String path) {
    if (flags.stream().noneMatch(flag -> flag.within(path))) {
      throw new IllegalArgumentException(defaults.getClass() + " has no " + path);
    }
  }

  /** The record with its defaults. */
  T defaults() {
    return defaults;
  }

  /** The flags in the order of the components. */
  List<RecordFlag> flags() {
    return flags;
  }

  /** The names of the flags, such as {@code --batch-size}. */
  Set<String> names() {
    return flags.stream().map(RecordFlag::name).collect(Collectors.toSet());
  }

  /** The values that were given, by the paths of their components. */
  Map<String, Object> given(CommandSpec verb) {
    ParseResult parsed = verb.commandLine().getParseResult();
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordFlag flag : flags) {
      OptionSpec option = parsed.matchedOption(flag.name());
      if (option != null) {
        values.put(flag.path(), flag.value().apply(option.getValue()));
      }
    }
    return values;
  }

  /**
   * The record with the values that were given.
   *
   * @throws BadInputException if it refuses a value, naming its flag
   */
  T read(CommandSpec verb) {
    return read(verb, defaults, filled);
  }

  /**
   * A record with the values that were given.
   *
   * @param others has the values of the flags that were not given
   * @throws BadInputException if it refuses a value, naming its flag
   */
  T read(CommandSpec verb, T others) {
    return read(verb, others, false);
  }

  private T read(CommandSpec verb, T others, boolean nulls) {
    Map<String, Object> given = given(verb);
    try {
      return rebuilt(others, "", given, nulls);
    } catch (BadInputException e) {
      throw new BadInputException(e.message(argument -> "⟨" + argument(argument) + "⟩"), e);
    }
  }

  /** The argument that a message is about, by the name of its flag. */
  private String argument(String component) {
    return flags.stream()
        .filter(flag -> flag.component().equals(component))
        .findFirst()
        .map(RecordFlag::argument)
        .orElse(component);
  }

  /**
   * A record with values of its own for what was not given, or with nulls, which its constructor
   * fills.
   */
  private static <R extends Record> R rebuilt(
      R record, String prefix, Map<String, Object> given, boolean nulls) {
    Map<String, Object> values = new HashMap<>();
    boolean changed = nulls;
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object old = value(record, component);
      String path = prefix + component.getName();
      Object now =
          old instanceof Record nested
              ? rebuilt(nested, path + ".", given, false)
              : given.getOrDefault(path, nulls ? null : old);
      values.put(component.getName(), now);
      changed |= now != old;
    }
    return changed ? made(type(record), values) : record;
  }

  @SuppressWarnings("unchecked") // getClass() forgets it.
  private static <R extends Record> Class<R> type(R record) {
    return (Class<R>) record.getClass();
  }

  /** A record of these components; null for those that are missing. */
  private static <R extends Record> R made(Class<R> type, Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = values.get(components[i].getName());
    }
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      // The record of a room's own need not be public.
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      Method accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
