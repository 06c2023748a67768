package keras.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.backend.LayerContext;
import keras.backend.Variable;
import keras.internal.graph.Dims;
import keras.internal.graph.Tape;
import keras.internal.graph.TapeContext;
import keras.internal.messages.Errors;
import keras.internal.ops.SeedState;
import keras.random.SeedGenerator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The layers and the random generators inside of a layer of a user's own. */
abstract class LayerParts {

  private final Map<String, Layer<?>> parts = new LinkedHashMap<>();
  private final Map<SeedGenerator, SeedState> generators = new LinkedHashMap<>();

  LayerParts() {}

  /** The layers inside, by the names that they have in files. */
  final Map<String, Layer<?>> parts() {
    return Collections.unmodifiableMap(parts);
  }

  /** The state of each generator that a call has used. */
  final List<Variable> generatorStates() {
    List<Variable> all = new ArrayList<>();
    generators.values().forEach(state -> all.add(state.variable()));
    return all;
  }

  /**
   * Makes a layer a part of this one, under the name of the attribute that it would have in Python:
   * files have its weights under this name.
   *
   * <pre>{@code
   * private final Dense hidden = addLayer("hidden", new Dense(3));
   * }</pre>
   *
   * @param attribute its name; for the second layer of a list in Python {@code "blocks/dense_1"}
   * @param layer a new layer
   * @param <L> its class
   * @return the same layer
   */
  protected final <L extends Layer<?>> L addLayer(String attribute, L layer) {
    if (parts.put(attribute, layer) != null) {
      throw Errors.in(this + ".addLayer", "there is an attribute of this name already.")
          .expected("another name for each layer")
          .got(attribute)
          .fix("addLayer(\"" + attribute + "_2\", ...)")
          .argument();
    }
    return layer;
  }

  /** Makes a layer a part of this one that is made anew each time that this one is built. */
  final <L extends Layer<?>> L setLayer(String attribute, L layer) {
    parts.put(attribute, layer);
    return layer;
  }

  /**
   * Builds a layer inside of this one, in {@code build}.
   *
   * @param inner made a part with {@link #addLayer}
   * @param inputShape the shape of its input
   * @return the shape of its output
   */
  protected final Shape build(Layer<?> inner, Shape inputShape) {
    inner.buildOnce(List.of(inputShape));
    return inner.computeOutputShape(List.of(inputShape)).get(0);
  }

  /**
   * Calls a layer inside of this one, in {@code call}. It is given the mask of its input if that is
   * an input of this layer as it came, or the output of another layer inside.
   *
   * @param context the context that this layer's call was given
   * @param inner made a part with {@link #addLayer}
   * @param inputs the input
   * @return the output
   */
  protected final Operand<TFloat32> call(
      LayerContext context, Layer<?> inner, Operand<TFloat32> inputs) {
    return call(context, inner, List.of(inputs)).get(0);
  }

  /**
   * Calls a layer inside of this one with a mask.
   *
   * @param context the context that this layer's call was given
   * @param inner made a part with {@link #addLayer}
   * @param inputs the input
   * @param mask which timesteps count, (batch, timesteps); null where all do
   * @return the output
   */
  protected final Operand<TFloat32> call(
      LayerContext context, Layer<?> inner, Operand<TFloat32> inputs, Operand<TBool> mask) {
    return ((TapeContext) context)
        .inner(
            List.of(inputs),
            (tape, given) -> inner.forward(tape, List.of(given.get(0).withMask(mask))))
        .get(0);
  }

  /**
   * Calls a layer with several inputs or outputs inside of this one.
   *
   * @param context the context that this layer's call was given
   * @param inner made a part with {@link #addLayer}
   * @param inputs the input
   * @return the output
   */
  protected final List<Operand<TFloat32>> call(
      LayerContext context, Layer<?> inner, List<Operand<TFloat32>> inputs) {
    return ((TapeContext) context).inner(inputs, inner::forward);
  }

  /**
   * Draws numbers from a normal distribution, others in each run. Keras: {@code
   * keras.random.normal(shape, mean, stddev, seed=generator)}.
   *
   * @param context the context that this layer's call was given
   * @param like one number is drawn for each of its elements
   * @param mean the mean
   * @param stddev the standard deviation
   * @param generator a field of this layer; its state moves on in each run
   * @return the numbers, which Keras draws as well from the same seed
   */
  protected final Operand<TFloat32> randomNormal(
      LayerContext context,
      Operand<TFloat32> like,
      double mean,
      double stddev,
      SeedGenerator generator) {
    return random(
        context,
        like,
        generator,
        (tf, shape, key, algorithm) ->
            tf.math.add(
                tf.math.mul(
                    tf.random.statelessRandomNormalV2(shape, key.key(), key.counter(), algorithm),
                    tf.constant((float) stddev)),
                tf.constant((float) mean)));
  }

  /**
   * Draws numbers from a uniform distribution, others in each run. Keras: {@code
   * keras.random.uniform(shape, minval, maxval, seed=generator)}.
   *
   * @param context the context that this layer's call was given
   * @param like one number is drawn for each of its elements
   * @param minval the least number
   * @param maxval the bound, which is not reached
   * @param generator a field of this layer; its state moves on in each run
   * @return the numbers, which Keras draws as well from the same seed
   */
  protected final Operand<TFloat32> randomUniform(
      LayerContext context,
      Operand<TFloat32> like,
      double minval,
      double maxval,
      SeedGenerator generator) {
    return random(
        context,
        like,
        generator,
        (tf, shape, key, algorithm) ->
            tf.math.add(
                tf.math.mul(
                    tf.random.statelessRandomUniformV2(shape, key.key(), key.counter(), algorithm),
                    tf.constant((float) (maxval - minval))),
                tf.constant((float) minval)));
  }

  private Operand<TFloat32> random(
      LayerContext context,
      Operand<TFloat32> like,
      SeedGenerator generator,
      SeedState.RandomOp op) {
    Tape tape = ((TapeContext) context).tape();
    SeedState state = generators.computeIfAbsent(generator, SeedState::new);
    return state
        .draw(tape, List.of(new SeedState.Draw(op, true, Dims.from(tape.tf(), like, 1))))
        .get(0);
  }
}
