package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tsugiki.base.BadInputException;

/**
 * The names of the 1,008 classes, from the two files that lie beside the frozen graph in its
 * archive: from numbers to synsets, and from synsets to words. The numbers 0 and from 1,001 on
 * stand for nothing.
 */
final class ImageNetLabels {
  static final String NUMBERS = "imagenet_2012_challenge_label_map_proto.pbtxt";
  static final String WORDS = "imagenet_synset_to_human_label_map.txt";

  private static final Pattern ENTRY =
      Pattern.compile(
          "target_class:\\s*(\\d{1,4})\\s+target_class_string:\\s*\"([^\"]+)\"", Pattern.MULTILINE);

  private ImageNetLabels() {}

  /**
   * The names in the order of the numbers, or none where the files are not there.
   *
   * @param folder where the frozen graph lies
   * @param classes how many numbers there are
   * @throws BadInputException if only one of the files is there, or one is damaged
   */
  static List<String> in(Path folder, int classes) {
    Path numbers = folder.resolve(NUMBERS);
    Path words = folder.resolve(WORDS);
    if (!Files.exists(numbers) && !Files.exists(words)) {
      return List.of();
    }
    Map<String, String> named = words(words);
    List<String> names =
        new ArrayList<>(IntStream.range(0, classes).mapToObj(i -> "unused " + i).toList());
    int found = 0;
    Matcher entries = ENTRY.matcher(read(numbers));
    while (entries.find()) {
      int number = Integer.parseInt(entries.group(1));
      String name = named.get(entries.group(2));
      if (number >= classes || name == null) {
        throw damaged(numbers, "its class %d, %s, has no name".formatted(number, entries.group(2)));
      }
      names.set(number, name);
      found++;
    }
    if (found == 0) {
      throw damaged(numbers, "it has no entries");
    }
    return List.copyOf(names);
  }

  /**
   * The names of the classes in the order of their synsets, which is that of all networks but
   * Inception: each by its first word, or by all of them where two classes share the first.
   *
   * @return none where the files are not there
   * @throws BadInputException if one of them is damaged
   */
  static List<String> bySynset(Path folder) {
    Path numbers = folder.resolve(NUMBERS);
    Path words = folder.resolve(WORDS);
    if (!Files.exists(numbers) || !Files.exists(words)) {
      return List.of();
    }
    Map<String, String> named = words(words);
    Map<String, String> sorted = new TreeMap<>();
    Matcher entries = ENTRY.matcher(read(numbers));
    while (entries.find()) {
      String name = named.get(entries.group(2));
      if (name == null) {
        throw damaged(numbers, "its class %s has no name".formatted(entries.group(2)));
      }
      sorted.put(entries.group(2), name);
    }
    List<String> firsts = sorted.values().stream().map(ImageNetLabels::first).toList();
    return sorted.values().stream()
        .map(name -> Collections.frequency(firsts, first(name)) > 1 ? name : first(name))
        .toList();
  }

  private static String first(String name) {
    return name.split(",")[0].strip();
  }

  private static Map<String, String> words(Path file) {
    Map<String, String> named = new HashMap<>();
    for (String line : read(file).split("\\R")) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        named.put(line.substring(0, tab), line.substring(tab + 1).strip());
      }
    }
    return named;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw damaged(file, "it cannot be read");
    }
  }

  private static BadInputException damaged(Path file, String what) {
    return new BadInputException(
        "the class names in '%s' are of no use (%s); get the archive of %s again, or remove them"
            .formatted(file, what, FrozenInceptionGraph.OFFICIAL_NAME));
  }
}
