package keras.internal.trainers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import keras.internal.messages.Errors;
import keras.optimizers.Optimizer;
import keras.optimizers.Optimizers;
import org.tensorflow.ndarray.Shape;

/** The arguments of compile, strings turned into objects and handed out to the outputs. */
final class Compiled {

  private final Object loss;
  private final Object lossWeights;
  private final Object metrics;
  private final Object weightedMetrics;
  private final Network network;
  private List<CompiledOutput> outputs;
  private volatile List<String> ownLogs = List.of();
  private final Optimizer<?> optimizer;
  private final Map<String, Object> config;
  private final int stepsPerExecution;

  /**
   * Takes the arguments of a call of compile. Loss and metrics that it does not name stay those of
   * the call before, as in Keras.
   *
   * @param earlier that call, or null
   * @param network gives the names of its outputs once they are known, and no names before
   */
  Compiled(CompileArguments options, Compiled earlier, Network network) {
    this.network = network;
    boolean keepsMetrics =
        earlier != null && options.metrics == null && options.weightedMetrics == null;
    loss = earlier != null && options.loss == null ? earlier.loss : options.loss;
    lossWeights =
        earlier != null && options.lossWeights == null ? earlier.lossWeights : options.lossWeights;
    metrics = keepsMetrics ? earlier.metrics : options.metrics;
    weightedMetrics = keepsMetrics ? earlier.weightedMetrics : options.weightedMetrics;
    optimizer = Optimizers.get(options.optimizer);
    config = options.asRead == null ? options.written(optimizer) : options.asRead;
    stepsPerExecution = options.stepsPerExecution;
    if (!network.outputNames().isEmpty()) {
      outputs();
    }
  }

  private List<CompiledOutput> handedOut(List<String> names) {
    List<CompiledOutput> made = new ArrayList<>();
    List<Object> losses = losses(names);
    List<Object> weights = each("lossWeights", lossWeights, names);
    List<Object> plain = metrics("metrics", metrics, names);
    List<Object> weighted = metrics("weightedMetrics", weightedMetrics, names);
    for (int i = 0; i < names.size(); i++) {
      made.add(
          new CompiledOutput(
              i,
              names.size() == 1 || !network.namesOutputs() ? null : names.get(i),
              losses.get(i),
              weights.get(i) == null ? 1 : ((Number) weights.get(i)).doubleValue(),
              list(plain.get(i)),
              list(weighted.get(i))));
    }
    return made;
  }

  /** Returns a loss for each output: one alone is for all of them. */
  private List<Object> losses(List<String> names) {
    boolean isOne = !(loss instanceof List<?> || loss instanceof Map<?, ?>);
    return isOne ? Collections.nCopies(names.size(), loss) : each("loss", loss, names);
  }

  /** Returns the metrics of each output; of a single output, all that are there. */
  private static List<Object> metrics(String argument, Object given, List<String> names) {
    if (names.size() > 1) {
      boolean isNone = given instanceof List<?> list && list.isEmpty();
      return each(argument, isNone ? null : given, names);
    }
    List<Object> all = new ArrayList<>();
    if (given instanceof Map<?, ?> map) {
      each(argument, map, names).forEach(metric -> all.addAll(list(metric)));
    } else {
      list(given).forEach(metric -> all.addAll(list(metric)));
    }
    return Collections.singletonList(all);
  }

  private static List<Object> list(Object given) {
    if (given == null) {
      return List.of();
    }
    return given instanceof List<?> list ? new ArrayList<>(list) : List.of(given);
  }

  /** Returns what an argument has for each output: a list in their order, or a map by name. */
  private static List<Object> each(String argument, Object given, List<String> names) {
    if (given == null) {
      return Collections.nCopies(names.size(), null);
    }
    if (given instanceof Map<?, ?> map) {
      if (!names.containsAll(map.keySet())) {
        throw Errors.in("compile: " + argument, "its names are not those of the model's outputs.")
            .expected(names)
            .got(map.keySet())
            .fix(
                "name the outputs by their layers, or as new Model(inputs, outputs) was given them")
            .argument();
      }
      List<Object> ordered = new ArrayList<>();
      names.forEach(name -> ordered.add(map.get(name)));
      return ordered;
    }
    List<Object> all = list(given);
    if (all.size() != names.size()) {
      throw Errors.in("compile: " + argument, "the model has another number of outputs.")
          .expected(names.size() + ", one for each of " + names)
          .got(all.size() + ": " + all)
          .fix("give one for each output, or a map with some of the names")
          .argument();
    }
    return all;
  }

  /** Returns one for each output of the model, in order. */
  synchronized List<CompiledOutput> outputs() {
    if (outputs == null) {
      outputs = handedOut(network.outputNames());
    }
    return outputs;
  }

  /** Tells whether a loss compares samples with each other, so that no batch may be cut. */
  boolean needsWholeBatch() {
    return outputs().stream().anyMatch(CompiledOutput::needsWholeBatch);
  }

  /** Returns why batches cannot be cut over workers; null if they can. */
  String hindranceToDistribution() {
    for (CompiledOutput output : outputs()) {
      String what = output.needsWholeBatchFor();
      if (what != null) {
        return what + " needs a whole batch at once";
      }
    }
    return null;
  }

  /** Returns the outputs that have a loss or metrics, and so need targets. */
  List<CompiledOutput> measured() {
    return outputs().stream().filter(CompiledOutput::isMeasured).toList();
  }

  /** Sets the names of what a training step of the model's own logs besides the loss. */
  void ownLogs(List<String> logged) {
    ownLogs = logged;
  }

  /** Returns the names of what a training step of the model's own logs besides the loss. */
  List<String> ownLogs() {
    return ownLogs;
  }

  /** Returns the names of the losses of single outputs in the logs; none if there is just one. */
  List<String> lossNames() {
    List<String> names = new ArrayList<>();
    for (CompiledOutput output : outputs()) {
      if (output.hasLoss()) {
        names.add(unique(output.lossName() + "_loss", names));
      }
    }
    return names.size() > 1 ? names : List.of();
  }

  /**
   * Returns the metrics of all outputs with their names in the logs.
   *
   * @param targets the shapes of the targets of {@link #measured}
   * @param shapes the shapes of all outputs
   */
  Map<String, CompiledOutput.Measure> measures(List<Shape> targets, List<Shape> shapes) {
    List<CompiledOutput.Measure> all = new ArrayList<>();
    List<CompiledOutput> measured = measured();
    for (int i = 0; i < measured.size(); i++) {
      all.addAll(measured.get(i).measures(targets.get(i), shapes.get(measured.get(i).index())));
    }
    Map<CompiledOutput.Measure, String> names = new HashMap<>();
    List<String> taken = new ArrayList<>();
    for (boolean weighted : new boolean[] {false, true}) {
      for (CompiledOutput.Measure each : all) {
        if (each.weighted() == weighted) {
          names.put(each, unique(each, taken));
        }
      }
    }
    Map<String, CompiledOutput.Measure> named = new LinkedHashMap<>();
    all.forEach(each -> named.put(names.get(each), each));
    return named;
  }

  private static String unique(CompiledOutput.Measure measure, List<String> taken) {
    String name = measure.name("");
    if (measure.weighted() && taken.contains(name)) {
      name = measure.name("weighted_");
    }
    String unique = unique(name, taken);
    taken.add(unique);
    return unique;
  }

  private static String unique(String name, List<String> taken) {
    String unique = name;
    for (int i = 1; taken.contains(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
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
