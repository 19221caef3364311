package tsugiki.data;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tsugiki.base.BadInputException;

/** Tells what a path leads to: a folder, a zip, a folder in a zip, arrays or one image file. */
final class ImagePlaces {
  private ImagePlaces() {}

  /**
   * The files of a place.
   *
   * @param path as {@link ImageSource#open} takes it
   * @throws BadInputException if there is nothing, or nothing that can be read
   */
  static ImageFiles find(Path path) {
    if (Files.isDirectory(path)) {
      refuseRun(path);
      ImageFiles images = FolderFiles.list(path);
      return images.names().isEmpty() ? ArrayDatasets.folder(path).orElse(images) : images;
    }
    if (isZip(path)) {
      return ZipFiles.open(path, "", ZipFiles.Limits.DEFAULT);
    }
    if (Files.isRegularFile(path)) {
      return ArrayDatasets.file(path).orElseGet(() -> singleImage(path));
    }
    if (Files.exists(path)) {
      throw new BadInputException(
          "'%s' is %s; give a folder, a zip or a %s file"
              .formatted(path, LeftOutFiles.SPECIAL, ImageFormats.LISTED));
    }
    return folderInZip(path);
  }

  /** The pictures of a run or a study are charts and sheets of many images. */
  private static void refuseRun(Path folder) {
    boolean study = Files.exists(folder.resolve("study.csv"));
    boolean begun = study || Files.exists(folder.resolve("metrics.jsonl"));
    if (begun && Files.exists(folder.resolve("options.json"))) {
      throw new BadInputException(
          "'%s' is the directory of a %s, whose pictures are charts and sheets of many images; draw images with its model (generate ⟨model⟩ %s ⟨out⟩ DIR) and name their folder"
              .formatted(
                  folder, study ? "study" : "run", study ? folder.resolve("TRIAL") : folder));
    }
  }

  private static ImageFiles singleImage(Path file) {
    if (!ImageFormats.isImageName(file.getFileName().toString())) {
      throw new BadInputException(
          "'%s' is neither a folder, a zip nor a %s file; give one of these"
              .formatted(file, ImageFormats.LISTED));
    }
    return FolderFiles.single(file);
  }

  private static ImageFiles folderInZip(Path path) {
    for (Path zip = path.getParent(); zip != null; zip = zip.getParent()) {
      if (isZip(zip)) {
        String folder = zip.relativize(path).toString().replace(File.separatorChar, '/') + "/";
        return ZipFiles.open(zip, folder, ZipFiles.Limits.DEFAULT);
      }
    }
    throw new BadInputException(
        Files.isSymbolicLink(path)
            ? "'%s' is %s; check the link".formatted(path, LeftOutFiles.DANGLING)
            : "'%s' does not exist; check the path".formatted(path));
  }

  private static boolean isZip(Path path) {
    return Files.isRegularFile(path)
        && path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
