package tsugiki.exchange;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tsugiki.exchange.SavedModelWriter.Precision;

class SavedModelWriterTest {
  @TempDir Path folder;

  @Test
  void x() throws Exception {
    TinyGenerator tiny = TinyGenerator.make();
    Path model = Path.of("target/m");
    tiny.writer(Precision.FLOAT).write(model);
    tiny.writer(Precision.HALF).write(Path.of("target/h"));
  }
}
