package keras.models;

import java.util.List;
import keras.internal.messages.Names;

/** The keyword arguments of {@link Models#plotModel}. */
public final class PlotModelOptions {
  private static final List<String> DIRECTIONS = List.of("TB", "LR");

  boolean showShapes;
  boolean showLayerNames;
  boolean showLayerActivations;
  boolean showTrainable;
  boolean expandNested;
  boolean across;
  int dpi = 200;

  PlotModelOptions() {}

  /**
   * Sets whether the shapes of inputs and outputs are shown.
   *
   * @param value false by default
   * @return this
   */
  public PlotModelOptions showShapes(boolean value) {
    showShapes = value;
    return this;
  }

  /**
   * Sets whether the layers' names are shown.
   *
   * @param value false by default: their classes alone
   * @return this
   */
  public PlotModelOptions showLayerNames(boolean value) {
    showLayerNames = value;
    return this;
  }

  /**
   * Sets whether the activations of layers are shown.
   *
   * @param value false by default
   * @return this
   */
  public PlotModelOptions showLayerActivations(boolean value) {
    showLayerActivations = value;
    return this;
  }

  /**
   * Sets whether it is shown which layers are trained.
   *
   * @param value false by default
   * @return this
   */
  public PlotModelOptions showTrainable(boolean value) {
    showTrainable = value;
    return this;
  }

  /**
   * Sets whether the layers of models inside are drawn, in a frame.
   *
   * @param value false by default
   * @return this
   */
  public PlotModelOptions expandNested(boolean value) {
    expandNested = value;
    return this;
  }

  /**
   * Sets which way the arrows go.
   *
   * @param direction {@code TB}, from top to bottom, by default; {@code LR}, from left to right
   * @return this
   * @throws IllegalArgumentException if it is neither
   */
  public PlotModelOptions rankdir(String direction) {
    across = Names.oneOf("plotModel: rankdir", direction, DIRECTIONS).equals("LR");
    return this;
  }

  /**
   * Sets how fine the picture is.
   *
   * @param dotsPerInch 200 by default; 20 to 1,000
   * @return this
   */
  public PlotModelOptions dpi(int dotsPerInch) {
    dpi = dotsPerInch;
    return this;
  }
}
