package tsugiki.train;

/** The course of a training, for the line that shows its progress: the place and the work left. */
public interface Course {
  /** By which factor the work of two steps may differ by rounding alone. */
  double ALIKE = 1.001;

  /** Steps that are all alike. */
  Course EVEN =
      new Course() {
        @Override
        public String place(long done, long steps) {
          return "step %d of %d".formatted(done, steps);
        }

        @Override
        public double work(long done) {
          return done;
        }
      };

  /**
   * Where a training is, in words.
   *
   * @param done the number of finished steps
   * @param steps the number of all steps
   */
  String place(long done, long steps);

  /**
   * The work of the first steps together, in any unit; it grows with their number.
   *
   * @param done their number
   */
  double work(long done);

  /**
   * The last of the steps that take longest.
   *
   * @param steps the number of all steps
   * @return its number, from 0
   */
  default long longest(long steps) {
    long longest = steps - 1;
    for (long step = steps - 2; step >= 0; step--) {
      if (cost(step) > ALIKE * cost(longest)) {
        longest = step;
      }
    }
    return longest;
  }

  /** The work of a step, from 0. */
  default double cost(long step) {
    return work(step + 1) - work(step);
  }
}
