package keras.internal.trainers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.optimizers.Optimizer;
import keras.optimizers.Optimizers;

/** The arguments of compile, strings turned into objects. */
final class Compiled {

  private final List<CompiledOutput> outputs;
  private final Optimizer<?> optimizer;
  private final Map<String, Object> config;
  private final int stepsPerExecution;

  /**
   * Takes the arguments of a call of compile. Loss and metrics that it does not name stay those of
   * the call before, as in Keras.
   *
   * @param earlier that call, or null
   */
  Compiled(CompileArguments options, Compiled earlier) {
    boolean namesMetrics = options.metrics != null || options.weightedMetrics != null;
    List<Object> metrics = orNone(options.metrics);
    List<Object> weightedMetrics = orNone(options.weightedMetrics);
    optimizer = Optimizers.get(options.optimizer);
    CompiledOutput output;
    if (earlier == null) {
      output = new CompiledOutput(options.loss, 1, metrics, weightedMetrics);
    } else if (namesMetrics) {
      output = earlier.outputs.get(0).anew(options.loss, metrics, weightedMetrics);
    } else {
      output = earlier.outputs.get(0).anew(options.loss);
    }
    outputs = List.of(output);
    config = options.asRead == null ? options.written(optimizer) : options.asRead;
    stepsPerExecution = options.stepsPerExecution;
  }

  private static List<Object> orNone(List<Object> given) {
    return given == null ? List.of() : given;
  }

  /** Returns one for each output of the model, in order. */
  List<CompiledOutput> outputs() {
    return outputs;
  }

  /** The arguments as Keras writes them, with the optimizer as it is now. */
  Map<String, Object> config() {
    Map<String, Object> now = new LinkedHashMap<>(config);
    now.put("optimizer", Optimizers.serialize(optimizer));
    return now;
  }

  /** Tells how many batches callbacks see as one. */
  int stepsPerExecution() {
    return stepsPerExecution;
  }

  Optimizer<?> optimizer() {
    return optimizer;
  }
}
