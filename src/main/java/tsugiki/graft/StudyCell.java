package tsugiki.graft;

import tsugiki.study.Trial;

/**
 * A column of the first table of {@link GraftStudy}.
 *
 * @param domain of images
 * @param count of training images
 */
record StudyCell(StudyDomain domain, int count) {
  static String title(String domain, int count) {
    return "%s, %d images".formatted(domain, count);
  }

  String title() {
    return title(domain.name(), count);
  }

  /** What its files' names begin with. */
  String file() {
    return Trial.folderName("%s-%d".formatted(domain.name(), count));
  }

  boolean holdsOut() {
    return domain.holdsOut(count);
  }
}
