package keras.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A layer that drops a fraction of its inputs, in a shape of noise.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class Dropping<S extends Dropping<S>> extends RandomLayer<S> {

  private final double rate;
  private List<Integer> noiseShape;

  Dropping(double rate) {
    this.rate = Arguments.rate(getClass().getSimpleName(), "rate", rate);
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
  public S noiseShape(Integer... dimensions) {
    checkNotFrozen("noiseShape");
    for (Integer dimension : dimensions) {
      if (dimension != null && dimension < 1) {
        throw Errors.in(
                getClass().getSimpleName() + ".noiseShape",
                "a dimension must be a positive number, or null.")
            .expected("at least 1, or null for the input's own size")
            .got(Arrays.toString(dimensions))
            .fix("noiseShape(null, 1, 16) drops the same of 16 features in each timestep")
            .argument();
      }
    }
    noiseShape = new ArrayList<>(Arrays.asList(dimensions));
    return self();
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
  final boolean draws() {
    return rate > 0;
  }

  final double rate() {
    return rate;
  }

  /** Tells whether every sample gets noise of its own, or all the same. */
  final boolean perSample() {
    return noiseShape == null || noiseShape.get(0) == null || noiseShape.get(0) != 1;
  }

  /** Returns the shape of the noise of one sample. */
  final List<Operand<TInt32>> noiseOfSample(Ops tf, Operand<TFloat32> inputs) {
    List<Operand<TInt32>> sample = Dims.from(tf, inputs, 1);
    for (int i = 0; noiseShape != null && i < sample.size(); i++) {
      Integer noise = noiseShape.get(i + 1);
      if (noise != null) {
        sample.set(i, tf.constant(noise.intValue()));
      }
    }
    return sample;
  }

  final S droppingFrom(Config config) {
    seedFrom(config);
    if (config.given("noise_shape")) {
      noiseShape(config.dimensions("noise_shape"));
    }
    return self();
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
