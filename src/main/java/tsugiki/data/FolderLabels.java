package tsugiki.data;

/** Labels by folder: the folder of an image is its class. */
public record FolderLabels() implements GivenSource {
  @Override
  public GivenLabels given(ImageSet images) {
    ClassFolders.refuseParts(images);
    return new GivenLabels(images.classNames(), images.labels(), new int[0]);
  }
}
