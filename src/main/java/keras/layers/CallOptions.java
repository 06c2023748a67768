package keras.layers;

/**
 * The arguments of a layer's call besides its inputs, of which all have defaults.
 *
 * <p>Porting note: {@code training=...} is not among them. Keras 3.15.1 does not look at it in
 * {@code fit}, {@code evaluate} and {@code predict} of a graph, which say it themselves.
 */
public final class CallOptions {

  private KerasTensor mask;

  CallOptions() {}

  /**
   * Sets the mask of the first input. Keras: {@code layer(x, mask=mask)}.
   *
   * @param value (batch, timesteps); 0 where a timestep does not count. By default the mask that
   *     the layers before give
   * @return this
   */
  public CallOptions mask(KerasTensor value) {
    mask = value;
    return this;
  }

  KerasTensor mask() {
    return mask;
  }
}
