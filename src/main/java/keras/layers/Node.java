package keras.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/** One call of a layer: which tensors went in and which came out. Keras: {@code Node}. */
public final class Node {

  private final Layer<?> layer;
  private final List<KerasTensor> inputs;
  private final List<KerasTensor> outputs = new ArrayList<>();
  private final CallOptions options;

  Node(Layer<?> layer, List<KerasTensor> inputs, List<Shape> outputShapes) {
    this(layer, inputs, outputShapes, new CallOptions());
  }

  Node(Layer<?> layer, List<KerasTensor> inputs, List<Shape> outputShapes, CallOptions options) {
    this.options = options;
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    outputShapes.forEach(shape -> outputs.add(new KerasTensor(shape, this)));
    layer.nodes().add(this);
  }

  /**
   * Returns the layer that was called.
   *
   * @return one that may occur in other nodes as well
   */
  public Layer<?> layer() {
    return layer;
  }

  /**
   * The tensors that went in.
   *
   * @return no tensor for an {@link Input}
   */
  public List<KerasTensor> inputs() {
    return inputs;
  }

  /**
   * The tensors that the call needs.
   *
   * @return the inputs, and the masks that the call was given
   */
  public List<KerasTensor> needed() {
    List<KerasTensor> all = new ArrayList<>(inputs);
    options.masks().values().stream().filter(Objects::nonNull).forEach(all::add);
    all.addAll(options.tensors().values());
    return all;
  }

  /** Returns the further arguments of the call. */
  CallOptions options() {
    return options;
  }

  /**
   * Returns the tensors that came out.
   *
   * @return at least one tensor
   */
  public List<KerasTensor> outputs() {
    return List.copyOf(outputs);
  }
}
