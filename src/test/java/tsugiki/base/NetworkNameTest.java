package tsugiki.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkNameTest {
  private static final String HERE = Path.of("").toAbsolutePath().toString();

  @Test
  void weightsAreFoundFromEverywhere() {
    assertThat(NetworkName.absolute("inception-folded:../weights"))
        .isEqualTo("inception-folded:" + Path.of(HERE).resolveSibling("weights"));
    assertThat(NetworkName.absolute("vgg16:/w/vgg16.h5")).isEqualTo("vgg16:/w/vgg16.h5");
    assertThat(NetworkName.absolute("savedmodel:m/model#serving_default:images,features"))
        .isEqualTo("savedmodel:" + HERE + "/m/model#serving_default:images,features");
  }

  @Test
  void aNameAloneStays() {
    assertThat(NetworkName.absolute("starter")).isEqualTo("starter");
    assertThat(NetworkName.absolute("")).isEmpty();
    assertThat(NetworkName.absolute("vgg16:")).isEqualTo("vgg16:");
  }
}
