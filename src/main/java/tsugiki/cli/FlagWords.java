package tsugiki.cli;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import tsugiki.pretrained.FrozenNetworks;

/**
 * The words of a verb's flags in the help, one line per flag in a file beside this class: {@code
 * batch = N | Images per step.} has the label of the value and the description; a flag without a
 * value has the description alone. The record's default is added, unless the description names one
 * itself. {@code {networks}} stands for the names of frozen networks.
 */
final class FlagWords {
  private static final String DIVIDER = " | ";

  private final ResourceBundle lines;

  private FlagWords(ResourceBundle lines) {
    this.lines = lines;
  }

  /**
   * The words of a verb.
   *
   * @param verb the name of the file, without its ending
   */
  static FlagWords of(String verb) {
    return new FlagWords(ResourceBundle.getBundle("tsugiki.cli." + verb, Locale.ROOT));
  }

  /** The file's name without its ending. */
  String file() {
    return lines.getBaseBundleName();
  }

  /** The flags that the file describes, without their hyphens. */
  Set<String> described() {
    return lines.keySet();
  }

  /**
   * The flag with its words; of a flag that the file does not describe, as it is.
   *
   * @param name with its hyphens
   * @param standard the default in words, or empty
   */
  OptionSpec describe(String name, OptionSpec.Builder option, String standard) {
    String key = name.substring(2);
    if (!lines.containsKey(key)) {
      return option.build();
    }
    String line = lines.getString(key).replace("{networks}", FrozenNetworks.NAMES);
    int divider = line.indexOf(DIVIDER);
    if (divider >= 0) {
      option.paramLabel(line.substring(0, divider));
      line = line.substring(divider + DIVIDER.length());
    }
    boolean optional = !option.required() && (option.type() != Boolean.class || option.negatable());
    if (optional && !standard.isEmpty() && !line.contains("Default: ")) {
      line += " Default: " + standard + ".";
    }
    // picocli takes the text for a format.
    return option.description(line.replace("%", "%%")).build();
  }
}
