package keras.callbacks;

import java.util.Map;

/**
 * Has a model tested, and saved, with the moving averages of its weights while it is trained with
 * the weights themselves. Keras: {@code keras.callbacks.SwapEMAWeights(swap_on_epoch=False)}. The
 * optimizer must have {@code useEma(true)}.
 *
 * <pre>{@code
 * model.compile(c -> c.loss("mse").optimizer(new Adam().useEma(true)));
 * model.fit(x, y, f -> f.validationSplit(0.1).callbacks(new SwapEMAWeights()));
 * }</pre>
 *
 * <p>Porting note: in Keras 3.15.1 the averages stay in the model after {@code predict} with this
 * callback; here the weights come back, as after {@code evaluate}.
 */
public final class SwapEMAWeights extends Callback {

  private boolean swapOnEpoch;
  private boolean averagesInModel;

  /** With Keras's defaults. */
  public SwapEMAWeights() {}

  /**
   * Sets whether the averages are in the model between epochs, so that callbacks after this one
   * save them.
   *
   * @param value false by default
   * @return this callback
   */
  public SwapEMAWeights swapOnEpoch(boolean value) {
    swapOnEpoch = value;
    return this;
  }

  private void swap(boolean averages) {
    if (averagesInModel != averages) {
      trained().swapMovingAverages();
      averagesInModel = averages;
    }
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    if (swapOnEpoch) {
      swap(false);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (!swapOnEpoch) {
      return;
    }
    swap(true);
    // At its end, fit takes the averages for weights: they must be the same by then.
    if (params().get("epochs") instanceof Integer epochs && epoch == epochs - 1) {
      trained().keepMovingAverages();
    }
  }

  @Override
  public void onTestBegin(Map<String, Double> logs) {
    swap(true);
  }

  @Override
  public void onTestEnd(Map<String, Double> logs) {
    swap(false);
  }

  @Override
  public void onPredictBegin(Map<String, Double> logs) {
    swap(true);
  }

  @Override
  public void onPredictEnd(Map<String, Double> logs) {
    swap(false);
  }
}
