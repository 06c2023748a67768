package keras.layers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import keras.testing.LayerCheck;
import org.junit.jupiter.api.Test;

class DenseTest {

  private static LayerCheck check(Dense layer, String name) {
    return LayerCheck.of(layer).golden("layers/dense", name);
  }

  @Test
  void multipliesWithTheKernelAndAddsTheBias() {
    check(new Dense(3), "defaults").input(2, 4).outputShape(2, 3).trainable(2).run();
  }

  @Test
  void worksOnTheLastDimension() {
    check(new Dense(3).activation("tanh"), "timesteps")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .trainable(2)
        .run();
    check(new Dense(3), "timesteps of timesteps")
        .input(2, 3, 2, 4)
        .outputShape(2, 3, 2, 3)
        .trainable(2)
        .run();
  }

  @Test
  void worksOnOneRow() {
    check(new Dense(3).activation("softmax"), "one row")
        .input(1, 4)
        .outputShape(1, 3)
        .trainable(2)
        .run();
    check(new Dense(3).activation("tanh").useBias(false), "one row without bias")
        .input(1, 4)
        .outputShape(1, 3)
        .trainable(1)
        .run();
    check(new Dense(3), "one timestep of one sample")
        .input(1, 1, 4)
        .outputShape(1, 1, 3)
        .trainable(2)
        .run();
  }

  @Test
  void leavesOutTheBias() {
    check(new Dense(3).activation("relu").useBias(false), "no bias")
        .input(2, 4)
        .outputShape(2, 3)
        .trainable(1)
        .run();
  }

  @Test
  void passesAMaskOn() {
    check(new Dense(3).activation("softmax"), "softmax")
        .input(2, 3, 4)
        .outputShape(2, 3, 3)
        .trainable(2)
        .run();
    check(new Dense(3), "mask").input(2, 3, 4).outputShape(2, 3, 3).trainable(2).run();
  }

  @Test
  void addsTheActivityRegularizerToTheLoss() {
    check(new Dense(3).activityRegularizer("l2"), "activity_regularizer")
        .input(4, 2)
        .outputShape(4, 3)
        .trainable(2)
        .run();
  }

  @Test
  void staysAsItIsWhenFrozen() {
    check(new Dense(3).trainable(false), "frozen").input(2, 4).outputShape(2, 3).run();
  }

  @Test
  void writesItsPartsIntoTheConfiguration() {
    check(new Dense(3).kernelInitializer("he_normal").biasInitializer("ones"), "initializers")
        .input(2, 4)
        .outputShape(2, 3)
        .trainable(2)
        .run();
    check(
            new Dense(3)
                .kernelRegularizer("l2")
                .biasRegularizer("l1")
                .kernelConstraint("max_norm")
                .biasConstraint("non_neg"),
            "regularizers, constraints")
        .input(2, 4)
        .outputShape(2, 3)
        .trainable(2)
        .run();
  }

  @Test
  void rejectsZeroUnits() {
    assertThatThrownBy(() -> new Dense(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            Dense: units must be a positive number.
              expected: at least 1
              got:      0
              fix:      give units a value of 1 or more""");
  }
}
