package tsugiki.cluster;

import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import tsugiki.data.Crop;
import tsugiki.data.ImageSource;
import tsugiki.data.ImageSupply;
import tsugiki.score.GeneratedImages;

/** Some images of a side, described so that any process can make them. */
sealed interface ImagesPart extends Serializable {
  /** Hands the images on; they are there until the call returns. */
  <T> T with(Function<ImageSupply, T> use);

  /**
   * Images in files.
   *
   * @param path of the source, the same on all machines
   * @param crop what is used of them
   * @param names of the images in the source
   */
  record InFiles(String path, Crop crop, List<String> names) implements ImagesPart {
    /** A zip's directory is not read again for every part. */
    private static final KeptOpen<Path, ImageSource> OPEN = new KeptOpen<>(ImageSource::open);

    @Override
    public <T> T with(Function<ImageSupply, T> use) {
      Path place = Path.of(path);
      if (Files.isDirectory(place)) {
        try (ImageSource source = ImageSource.open(place, names)) {
          return use.apply(source.cropped(crop));
        }
      }
      try (KeptOpen<Path, ImageSource>.Lease source = OPEN.lease(place)) {
        return use.apply(source.value().of(names).cropped(crop));
      }
    }
  }

  /**
   * Images that a generator draws.
   *
   * @param images how
   * @param name what messages call the images
   * @param firstSeed of the first image; the next ones have the next seeds
   * @param count how many
   */
  record Drawn(DrawnImages images, String name, long firstSeed, int count) implements ImagesPart {
    @Override
    public <T> T with(Function<ImageSupply, T> use) {
      try (DrawnImages.Drawing drawing = images.open()) {
        return use.apply(new GeneratedImages(drawing.sampler(), name, count, firstSeed));
      }
    }
  }
}
