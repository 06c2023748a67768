package keras.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import keras.initializers.HeUniform;
import keras.testing.Close;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/** Products by an equation; the numbers of Keras are in EveryLayerTest. */
class EinsumDenseTest {

  private static void call(EinsumDense layer, Integer... sizes) {
    layer.call(new Input(Input.shape(sizes)).tensor());
  }

  @Test
  void refusesEquationsOfAnotherForm() {
    for (String equation :
        new String[] {"ab,bc", "...ab,bc->ac", "ab...,bc->...ac", "", "a b,b->a"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new EinsumDense(equation, 3))
          .withMessageContaining("the equation has another form");
    }
  }

  @Test
  void refusesShapesThatDoNotFitTheEquation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cd->abd", null, 3), 4))
        .withMessageContaining("another number of dimensions than the equation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cd->abd", 3), 2, 4))
        .withMessageContaining("outputShape has another number of dimensions");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cd->abd", 5, 3), 2, 4))
        .withMessageContaining("outputShape does not go with the input");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cde->abd", null, 3), 2, 4))
        .withMessageContaining("the kernel has a dimension that is nowhere else");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cd->abd", null, 3).biasAxes("c"), 2, 4))
        .withMessageContaining("biasAxes names a dimension that the output does not have");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call(new EinsumDense("abc,cd->abd", null, null), 2, 4))
        .withMessageContaining("the dimensions of its weights must be known");
  }

  @Test
  void countsTheFansAlongTheAxesOfTheEquation() {
    EinsumDense heads = new EinsumDense("abc,cde->abde", null, 2, 3);
    heads.kernelInitializer(new HeUniform().seed(5));
    call(heads, 4, 8);
    Dense flat = new Dense(6).kernelInitializer(new HeUniform().seed(5));
    flat.call(new Input(Input.shape(4, 8)).tensor());
    assertThat(heads.getWeights().get(0).shape()).isEqualTo(Shape.of(8, 2, 3));
    float[] values = new float[48];
    int[] next = {0};
    flat.getWeights().get(0).scalars().forEach(each -> values[next[0]++] = each.getFloat());
    float[] own = new float[48];
    next[0] = 0;
    heads.getWeights().get(0).scalars().forEach(each -> own[next[0]++] = each.getFloat());
    Close.assertThatArray(own).isCloseTo(values);
  }
}
