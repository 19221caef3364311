package tsugiki.train;

/** The course of a training, for the line that shows its progress: the place and the work left. */
public interface Course {
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
}
