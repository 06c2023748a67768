package keras.layers;

import java.nio.file.Path;
import java.util.List;
import keras.internal.messages.Checks;
import keras.utils.Batch;
import keras.utils.FloatArrays;

/** The data that a layer is adapted to. */
final class Adapting {

  private Adapting() {}

  /** Returns one array, or the several that an {@code Iterable} gives. */
  static Iterable<?> batches(Object data) {
    Checks.notNull("adapt", "data", data);
    return data instanceof Iterable<?> several && !(data instanceof Path) ? several : List.of(data);
  }

  /** Returns the numbers of an array, or of the first input of a batch, as floats round them. */
  static double[] floats(Layer<?> layer, Object data) {
    Object first = data instanceof Batch batch ? batch.inputs().get(0) : data;
    float[] floats = FloatArrays.values(FloatArrays.of(first, layer + ".adapt: data"));
    double[] values = new double[floats.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }
}
