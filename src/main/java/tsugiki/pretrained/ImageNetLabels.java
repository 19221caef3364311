package tsugiki.pretrained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Map<String, String> named = new HashMap<>();
    for (String line : read(words).split("\\R")) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        named.put(line.substring(0, tab), line.substring(tab + 1).strip());
      }
    }
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
