package tsugiki.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The option list of a verb's help, in sections: a mixin whose name ends with a colon, as in
 * {@code @Mixin(name = "How it learns:")}, is a section under that name. All other flags come
 * before the first section.
 *
 * <p>picocli has sections for groups of options only. They do not serve here: of a group in which a
 * flag is given twice, picocli makes a new object, and all other flags of the group lose what was
 * given.
 */
final class HelpSections {
  private HelpSections() {}

  /**
   * Gives a command line and all its verbs such a help.
   *
   * @param line the command line, its verbs already added
   */
  static void register(CommandLine line) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(line.getHelpSectionMap());
    sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::optionList);
    line.setHelpSectionMap(sections);
    abbreviate(line);
  }

  /** A list of all flags above the list that explains them fills a screen by itself. */
  private static void abbreviate(CommandLine line) {
    line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(HelpSections::abbreviate);
  }

  /** A verb with flags of another verb that it decides itself, and refuses. */
  interface Deciding {
    /** The names of these flags; the help leaves them out. */
    List<String> decided();
  }

  private static String optionList(Help help) {
    CommandSpec verb = help.commandSpec();
    List<OptionSpec> others = new ArrayList<>(verb.options());
    StringBuilder sections = new StringBuilder();
    verb.mixins()
        .forEach(
            (name, mixin) -> {
              if (name.endsWith(":")) {
                others.removeAll(mixin.options());
                sections
                    .append(help.createHeading("%n%s%n", name))
                    .append(list(help, mixin.options()));
              }
            });
    return list(help, others) + sections;
  }

  private static String list(Help help, List<OptionSpec> options) {
    List<String> decided =
        help.commandSpec().userObject() instanceof Deciding verb ? verb.decided() : List.of();
    List<OptionSpec> shown =
        options.stream()
            .filter(option -> !option.hidden() && !decided.contains(option.longestName()))
            .toList();
    return help.optionListExcludingGroups(shown);
  }
}
