package tsugiki.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tsugiki.base.BadInputException;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;
import tsugiki.score.GeneratorScores.Judges;

/**
 * The networks that score the generators of a study, found without TensorFlow's library. Each has
 * columns of its own: {@code fid} and {@code kid_64} of one judge alone, {@code fid_starter} and
 * {@code kid_inception_64} of several.
 *
 * @param byWord the judges by the word that their columns have; empty for a judge alone
 */
record LabelJudges(Map<String, Judges> byWord) {
  private static final String ARGUMENT = "⟨judge⟩";
  private static final String CLASS_SCORE = "class_score";

  /** What ships, and without whose run a network of its form would be taken for it. */
  private static final String SHIPPED = "starter";

  /**
   * Finds them.
   *
   * @param names of the networks
   * @param taps the layers whose features are compared. Of several judges each has those of them
   *     that it knows, and its usual layer where it knows none
   * @throws BadInputException if there is no such network, or no judge knows a layer
   */
  static LabelJudges open(List<String> names, List<String> taps) {
    Map<String, Judges> found = new LinkedHashMap<>();
    if (names.size() == 1) {
      found.put("", Judges.alone(names.get(0), taps));
      return new LabelJudges(found);
    }
    Set<String> unknown = new TreeSet<>(taps);
    for (String name : names) {
      FrozenNetwork network = FrozenNetworks.open(ARGUMENT, name);
      List<String> own = taps.stream().filter(tap -> knows(network, tap)).toList();
      own.forEach(unknown::remove);
      found.put(word(name, names, found.keySet()), Judges.alone(name, own));
    }
    if (!unknown.isEmpty()) {
      throw new BadInputException(
          "⟨taps⟩ has %s, which none of the networks of ⟨judge⟩ has; leave it out"
              .formatted(String.join(",", unknown)));
    }
    return new LabelJudges(found);
  }

  private static boolean knows(FrozenNetwork network, String tap) {
    try {
      network.withTap(tap);
      return true;
    } catch (BadInputException e) {
      return false;
    }
  }

  /**
   * The word of a judge: its kind, and the name of its run or file where there are several of a
   * kind or where the kind alone is another network.
   */
  private static String word(String name, List<String> names, Set<String> taken) {
    long alike = names.stream().filter(other -> kind(other).equals(kind(name))).count();
    boolean apart = alike > 1 || kind(name).equals(SHIPPED);
    String word = plain(apart ? kind(name) + "_" + origin(name) : kind(name));
    String free = word;
    for (int i = 2; taken.contains(free); i++) {
      free = word + "_" + i;
    }
    return free;
  }

  private static String kind(String name) {
    return name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
  }

  /** The last part of a path that says something: a run's model lies in its folder model. */
  private static String origin(String name) {
    String path = name.substring(Math.min(name.length(), kind(name).length() + 1));
    return path.replaceAll("#.*", "").replaceAll("/+(model/*)?$", "").replaceAll(".*/", "");
  }

  private static String plain(String text) {
    return text.replaceAll("[^\\p{Alnum}]+", "_").replaceAll("_$", "");
  }

  /** The names of the scores, in the order of the table. */
  List<String> scores() {
    List<String> columns = new ArrayList<>();
    byWord.forEach(
        (word, judges) -> {
          List<String> own = new ArrayList<>(judges.scores());
          if (judges.classes().isEmpty()) {
            // A place that stays empty says that the network tells no classes apart.
            own.add(own.size() - 2, judges.last().classScore());
          }
          own.forEach(score -> columns.add(column(word, score)));
        });
    return columns;
  }

  /**
   * The name of a column.
   *
   * @param word of the judge
   * @param score as the judge alone calls it
   */
  static String column(String word, String score) {
    if (word.isEmpty()) {
      return score;
    }
    if (score.endsWith(CLASS_SCORE)) {
      return word + "_" + CLASS_SCORE;
    }
    int end = score.contains("_") ? score.indexOf('_') : score.length();
    return score.substring(0, end) + "_" + word + score.substring(end);
  }
}
