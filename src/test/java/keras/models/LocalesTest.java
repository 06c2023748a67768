package keras.models;

import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locales whose digits are not ASCII, which TensorFlow refuses in names. */
class LocalesTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "mr-IN-u-nu-deva", "tr-TR"})
  void runsInAnyLocale(String tag) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try (Sequential model =
        new Sequential(
            new Input(shape(20, 2)),
            new LSTM(3).activation("relu").returnSequences(true),
            new LSTM(2),
            new Dense(1))) {
      model.compile(c -> c.loss("mse").optimizer("adam").metrics("mae"));
      model.fit(new float[4][20][2], new float[4][1], f -> f.epochs(2).verbose(0));
      model.save(folder.resolve("m.keras"));
      model.export(folder.resolve("served"));
      assertThat(model.toJson()).matches("\\p{ASCII}*");
      try (Model loaded = Models.loadModel(folder.resolve("m.keras"))) {
        assertThat(loaded.predict(new float[1][20][2], p -> p.verbose(0)).size()).isEqualTo(1);
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
