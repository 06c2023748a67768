package keras.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import keras.constraints.Constraint;
import keras.initializers.Initializer;
import keras.layers.Input;
import keras.layers.Layer;
import keras.losses.Loss;
import keras.metrics.Metric;
import keras.optimizers.Optimizer;
import keras.optimizers.schedules.LearningRateSchedule;
import keras.regularizers.Regularizer;
import keras.testing.Golden;
import keras.utils.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No class is forgotten: each has a {@code fromConfig} and stands in a golden file. */
class EveryConfigTest {

  private static Set<String> classes(Class<?> kind) {
    Set<String> names = new TreeSet<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("keras")) {
      boolean concrete =
          each.getModifiers().contains(JavaModifier.PUBLIC)
              && each.getModifiers().contains(JavaModifier.FINAL);
      if (concrete && each.isAssignableTo(kind)) {
        assertThat(each.tryGetMethod("fromConfig", Config.class)).as(each.getName()).isPresent();
        names.add(each.isEquivalentTo(Input.class) ? "InputLayer" : each.getSimpleName());
        names.remove("Lambda"); // Its function is in no configuration; see LambdaTest.
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Layer.class,
        Initializer.class,
        Regularizer.class,
        Constraint.class,
        Loss.class,
        Metric.class,
        Optimizer.class,
        LearningRateSchedule.class
      })
  void isReadAndComparedWithKeras(Class<?> kind) {
    Set<String> written = new TreeSet<>();
    for (String file : List.of("models", "optimizers", "losses", "metrics")) {
      collect(Golden.load("model_json/" + file).json(), written);
    }
    assertThat(classes(kind)).isNotEmpty().isSubsetOf(written);
  }

  private static void collect(JsonNode node, Set<String> classNames) {
    if (node.has("class_name")) {
      classNames.add(node.get("class_name").asText());
    }
    node.forEach(each -> collect(each, classNames));
  }

  @Test
  void countsAllLayers() {
    assertThat(classes(Layer.class)).contains("Dense", "LSTM", "InputLayer", "Sequential");
  }
}
