package keras.models;

import static keras.layers.Input.batchShape;
import static keras.layers.Input.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import keras.backend.Variable;
import keras.layers.Dense;
import keras.layers.Input;
import keras.layers.LSTM;
import keras.layers.Layer;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;

/** Messages about missing or too large things are plain. */
class MissingThingsTest {

  private static void refuses(Runnable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call::run).withMessage(message);
  }

  private static Sequential line() {
    return new Sequential(new Input(shape(2)), new Dense(1).name("line")).name("net");
  }

  @Test
  void refusesNullForALayer() {
    try (Sequential model = line()) {
      String message =
          """
          Sequential%s.add: there is no layer.
            expected: a layer
            got:      null
            fix:      model.add(new Dense(1))\
          """;
      refuses(() -> model.add(null), message.formatted(" \"net\""));
      refuses(() -> new Sequential((Layer<?>) null), message.formatted(""));
      assertThat(model.layers()).hasSize(1);
    }
  }

  @Test
  void refusesWeightsThatAreMissing() {
    try (Sequential model = line()) {
      String message =
          """
          %s.setWeights: there is an array missing.
            expected: 2 arrays: [kernel FLOAT32[2, 1], bias FLOAT32[1]]
            got:      %s
            fix:      give one array for each, in their order\
          """;
      List<FloatNdArray> second = Arrays.asList(NdArrays.ofFloats(Shape.of(2, 1)), null);
      refuses(() -> model.setWeights(null), message.formatted("Sequential \"net\"", "null"));
      refuses(
          () -> model.getLayer(0).setWeights(second),
          message.formatted("Dense \"line\"", "null at place 1"));
    }
  }

  @Test
  void refusesValuesThatDoNotFillAVariable() {
    try (Sequential model = line()) {
      Variable kernel = model.weights().get(0);
      String message =
          """
          Variable "kernel": the values do not fill its shape.
            expected: 2 numbers for (2, 1)
            got:      %s
            fix:      give as many numbers as the shape holds\
          """;
      refuses(() -> kernel.assign(new float[5]), message.formatted("5 numbers"));
      refuses(() -> kernel.assign((float[]) null), message.formatted("null"));
      refuses(() -> kernel.assign((FloatNdArray) null), message.formatted("null"));
      model.predict(new float[1][2], p -> p.verbose(0));
      refuses(() -> kernel.assign(new float[1]), message.formatted("1 numbers"));
      kernel.assign(3, 4);
      assertThat(kernel.floats()).containsExactly(3, 4);
    }
  }

  @Test
  void refusesShapesThatAreMissing() {
    String message =
        """
        Input.%1$s: there are no dimensions.
          expected: a number for each dimension, or null for one that is not known
          got:      null in place of all of them
          fix:      %1$s((Integer) null) for a single one that is not known\
        """;
    refuses(() -> shape((Integer[]) null), message.formatted("shape"));
    refuses(() -> batchShape((Integer[]) null), message.formatted("batchShape"));
    try (Sequential model = new Sequential(new Dense(1)).name("late")) {
      String build =
          """
          Sequential "late".build: the shape of a batch is missing.
            expected: its dimensions, the batch first; null for what is not known
            got:      %s
            fix:      model.build(null, timesteps, features)\
          """;
      refuses(() -> model.build(), build.formatted("no dimensions"));
      refuses(() -> model.build((Integer[]) null), build.formatted("null"));
      model.build(null, 3);
      assertThat(model.countParams()).isEqualTo(4);
    }
  }

  @Test
  void refusesWhatNoArrayCanHold() {
    String message =
        """
        %s: %s is too large.
          expected: at most 2147483639 numbers in one variable
          got:      %s
          fix:      take fewer units or features, or a smaller batch where it is part of the shape\
        """;
    try (Sequential model = new Sequential(new Input(batchShape(2_000_000, 3, 1)))) {
      refuses(
          () -> model.add(new LSTM(2000).stateful(true).name("many")),
          message.formatted("LSTM \"many\"", "the state", "(2000000, 2000)"));
    }
    try (Sequential model = new Sequential(new Input(shape(3)))) {
      refuses(
          () -> model.add(new Dense(Integer.MAX_VALUE).name("wide")),
          message.formatted("Dense \"wide\"", "kernel", "(3, 2147483647)"));
    }
  }

  @Test
  void findsLayersByTheirPlaceFromEitherEnd() {
    try (Sequential model = line();
        Sequential empty = new Sequential().name("empty")) {
      model.add(new Dense(2).name("last"));
      assertThat(model.getLayer(-1)).isSameAs(model.getLayer(1)).isSameAs(model.getLayer("last"));
      assertThat(model.getLayer(-2).name()).isEqualTo("line");
      String message =
          """
          Sequential "net".getLayer: there is no layer at place %1$d.
            expected: from 0 to 1, or from -2 to -1
            got:      %1$d
            fix:      getLayer(-1) for the last one\
          """;
      refuses(() -> model.getLayer(7), message.formatted(7));
      refuses(() -> model.getLayer(-3), message.formatted(-3));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> empty.getLayer(0))
          .withMessageContaining("fix:      add layers first");
    }
  }

  @Test
  void countsNoParametersBeforeThereAreAny() {
    try (Sequential model = new Sequential(new Dense(1)).name("late")) {
      assertThatIllegalStateException()
          .isThrownBy(model::countParams)
          .withMessage(
              """
              Sequential "late".countParams: the weights are not made yet.
                expected: a layer or a model that knows the shape of its input
                got:      a call before it is built
                fix:      start the model with new Input(shape(...)), or call model.build(...) first\
              """);
      assertThatIllegalStateException().isThrownBy(model.getLayer(0)::countParams);
    }
  }
}
