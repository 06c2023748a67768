package keras.internal.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import keras.callbacks.Callback;
import keras.layers.Dense;
import keras.layers.Input;
import keras.models.Sequential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refuses null by name, except where Keras takes None. */
class MissingArgumentsTest {

  private final Sequential model = new Sequential(new Input(Input.shape(3)), new Dense(1));
  private final float[][] x = {{1, 2, 3}, {3, 1, 2}};
  private final float[][] y = {{1}, {2}};

  @BeforeEach
  void compile() {
    model.compile(c -> c.loss("mse").optimizer("sgd"));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static void refuses(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }

  @Test
  void namesTheCallThatLacksOptions() {
    String message =
        """
        %s: the options are missing.
          expected: a lambda that sets them, such as o -> {}
          got:      null
          fix:      give o -> {} to keep the defaults""";
    refuses(() -> model.compile(null), message.formatted("compile"));
    refuses(() -> model.fit(x, y, null), message.formatted("fit"));
    refuses(() -> model.evaluate(x, y, null), message.formatted("evaluate"));
    refuses(() -> model.predict(x, null), message.formatted("predict"));
  }

  @Test
  void namesTheOptimizer() {
    refuses(
        () -> model.compile(c -> c.optimizer((String) null)),
        """
        compile: optimizer: an optimizer is missing.
          expected: a name or an Optimizer
          got:      null
          fix:      optimizer("adam"), or leave optimizer out""");
  }

  @Test
  void namesMetrics() {
    String message =
        """
        compile: %1$s: a metric is missing.
          expected: one or more, none of them null
          got:      null
          fix:      %1$s("mae"), or leave %1$s out""";
    refuses(() -> model.compile(c -> c.metrics((Object[]) null)), message.formatted("metrics"));
    refuses(() -> model.compile(c -> c.metrics("mae", null)), message.formatted("metrics"));
    refuses(
        () -> model.compile(c -> c.weightedMetrics((Object) null)),
        message.formatted("weightedMetrics"));
  }

  @Test
  void namesCallbacks() {
    String message =
        """
        %s: callbacks: a callback is missing.
          expected: one or more, none of them null
          got:      null
          fix:      callbacks(new History()), or leave callbacks out""";
    Callback none = null;
    refuses(() -> model.fit(x, y, f -> f.callbacks(none)), message.formatted("fit"));
    refuses(() -> model.evaluate(x, y, e -> e.callbacks(none)), message.formatted("evaluate"));
    refuses(() -> model.predict(x, p -> p.callbacks(none)), message.formatted("predict"));
  }

  @Test
  void takesKerassDefaults() {
    assertThat(model.fit(x, y, f -> f.classWeight(null).sampleWeight(null).verbose(0)).keys())
        .containsExactly("loss");
    assertThat(model.evaluate(x, y, e -> e.sampleWeight(null).verbose(0))).containsOnlyKeys("loss");
    assertThat(model.trainOnBatch(x, y, (Map<Integer, Double>) null)).containsOnlyKeys("loss");
    assertThat(model.testOnBatch(x, y, null)).containsOnlyKeys("loss");
  }
}
