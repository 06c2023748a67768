package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import keras.initializers.Constant;
import keras.models.Model;
import keras.models.Sequential;
import keras.optimizers.SGD;
import keras.testing.Close;
import keras.utils.Config;
import org.junit.jupiter.api.Test;

/** Means and variances of a batch; the numbers of Keras are in EveryLayerTest. */
class BatchNormalizationTest {

  private static final float[][] X = {{1, 10}, {3, 30}};
  private static final float[][] Y = {{0}, {0}};

  private static Sequential model(BatchNormalization layer) {
    Sequential model = new Sequential();
    model.add(new Input(Input.shape(2)));
    model.add(layer);
    model.add(new Dense(1).kernelInitializer(new Constant(0.5)));
    model.compile(c -> c.loss("mse").optimizer(new SGD(0.0)));
    return model;
  }

  @Test
  void movesItsAveragesInTrainingOnly() {
    BatchNormalization layer = new BatchNormalization().momentum(0.5);
    try (Sequential model = model(layer)) {
      model.predict(X, p -> p.verbose(0));
      Close.assertThatArray(layer.getWeights().get(2)).isCloseTo(new float[] {0, 0});
      model.trainOnBatch(X, Y);
      Close.assertThatArray(layer.getWeights().get(2)).isCloseTo(new float[] {1, 10});
      Close.assertThatArray(layer.getWeights().get(3)).isCloseTo(new float[] {1, 50.5f});
    }
  }

  @Test
  void usesItsAveragesWhereItIsFrozen() {
    BatchNormalization layer = new BatchNormalization().momentum(0.5);
    layer.trainable(false);
    try (Sequential model = model(layer)) {
      model.trainOnBatch(X, Y);
      Close.assertThatArray(layer.getWeights().get(2)).isCloseTo(new float[] {0, 0});
    }
  }

  @Test
  void letsTheBatchBeCutUnlessALayerAroundItTakesOnePartAtATime() {
    try (Sequential model = model(new BatchNormalization())) {
      assertThat(LayerAccess.needsWholeBatch(model)).isFalse();
      Sequential outer = new Sequential();
      outer.add(new Input(Input.shape(2)));
      outer.add(model);
      assertThat(LayerAccess.needsWholeBatch(outer)).isFalse();
      assertThat(LayerAccess.joinsParts(outer)).isTrue();
      outer.close();
    }
    TimeDistributed each = new TimeDistributed(new BatchNormalization());
    assertThat(LayerAccess.needsWholeBatch(each)).isTrue();
  }

  @Test
  void isTheSameInAModelInsideOfAnother() {
    BatchNormalization plain = new BatchNormalization();
    BatchNormalization inside = new BatchNormalization();
    KerasTensor x = new Input(Input.shape(2)).tensor();
    Model inner = new Model(x, inside.call(x));
    KerasTensor z = new Input(Input.shape(2)).tensor();
    KerasTensor y = new Dense(1).kernelInitializer(new Constant(0.5)).call(inner.call(z));
    try (Sequential one = model(plain);
        Model two = new Model(z, y)) {
      two.compile(c -> c.loss("mse").optimizer(new SGD(0.0)));
      double first = one.trainOnBatch(X, Y).get("loss");
      assertThat(two.trainOnBatch(X, Y).get("loss")).isEqualTo(first);
      Close.assertThatArray(inside.getWeights().get(3)).isCloseTo(plain.getWeights().get(3));
    }
  }

  @Test
  void refusesTheCorrectionThatItDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BatchNormalization.fromConfig(Config.of("layer", Map.of("renorm", true))))
        .withMessageContaining("renorm");
  }
}
