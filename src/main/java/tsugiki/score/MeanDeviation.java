package tsugiki.score;

/**
 * Mean and population standard deviation (divisor N, as {@code numpy.std}) of some figures.
 *
 * @param mean their mean
 * @param deviation the square root of their mean squared distance from it
 */
record MeanDeviation(double mean, double deviation) {
  static MeanDeviation of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new MeanDeviation(mean, Math.sqrt(squares / values.length));
  }
}
