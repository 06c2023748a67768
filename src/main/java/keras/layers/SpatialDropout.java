package keras.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.graph.Dims;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.ops.DropoutMask;
import keras.internal.ops.SeedState;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Dropout of whole features. Keras: {@code BaseSpatialDropout}.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
abstract class SpatialDropout<S extends SpatialDropout<S>> extends RandomLayer<S> {

  private final int rank;
  private final double rate;
  private final DataFormat format;

  SpatialDropout(int rank, double rate) {
    this.rank = rank;
    this.rate = Arguments.rate(getClass().getSimpleName(), "rate", rate);
    this.format = new DataFormat(this, rank);
  }

  final DataFormat format() {
    return format;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    format.check(inputShape);
    return inputShape;
  }

  @Override
  final boolean draws() {
    return rate > 0;
  }

  @Override
  final MaskedTensor disturbed(Tape tape, SeedState seeds, Operand<TFloat32> inputs) {
    Ops tf = tape.tf();
    List<Operand<TInt32>> sample = new ArrayList<>();
    for (int i = 1; i < rank + 2; i++) {
      sample.add(
          i == format.featuresAxis(inputs.shape()) ? Dims.of(tf, inputs, i) : tf.constant(1));
    }
    DropoutMask wanted = new DropoutMask(rate, true, sample);
    Operand<TFloat32> mask = DropoutMask.draw(tape, seeds, List.of(wanted)).get(0);
    return tape.op(inputs, (context, own) -> context.tf().math.mul(own, mask));
  }

  /** As Keras writes it for these layers: without {@code trainable}, the type as a string. */
  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("rate", rate);
    config.put("seed", givenSeed());
    config.put("name", name());
    config.put("dtype", "float32");
    return config;
  }
}
