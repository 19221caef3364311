package tsugiki.score;

import java.util.List;
import java.util.Optional;
import tsugiki.base.BadInputException;
import tsugiki.data.ImageSupply;
import tsugiki.model.FrozenNetwork;
import tsugiki.model.SpatialNetwork;
import tsugiki.pretrained.FrozenNetworks;

/**
 * The metrics of images that share no pass of a network with others, {@code sifid}, {@code lpips}
 * and {@code spectrum}, which are computed only where the options require them by name.
 */
final class ImageScores {
  private final ScoreNetwork chosen;
  private final ScoreOptions options;
  private final ScoreProgress progress;

  ImageScores(ScoreNetwork chosen, ScoreOptions options, ScoreProgress progress) {
    this.chosen = chosen;
    this.options = options;
    this.progress = progress;
  }

  /** Refuses metrics whose images are missing. */
  void check(Optional<ImageSupply> real, Optional<ImageSupply> generated) {
    for (Metric metric : List.of(Metric.SIFID, Metric.SPECTRUM)) {
      if (options.requires(metric)) {
        require(metric, "real", real);
        require(metric, "generated", generated);
      }
    }
    if (options.requires(Metric.LPIPS)) {
      require(Metric.LPIPS, "generated", generated);
    }
  }

  private static void require(Metric metric, String argument, Optional<ImageSupply> images) {
    if (images.isEmpty()) {
      throw new BadInputException(
          "⟨metrics⟩ %s needs images; give a folder, a zip or an image as ⟨%s⟩"
              .formatted(metric, argument));
    }
  }

  /** Adds them to a sheet; the images are those that {@link #check} has seen. */
  void add(Optional<ImageSupply> real, Optional<ImageSupply> generated, ScoreSheetBuilder sheet) {
    if (options.requires(Metric.SIFID)) {
      addSingleImages(real.orElseThrow(), generated.orElseThrow(), sheet);
    }
    if (options.requires(Metric.LPIPS)) {
      addDiversity(real, generated.orElseThrow(), sheet);
    }
    if (options.requires(Metric.SPECTRUM)) {
      addSpectrum(real.orElseThrow(), generated.orElseThrow(), sheet);
    }
  }

  private void addSingleImages(ImageSupply real, ImageSupply generated, ScoreSheetBuilder sheet) {
    SpatialNetwork spatial = FrozenNetworks.openSpatial("⟨network⟩", chosen.name());
    try (SpatialPositions positions = new SpatialPositions(spatial, chosen.pipeline().session())) {
      sheet.singleImages(
          spatial.spatialScore(), positions.distances(real, generated), spatial.spatialProtocol());
    }
  }

  private void addSpectrum(ImageSupply real, ImageSupply generated, ScoreSheetBuilder sheet) {
    progress.begin("spectra", real.count() + generated.count());
    try {
      sheet.spectrum(SpectrumRatio.of(real, generated, progress::step));
    } finally {
      progress.end();
    }
  }

  private void addDiversity(
      Optional<ImageSupply> real, ImageSupply generated, ScoreSheetBuilder sheet) {
    FrozenNetwork distance = FrozenNetworks.openLpips("⟨lpipsNetwork⟩", chosen.lpips());
    try (LpipsImages lpips =
        new LpipsImages(
            distance, options.lpipsImages(), options.seed(), chosen.pipeline().session())) {
      progress.begin("distances", lpips.distances(generated, real));
      sheet.diversity(lpips.of(generated, real, progress::step), distance.protocol());
    } finally {
      progress.end();
    }
  }
}
