package keras.internal.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import keras.testing.InGraph;
import keras.utils.FloatArrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class BiasedProductTest {

  private static final int FEATURES = 3;
  private static final int COLUMNS = 100;

  private final Random random = new Random(4);

  /**
   * In one op or in two. Whole numbers: whatever the order of the additions, the sums are exact.
   */
  @ParameterizedTest
  @CsvSource({"7, true, true", "7, true, false", "201, true, true", "7, false, true"})
  void multipliesWithTheKernelAndAddsTheBias(int rows, boolean known, boolean biased) {
    FloatNdArray left = whole(rows, FEATURES);
    FloatNdArray kernel = whole(FEATURES, COLUMNS);
    FloatNdArray bias = whole(COLUMNS);

    FloatNdArray product =
        InGraph.run(
                List.of(left, kernel, bias),
                (tf, fed) -> {
                  Operand<TFloat32> multiplied =
                      tf.ensureShape(fed.get(0), Shape.of(known ? rows : -1, FEATURES));
                  Operand<TFloat32> with = tf.ensureShape(fed.get(1), Shape.of(FEATURES, COLUMNS));
                  return List.of(
                      BiasedProduct.of(tf, multiplied, with, biased ? fed.get(2) : null));
                })
            .get(0);

    assertThat(product.shape()).isEqualTo(Shape.of(rows, COLUMNS));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        float expected = biased ? bias.getFloat(j) : 0;
        for (int k = 0; k < FEATURES; k++) {
          expected += left.getFloat(i, k) * kernel.getFloat(k, j);
        }
        assertThat(product.getFloat(i, j)).isEqualTo(expected);
      }
    }
  }

  private FloatNdArray whole(long... shape) {
    float[] values = new float[(int) Shape.of(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(19) - 9;
    }
    return FloatArrays.wrap(values, shape);
  }
}
