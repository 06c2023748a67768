package keras.metrics;

/**
 * What Keras's own metrics share: chained calls that keep the type.
 *
 * @param <S> the metric itself
 */
abstract class KerasMetric<S extends KerasMetric<S>> extends Metric {

  KerasMetric(String name) {
    super(name);
  }

  @SuppressWarnings("unchecked")
  final S self() {
    return (S) this;
  }

  @Override
  public S name(String value) {
    super.name(value);
    return self();
  }
}
