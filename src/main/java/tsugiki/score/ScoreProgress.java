package tsugiki.score;

/** Listens to the parts of a scoring that take long, one after the other. */
public interface ScoreProgress {
  /** Listens to nothing. */
  ScoreProgress NONE =
      new ScoreProgress() {
        @Override
        public void begin(String what, long count) {}

        @Override
        public void step(int more) {}

        @Override
        public void end() {}
      };

  /**
   * A part begins.
   *
   * @param what is counted, such as {@code images}
   * @param count how many there are
   */
  void begin(String what, long count);

  /** So many more are done. */
  void step(int more);

  /** The part has ended, or failed. */
  void end();
}
