package tsugiki.cli;

import com.google.common.base.CaseFormat;
import com.google.common.primitives.Primitives;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flag of one component of {@link RecordFlags}.
 *
 * @param path of the component
 * @param name of the flag, with its hyphens
 * @param type of the component
 * @param standard the default
 * @param form changes what follows from the type
 * @param value makes the component's value of the flag's
 */
@RecordBuilder
record RecordFlag(
    String path,
    String name,
    Type type,
    Object standard,
    UnaryOperator<OptionSpec.Builder> form,
    Function<Object, Object> value)
    implements RecordFlagBuilder.With {

  static RecordFlag of(String path, RecordComponent component, Object standard) {
    return new RecordFlag(
        path,
        Failures.flag(component.getName()),
        component.getGenericType(),
        standard,
        UnaryOperator.identity(),
        Function.identity());
  }

  /** Whether it is the flag of this component, or of one in this record. */
  boolean within(String whole) {
    return path.equals(whole) || path.startsWith(whole + ".");
  }

  /** The component's own name. */
  String component() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The flag's name as messages have it: {@code batchSize} for {@code --batch-size}. */
  String argument() {
    return CaseFormat.LOWER_HYPHEN.to(CaseFormat.LOWER_CAMEL, name.substring(2));
  }

  /** The default in words; empty where there is none to show. */
  String shown() {
    if (standard instanceof Boolean on) {
      return on ? "yes" : "no";
    }
    if (standard instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return standard == null ? "" : standard.toString();
  }

  /** The option, as yet without words. */
  OptionSpec.Builder option() {
    OptionSpec.Builder option = OptionSpec.builder(name);
    if (type instanceof ParameterizedType several) {
      Class<?> element = (Class<?>) several.getActualTypeArguments()[0];
      option.type((Class<?>) several.getRawType()).auxiliaryTypes(element).splitRegex(",");
      choice(option, element);
    } else {
      Class<?> one = Primitives.wrap((Class<?>) type);
      option.type(one);
      choice(option, one);
      if (one == Boolean.class) {
        option.negatable(true).fallbackValue("true");
      }
    }
    return form.apply(option);
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // An enum's class is only known to be some enum's.
  private static void choice(OptionSpec.Builder option, Class<?> type) {
    if (type.isEnum()) {
      option.converters(Choice.of((Class) type));
    }
  }
}
