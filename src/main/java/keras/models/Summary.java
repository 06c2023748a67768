package keras.models;

import keras.backend.Variable;
import keras.internal.text.SummaryTable;
import keras.layers.Layer;
import keras.optimizers.Optimizer;

/** A model's table of layers, as Keras prints it. */
final class Summary {

  private static final double FLOAT_BYTES = 4;
  private static final double LONG_BYTES = 8;

  private Summary() {}

  static String of(Model model) {
    SummaryTable table = new SummaryTable(model.name());
    for (Layer<?> layer : model.layers()) {
      table.row(
          new SummaryTable.Row(
              layer.name(),
              layer.getClass().getSimpleName(),
              layer.built() ? SummaryTable.shape(layer.outputShape().asArray()) : "?",
              layer.built() ? count(layer.countParams()) : "0 (unbuilt)"));
    }
    long[] trainable = new long[1];
    long[] frozen = new long[1];
    if (model.isGraphKnown()) {
      for (Variable weight : model.weights()) {
        (weight.trainable() ? trainable : frozen)[0] += weight.size();
      }
    }
    table.trainable(trainable[0], trainable[0] * FLOAT_BYTES);
    table.nonTrainable(frozen[0], frozen[0] * FLOAT_BYTES);
    addOptimizer(table, model.optimizer());
    return table.text();
  }

  private static void addOptimizer(SummaryTable table, Optimizer<?> optimizer) {
    if (optimizer == null || !optimizer.built()) {
      return;
    }
    long count = 0;
    double bytes = 0;
    for (Variable variable : optimizer.variables()) {
      count += variable.size();
      bytes +=
          variable.size() * (variable.type() == Variable.Type.INT64 ? LONG_BYTES : FLOAT_BYTES);
    }
    table.optimizer(count, bytes);
  }

  private static String count(long parameters) {
    return String.format(java.util.Locale.ROOT, "%,d", parameters);
  }
}
