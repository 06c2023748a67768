package keras.layers;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Puts the dimensions of samples into another order. Keras: {@code keras.layers.Permute}.
 *
 * <p>Shapes: (batch, d1, d2, ...) → (batch, the same in the new order). A mask is not passed on.
 */
public final class Permute extends KerasLayer<Permute> {

  private final int[] dims;

  /**
   * A permuting layer.
   *
   * @param dims the new order: each dimension of a sample once, counted from 1. (2, 1) swaps two
   * @throws IllegalArgumentException if it is no permutation
   */
  public Permute(int... dims) {
    Checks.notNull("Permute", "dims", dims);
    this.dims = dims.clone();
    int[] sorted = Arrays.stream(dims).sorted().toArray();
    if (!Arrays.equals(sorted, IntStream.rangeClosed(1, dims.length).toArray())) {
      throw Errors.in("Permute", "dims must name each dimension of a sample once.")
          .expected("the numbers 1 to " + dims.length + " in any order, the batch not counted")
          .got(Arrays.toString(dims))
          .fix("new Permute(2, 1) swaps the two dimensions of a sample")
          .argument();
    }
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.rank(
        this,
        inputShape,
        dims.length + 1,
        "(batch, ...) with " + dims.length + " dimensions after the batch",
        "name each dimension of the input but the batch in new Permute(...)");
    long[] sizes = new long[dims.length + 1];
    int[] order = order();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = inputShape.get(order[i]);
    }
    return Shape.of(sizes);
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    return context.tf().linalg.transpose(inputs, context.tf().constant(order()));
  }

  private int[] order() {
    return IntStream.concat(IntStream.of(0), Arrays.stream(dims)).toArray();
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Permute.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Permute fromConfig(Config config) {
    Checks.notNull("Permute.fromConfig", "config", config);
    return new Permute(config.integers("dims")).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("dims", Arrays.stream(dims).boxed().toList());
    return config;
  }
}
