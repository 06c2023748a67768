package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.internal.graph.MaskedTensor;
import keras.internal.graph.Tape;
import keras.internal.random.SeedOrder;
import keras.regularizers.Regularizers;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A layer of Keras's own, with the arguments that all of these take.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class KerasLayer<S extends KerasLayer<S>> extends Layer<S> {

  private Shape batchInputShape;
  private Integer inputDim;
  private Integer inputLength;
  private TensorFunction activityRegularizer;
  private boolean activityLeftAlone;

  KerasLayer() {}

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  /**
   * Sets the shape of one sample, for the first layer of a {@code Sequential} without an {@link
   * Input}.
   *
   * @param dimensions without the batch; null for what is not known
   * @return this layer
   */
  public S inputShape(Integer... dimensions) {
    checkNotFrozen("inputShape");
    batchInputShape = Input.shape(dimensions);
    return self();
  }

  /**
   * Sets the shape of a batch, for the first layer of a {@code Sequential} without an {@link
   * Input}.
   *
   * @param dimensions the batch first; null for what is not known
   * @return this layer
   */
  public S batchInputShape(Integer... dimensions) {
    checkNotFrozen("batchInputShape");
    batchInputShape = Input.batchShape(dimensions);
    return self();
  }

  /**
   * Sets the last dimension of a sample, for the first layer of a {@code Sequential}.
   *
   * @param features the number of features
   * @return this layer
   */
  public S inputDim(int features) {
    checkNotFrozen("inputDim");
    inputDim = features;
    return self();
  }

  /**
   * Sets the number of timesteps of a sample, together with {@link #inputDim}.
   *
   * @param timesteps the number of timesteps
   * @return this layer
   */
  public S inputLength(int timesteps) {
    checkNotFrozen("inputLength");
    inputLength = timesteps;
    return self();
  }

  /**
   * Names a penalty on the output, divided by the batch size.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S activityRegularizer(String name) {
    return activityRegularized(name);
  }

  /**
   * Sets a penalty on the output, divided by the batch size.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S activityRegularizer(TensorFunction function) {
    return activityRegularized(function);
  }

  S activityRegularized(Object identifier) {
    checkNotFrozen("activityRegularizer");
    activityRegularizer = Regularizers.get(identifier);
    return self();
  }

  @Override
  final void readActivityRegularizer(Config config) {
    config.identifier("activity_regularizer", this::activityRegularized);
  }

  @Override
  protected final S common(Config config) {
    super.common(config);
    if (config.given("batch_input_shape")) {
      batchInputShape(config.dimensions("batch_input_shape"));
    }
    if (config.given("input_shape")) {
      inputShape(config.dimensions("input_shape"));
    }
    readLegacyInput(config);
    return self();
  }

  /** Reads what Keras 2 had of the input's shape; in an Embedding the words say something else. */
  void readLegacyInput(Config config) {
    config.integer("input_dim", this::inputDim);
  }

  /** Takes the arguments of another layer of the same class, but for its name. */
  void copyFrom(S other) {
    trainable(other.trainable());
    KerasLayer<S> from = other;
    activityRegularizer = from.activityRegularizer;
  }

  /** Notes in the constructor that {@link #drawSeeds} has something to draw. */
  final void hasSeedsToDraw() {
    SeedOrder.add(this, this::drawSeeds);
  }

  @Override
  protected boolean needsWholeBatch() {
    return false;
  }

  @Override
  protected List<MaskedTensor> forward(Tape tape, List<MaskedTensor> inputs) {
    return List.of(regularized(tape, super.forward(tape, inputs).get(0)));
  }

  /** Adds the activity regularizer, if there is one, and gives the same output. */
  final MaskedTensor regularized(Tape tape, MaskedTensor output) {
    if (activityRegularizer != null && !activityLeftAlone) {
      MaskedTensor loss =
          tape.op(
              output.tensor(),
              (context, own) -> {
                Ops tf = context.tf();
                return tf.math.div(
                    activityRegularizer.call(tf, own),
                    tf.dtypes.cast(tape.shards().size(), TFloat32.class));
              });
      tape.addLoss(loss.tensor());
    }
    return output;
  }

  @Override
  final void leaveActivityAlone() {
    activityLeftAlone = true;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    if (activityRegularizer != null) {
      config.put("activity_regularizer", Regularizers.serialize(activityRegularizer));
    }
    return config;
  }

  final TensorFunction activityRegularizer() {
    return activityRegularizer;
  }

  @Override
  final Shape givenInputShape() {
    if (batchInputShape != null) {
      return batchInputShape;
    }
    if (inputDim == null) {
      return null;
    }
    return inputLength == null
        ? Input.shape(implicitTime() ? new Integer[] {null, inputDim} : new Integer[] {inputDim})
        : Input.shape(inputLength, inputDim);
  }

  /** Tells whether {@code inputDim} alone stands for (timesteps, features). */
  boolean implicitTime() {
    return false;
  }
}
