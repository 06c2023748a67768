package keras.layers;

import java.util.List;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.messages.Errors;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Base of the layers that read strings or whole numbers of any size, which do not enter the graph:
 * they run in Java before it. A model puts what it is given through them where they come right
 * after its {@link Input}; elsewhere {@link #apply} does it.
 *
 * @param <S> the layer itself
 */
abstract class DataLayer<S extends DataLayer<S>> extends KerasLayer<S> {

  /**
   * Reads data. Keras: {@code layer(data)}.
   *
   * @param data a string, a whole number, an array of any rank of them, a list, or an {@code
   *     NdArray}
   * @return numbers for the layers that follow
   * @throws IllegalArgumentException if the data are something else
   */
  public abstract FloatNdArray apply(Object data);

  /** Reads the data of several inputs. */
  FloatNdArray applyAll(List<?> data) {
    return apply(data.get(0));
  }

  @Override
  boolean builtAtOnce() {
    return true;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    throw Errors.in(toString(), "the layer reads data in Java, before the graph of a model.")
        .expected("a call on an Input of the model that is given the data")
        .got("a call on what a layer gives, or in a model inside of another")
        .fix("call it on an Input of the outer model, or give the model what apply(data) returns")
        .argument();
  }
}
