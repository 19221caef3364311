package tsugiki.cli;

import tsugiki.score.ScoreProgress;

/** Shows the parts of a scoring as bars on a terminal. */
final class ScoreBar implements ScoreProgress {
  private ImageBar bar;

  @Override
  public void begin(String what, long count) {
    end();
    bar = new ImageBar(what, count);
  }

  @Override
  public void step(int more) {
    if (bar != null) {
      bar.step(more);
    }
  }

  @Override
  public void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
