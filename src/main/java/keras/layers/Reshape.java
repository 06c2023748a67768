package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gives samples another shape, with the same numbers in the same order. Keras: {@code
 * keras.layers.Reshape}.
 *
 * <p>Shapes: (batch, ...) → (batch, target shape). A mask is not passed on.
 */
public final class Reshape extends KerasLayer<Reshape> {

  private final int[] targetShape;

  /**
   * A reshaping layer.
   *
   * @param targetShape the shape of a sample; one of its dimensions may be -1, for what is left
   * @throws IllegalArgumentException if another one is less than one, or several are -1
   */
  public Reshape(int... targetShape) {
    Checks.notNull("Reshape", "targetShape", targetShape);
    this.targetShape = targetShape.clone();
    long open = Arrays.stream(targetShape).filter(size -> size == -1).count();
    if (open > 1 || Arrays.stream(targetShape).anyMatch(size -> size < 1 && size != -1)) {
      throw Errors.in("Reshape", "targetShape must be a shape.")
          .expected("positive numbers; one of them may be -1, for what is left")
          .got(Arrays.toString(targetShape))
          .fix("new Reshape(3, -1) makes rows of what a sample holds, three of them")
          .argument();
    }
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    Arguments.leastRank(this, inputShape, 1, "(batch, ...)", "give the model an Input");
    Shape sample = inputShape.tail();
    long[] sizes = Arrays.stream(targetShape).asLongStream().toArray();
    if (!sample.hasUnknownDimension()) {
      long product = 1;
      int open = -1;
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] < 0) {
          open = i;
        } else {
          product *= sizes[i];
        }
      }
      if (open < 0 ? product != sample.size() : sample.size() % product != 0) {
        throw Arguments.wrongShape(
            this,
            "the numbers of a sample do not fill targetShape.",
            "a sample of "
                + (open < 0 ? product + " numbers" : "a multiple of " + product + " numbers")
                + " for targetShape "
                + Arrays.toString(targetShape),
            inputShape,
            "change targetShape to a shape of " + sample.size() + " numbers");
      }
      if (open >= 0) {
        sizes[open] = sample.size() / product;
      }
    }
    return Shape.of(inputShape.get(0)).append(Shape.of(sizes));
  }

  @Override
  protected Operand<TFloat32> call(LayerContext context, Operand<TFloat32> inputs) {
    Ops tf = context.tf();
    Shape shape = computeOutputShape(inputs.shape());
    if (!shape.tail().hasUnknownDimension()) {
      int[] sizes = Arrays.stream(shape.asArray()).mapToInt(size -> (int) size).toArray();
      sizes[0] = -1;
      return tf.reshape(inputs, tf.constant(sizes));
    }
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(context.batchSize());
    for (int size : targetShape) {
      sizes.add(tf.constant(size));
    }
    return tf.reshape(inputs, tf.stack(sizes));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Reshape.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Reshape fromConfig(Config config) {
    Checks.notNull("Reshape.fromConfig", "config", config);
    return new Reshape(config.integers("target_shape")).common(config);
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("target_shape", Arrays.stream(targetShape).boxed().toList());
    return config;
  }
}
