package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Sets a fraction of its inputs to zero in training and scales the others up by {@code 1 / (1 -
 * rate)}, so that the sum stays the same on average. Does nothing otherwise. Keras: {@code
 * keras.layers.Dropout}.
 *
 * <p>Shapes: any → the same. A mask is passed on.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., Dropout: a
 *     simple way to prevent neural networks from overfitting (2014)</a>
 */
public final class Dropout extends RandomLayer<Dropout> {

  private final double rate;
  private List<Integer> noiseShape;

  /**
   * A dropout layer.
   *
   * @param rate the fraction that is dropped, 0 to 1
   * @throws IllegalArgumentException if it is out of that range
   */
  public Dropout(double rate) {
    this.rate = Arguments.rate("Dropout", "rate", rate);
  }

  /**
   * The shape of what is drawn. Along a dimension of 1, all is dropped or kept together: (null, 1,
   * features) drops the same features in each timestep.
   *
   * @param dimensions the batch first; null for the input's own size. By default, every number is
   *     drawn for itself
   * @return this layer
   * @throws IllegalArgumentException if a dimension is less than one
   */
  public Dropout noiseShape(Integer... dimensions) {
    checkNotFrozen("noiseShape");
    for (Integer dimension : dimensions) {
      if (dimension != null && dimension < 1) {
        throw Errors.in("Dropout.noiseShape", "a dimension must be a positive number, or null.")
            .expected("at least 1, or null for the input's own size")
            .got(Arrays.toString(dimensions))
            .fix("noiseShape(null, 1, 16) drops the same of 16 features in each timestep")
            .argument();
      }
    }
    noiseShape = new ArrayList<>(Arrays.asList(dimensions));
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    if (noiseShape == null) {
      return inputShape;
    }
    int rank = inputShape.numDimensions();
    boolean fits = noiseShape.size() == rank;
    for (int i = 0; fits && i < rank; i++) {
      Integer noise = noiseShape.get(i);
      long size = inputShape.get(i);
      fits = noise == null || noise == 1 || size < 0 || noise == size;
    }
    if (!fits) {
      throw Arguments.wrongShape(
          this,
          "noiseShape does not fit the input.",
          "for each dimension of the input its size, null or 1",
          inputShape,
          "noiseShape has " + noiseShape + "; change it, or the input");
    }
    return inputShape;
  }

  @Override
  boolean draws() {
    return rate > 0;
  }

  @Override
  MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    Operand<TFloat32> mask = DropoutMask.draw(tape, seeds, List.of(mask(tape.tf(), inputs))).get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.mul(own, mask));
  }

  private DropoutMask mask(Ops tf, Operand<TFloat32> inputs) {
    List<Operand<TInt32>> sample = Dims.from(tf, inputs, 1);
    if (noiseShape == null) {
      return new DropoutMask(rate, true, sample);
    }
    for (int i = 0; i < sample.size(); i++) {
      Integer noise = noiseShape.get(i + 1);
      if (noise != null) {
        sample.set(i, tf.constant(noise.intValue()));
      }
    }
    Integer batch = noiseShape.get(0);
    return new DropoutMask(rate, batch == null || batch != 1, sample);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Dropout.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Dropout fromConfig(Config config) {
    Dropout layer = new Dropout(config.number("rate")).common(config).seedFrom(config);
    if (config.given("noise_shape")) {
      layer.noiseShape(config.dimensions("noise_shape"));
    }
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("rate", rate);
    config.put("seed", givenSeed());
    config.put("noise_shape", noiseShape);
    return config;
  }
}
