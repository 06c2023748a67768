package keras.trainers;

import java.util.List;

/** The arguments of {@code compile}, under the names that Keras has for them. */
public final class CompileOptions {

  Object optimizer = "rmsprop";
  Object loss;
  List<Object> metrics;
  List<Object> weightedMetrics;

  CompileOptions() {}

  /**
   * What changes the weights.
   *
   * @param value an optimizer or its name; {@code "rmsprop"} by default
   * @return these options
   */
  public CompileOptions optimizer(Object value) {
    optimizer = value;
    return this;
  }

  /**
   * What training makes small.
   *
   * @param value a loss or its name; none by default. {@code "crossentropy"} and {@code "ce"} are
   *     the binary, the sparse categorical or the categorical one, whichever goes with the shapes
   * @return these options
   */
  public CompileOptions loss(Object value) {
    loss = value;
    return this;
  }

  /**
   * What is measured besides the loss.
   *
   * @param value metrics or their names
   * @return these options
   */
  public CompileOptions metrics(Object... value) {
    metrics = List.of(value);
    return this;
  }

  /**
   * What is measured with the weights of the samples.
   *
   * @param value metrics or their names
   * @return these options
   */
  public CompileOptions weightedMetrics(Object... value) {
    weightedMetrics = List.of(value);
    return this;
  }
}
