package keras.metrics;

import java.util.Map;
import keras.internal.config.Serialized;
import keras.internal.losses.LossReduction;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.losses.Loss;
import keras.losses.LossFunction;
import keras.losses.Losses;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The mean of what a function gives. Keras: {@code keras.metrics.MeanMetricWrapper(fn)}.
 *
 * <p>A function that gives one value per sample is averaged over samples; one that gives a single
 * number for a batch, as a reduced {@link Loss} does, is averaged over batches.
 */
public final class MeanMetricWrapper extends MeanOverSamples<MeanMetricWrapper> {

  private final LossFunction function;

  /**
   * The mean of what a function gives.
   *
   * @param function a lambda {@code (tf, yTrue, yPred) -> values}, or a loss
   */
  public MeanMetricWrapper(LossFunction function) {
    super(function instanceof Loss loss ? loss.name() : "mean_metric_wrapper");
    this.function = Checks.given("MeanMetricWrapper", "function", function);
  }

  @Override
  Operand<TFloat32> values(Ops tf, Operand<TFloat32> yTrue, Operand<TFloat32> yPred) {
    Operand<TFloat32> values = function.call(tf, yTrue, yPred);
    if (values == null) {
      throw Errors.in("Metric \"" + name() + "\"", "the function returned nothing.")
          .expected("a tensor with one value a sample or a timestep")
          .got("null")
          .fix("return the last tensor of the formula")
          .argument();
    }
    return values;
  }

  @Override
  Operand<TFloat32> sums(
      Ops tf,
      Operand<TFloat32> yTrue,
      Operand<TFloat32> yPred,
      Operand<TFloat32> sampleWeight,
      Operand<TBool> mask) {
    if (!(function instanceof Loss loss)) {
      return super.sums(tf, yTrue, yPred, sampleWeight, mask);
    }
    Operand<TFloat32> values = loss.call(tf, yTrue, yPred);
    Operand<TBool> own = loss.mask(tf, yTrue, yPred.shape());
    Operand<TBool> given = LossReduction.both(tf, mask, own);
    Operand<TBool> counts = LossReduction.both(tf, given, loss.maskOfValues(tf, values));
    Operand<TFloat32> value = new LossReduction(loss.reduction()).reduce(tf, values, null, counts);
    return Average.statistics(tf, value, sampleWeight);
  }

  /** Always: what a function does with the batch is not known. */
  @Override
  public boolean needsWholeBatch() {
    return true;
  }

  /**
   * A metric of its arguments. Keras: {@code MeanMetricWrapper.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new metric
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MeanMetricWrapper fromConfig(Config config) {
    Checks.notNull("MeanMetricWrapper.fromConfig", "config", config);
    Loss function = Losses.get(config.identifier("fn"));
    if (function == null) {
      throw config.wrong("fn", "a loss");
    }
    return new MeanMetricWrapper(function).common(config);
  }

  /** As in Keras, with what is averaged; of a lambda only the name can be written. */
  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put(
        "fn",
        function instanceof Loss loss
            ? Serialized.object(loss, "keras.losses", loss.getConfig())
            : Serialized.function("<lambda>"));
    return config;
  }

  /** Only the function knows what goes with what. */
  @Override
  void checkFit(Shape yTrue, Shape yPred) {}
}
