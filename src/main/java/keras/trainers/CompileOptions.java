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
   * @throws IllegalArgumentException if it is null
   */
  public CompileOptions optimizer(Object value) {
    optimizer =
        Checks.given(
            "compile",
            "optimizer",
            "an optimizer",
            "a name or an Optimizer",
            "optimizer(\"adam\")",
            value);
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
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions metrics(Object... value) {
    metrics = Checks.all("compile", "metrics", "a metric", "metrics(\"mae\")", value);
    return this;
  }

  /**
   * What is measured with the weights of the samples.
   *
   * @param value metrics or their names
   * @return these options
   * @throws IllegalArgumentException if one of them is null
   */
  public CompileOptions weightedMetrics(Object... value) {
    weightedMetrics =
        Checks.all("compile", "weightedMetrics", "a metric", "weightedMetrics(\"mae\")", value);
    return this;
  }
}
