package tsugiki.base;

/** A system property for the length of a block, after which it is as it was before. */
public final class SystemProperty implements AutoCloseable {
  private final String name;
  private final String before;

  /** Sets it. */
  public SystemProperty(String name, String value) {
    this.name = name;
    before = System.setProperty(name, value);
  }

  @Override
  public void close() {
    if (before == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, before);
    }
  }
}
