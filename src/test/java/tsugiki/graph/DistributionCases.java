package tsugiki.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tsugiki.loss.LatentPrior;
import tsugiki.loss.MomentPrior;
import tsugiki.loss.PowerSpectrum;
import tsugiki.loss.SlicedPrior;
import tsugiki.loss.SpectrumByHand;

/** The cases of the losses that compare distributions: of latent vectors, and of images. */
final class DistributionCases {
  private DistributionCases() {}

  static void addTo(List<LayerCase> cases) {
    LayerCases.add(
        cases,
        "LatentPrior.apply",
        "",
        // With these sizes nothing is about as near to two vectors, where the minimum has a kink.
        List.of(new int[] {3, 3}, new int[] {7, 3}),
        (tf, w, u, in) -> LatentPrior.apply(tf, in.get(0), in.get(1)),
        (w, in) ->
            Values.scalar(
                nearest(in.get(0), in.get(1)).average().orElseThrow()
                    + nearest(in.get(1), in.get(0)).average().orElseThrow()));
    moments(cases);
    // With these sizes no two vectors are about as far along a direction, where the order has a
    // kink.
    for (int[] counts : new int[][] {{4, 4}, {3, 6}}) {
      sliced(cases, counts[0], counts[1]);
    }
    powers(cases);
  }

  private static void moments(List<LayerCase> cases) {
    LayerCases.add(
        cases,
        "MomentPrior.apply",
        "",
        List.of(new int[] {5, 3}),
        (tf, w, u, in) -> MomentPrior.apply(tf, in.get(0), 0.4f),
        (w, in) -> {
          double sum = 0;
          for (int d = 0; d < 3; d++) {
            double[] entries = column(in.get(0), d);
            double mean = Arrays.stream(entries).average().orElseThrow();
            double variance =
                Arrays.stream(entries).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
            sum += mean * mean + Math.pow(Math.sqrt(variance + 1e-6) - 0.4, 2);
          }
          return Values.scalar(sum);
        });
  }

  private static void sliced(List<LayerCase> cases, int latents, int samples) {
    LayerCases.add(
        cases,
        "SlicedPrior.apply",
        latents + " and " + samples,
        List.of(new int[] {latents, 3}, new int[] {samples, 3}, new int[] {2, 3}),
        (tf, w, u, in) -> SlicedPrior.apply(tf, in.get(0), in.get(1), in.get(2)),
        (w, in) -> {
          double sum = 0;
          for (int p = 0; p < 2; p++) {
            double[] learned = along(in.get(0), in.get(2), p);
            double[] drawn = along(in.get(1), in.get(2), p);
            for (int i = 0; i < samples; i++) {
              sum += Math.pow(learned[i * latents / samples] - drawn[i], 2) / (2 * samples);
            }
          }
          return Values.scalar(3 * sum);
        });
  }

  private static void powers(List<LayerCase> cases) {
    int side = 4;
    LayerCases.add(
        cases,
        "PowerSpectrum.of",
        "",
        List.of(new int[] {2, side, side, 2}),
        (tf, w, u, in) -> PowerSpectrum.of(tf, in.get(0)),
        (w, in) ->
            new Values(
                new int[] {side, PowerSpectrum.columns(side)},
                SpectrumByHand.power(i -> in.get(0).data()[i], 2, side, 2)));
  }

  private static double[] column(Values rows, int d) {
    return IntStream.range(0, rows.shape()[0]).mapToDouble(i -> rows.at(i, d)).toArray();
  }

  /** Rows projected on a direction's unit vector, sorted. */
  private static double[] along(Values rows, Values directions, int p) {
    double squares = 0;
    double[] projected = new double[rows.shape()[0]];
    for (int d = 0; d < rows.shape()[1]; d++) {
      squares += Math.pow(directions.at(p, d), 2);
      for (int i = 0; i < projected.length; i++) {
        projected[i] += rows.at(i, d) * directions.at(p, d);
      }
    }
    double length = Math.sqrt(squares);
    return Arrays.stream(projected).map(x -> x / length).sorted().toArray();
  }

  /** The squared distance of each row of the first to the nearest row of the second. */
  private static DoubleStream nearest(Values from, Values to) {
    return IntStream.range(0, from.shape()[0])
        .mapToDouble(
            i ->
                IntStream.range(0, to.shape()[0])
                    .mapToDouble(j -> squaredDistance(from, i, to, j))
                    .min()
                    .orElseThrow());
  }

  private static double squaredDistance(Values a, int i, Values b, int j) {
    double sum = 0;
    for (int d = 0; d < a.shape()[1]; d++) {
      double difference = a.at(i, d) - b.at(j, d);
      sum += difference * difference;
    }
    return sum;
  }
}
