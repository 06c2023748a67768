package keras.layers;

import java.util.List;
import java.util.Map;
import keras.backend.TensorFunction;
import keras.initializers.Initializer;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.ndarray.Shape;

/**
 * A layer with kernels and perhaps a bias: the arguments of the bias.
 *
 * @param <S> the layer, so that chained calls keep their type
 */
public abstract class BiasLayer<S extends BiasLayer<S>> extends KerasLayer<S> {

  final WeightOptions biasOptions = new WeightOptions("bias", "zeros");

  BiasLayer() {
    hasSeedsToDraw();
  }

  @Override
  void copyFrom(S other) {
    super.copyFrom(other);
    biasOptions.copyFrom(other.biasOptions);
  }

  /** Returns the arguments of all weights, in the order in which Keras has them. */
  abstract List<WeightOptions> weightOptions();

  /**
   * Names how {@code bias} starts.
   *
   * @param name of an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S biasInitializer(String name) {
    checkNotFrozen("biasInitializer");
    biasOptions.initializer(this, name);
    return self();
  }

  /**
   * Sets how {@code bias} starts.
   *
   * @param value an initializer; {@code "zeros"} by default
   * @return this layer
   */
  public S biasInitializer(Initializer value) {
    checkNotFrozen("biasInitializer");
    biasOptions.initializer(this, value);
    return self();
  }

  /**
   * Names a penalty on {@code bias}.
   *
   * @param name of a regularizer; none by default
   * @return this layer
   */
  public S biasRegularizer(String name) {
    checkNotFrozen("biasRegularizer");
    biasOptions.regularizer(name);
    return self();
  }

  /**
   * Sets a penalty on {@code bias}.
   *
   * @param function a regularizer, or a function to a scalar; none by default
   * @return this layer
   */
  public S biasRegularizer(TensorFunction function) {
    checkNotFrozen("biasRegularizer");
    biasOptions.regularizer(function);
    return self();
  }

  /**
   * Names what {@code bias} is put through after each update.
   *
   * @param name of a constraint; none by default
   * @return this layer
   */
  public S biasConstraint(String name) {
    checkNotFrozen("biasConstraint");
    biasOptions.constraint(name);
    return self();
  }

  /**
   * Sets what {@code bias} is put through after each update.
   *
   * @param function a constraint, or a function to the same shape; none by default
   * @return this layer
   */
  public S biasConstraint(TensorFunction function) {
    checkNotFrozen("biasConstraint");
    biasOptions.constraint(function);
    return self();
  }

  /** Writes an activity regularizer, where Keras writes that there is none as well. */
  void writeActivityRegularizer(Map<String, Object> config) {}

  /** Returns the dimension that holds the features. */
  int featuresAxis(Shape shape) {
    return shape.numDimensions() - 1;
  }

  @Override
  final void checkInput(Shape first, Shape given) {
    LayerAccess.checkHasBatch(this, given);
    long features = first.get(featuresAxis(first));
    long now = given.get(featuresAxis(given));
    if (now >= 0 && features != now) {
      throw Errors.in(toString(), "its weights were made for another number of features.")
          .expected("(batch, ..., " + features + "), as when it was first used")
          .got(Errors.shape(given.asArray()))
          .fix("make a new layer, or give it what fits the weights")
          .argument();
    }
  }

  @Override
  void drawSeeds() {
    weightOptions().forEach(options -> options.initializer().drawSeed());
  }

  final void readWeights(Config config) {
    weightOptions().forEach(options -> options.read(this, config));
  }

  final void writeWeights(Map<String, Object> config) {
    WeightOptions.writeInitializers(config, weightOptions());
    WeightOptions.writeRegularizers(config, weightOptions());
    writeActivityRegularizer(config);
    WeightOptions.writeConstraints(config, weightOptions());
  }
}
