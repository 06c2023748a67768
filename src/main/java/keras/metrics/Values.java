package keras.metrics;

import keras.internal.messages.Errors;

/** Base of the metrics that are fed with values, not with targets and predictions. */
final class Values {

  private Values() {}

  static IllegalArgumentException notForModels(Metric metric) {
    return Errors.in("Metric \"" + metric.name() + "\"", "it does not compare two things.")
        .expected("a metric of targets and predictions")
        .got("one that is fed with values")
        .fix("call updateState(values) yourself, or give compile another metric")
        .argument();
  }
}
