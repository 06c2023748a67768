package keras.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import keras.backend.Variable;
import keras.internal.graph.ProgramBuilder;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Leaves each variable to one of several optimizers. Keras: {@code
 * keras.optimizers.MultiOptimizer}.
 *
 * <pre>{@code
 * new MultiOptimizer(
 *     new OptimizerMap(new SGD()).put(".*embeddings", new Adagrad()).put(".*lstm/.*", new Adam()));
 * }</pre>
 *
 * <p>The learning rate, clipping, decay and moving averages are those of each optimizer.
 */
public final class MultiOptimizer extends Optimizer<MultiOptimizer> {

  /** The arguments that are not of the single optimizers. */
  private static final Set<String> OWN = Set.of("name", "lossScaleFactor");

  private final OptimizerMap map;
  private final Function<Variable, Optimizer<?>> choice;
  private final Map<Optimizer<?>, List<Variable>> shares = new LinkedHashMap<>();

  /**
   * Several optimizers, by the paths of variables.
   *
   * @param optimizerMap says which changes which
   */
  public MultiOptimizer(OptimizerMap optimizerMap) {
    super(0, "multi_optimizer");
    Checks.notNull("MultiOptimizer", "optimizerMap", optimizerMap);
    map = optimizerMap;
    choice = optimizerMap::of;
    optimizerMap.all().forEach(each -> shares.put(each, new ArrayList<>()));
  }

  /**
   * Several optimizers, as a function has it.
   *
   * <p>Porting note: a model with such a function has no configuration of its compilation, as Java
   * cannot write it down.
   *
   * @param choice gives the optimizer of a variable; the same object for several
   */
  public MultiOptimizer(Function<Variable, Optimizer<?>> choice) {
    super(0, "multi_optimizer");
    this.map = null;
    this.choice = choice;
  }

  /**
   * Returns the single optimizers. Keras: {@code optimizer.optimizers}.
   *
   * @return those of the map's patterns in their order, then its default; of a function those that
   *     it gave, once a model has trained
   */
  public List<Optimizer<?>> optimizers() {
    return List.copyOf(shares.keySet());
  }

  @Override
  void changing(String argument) {
    if (!OWN.contains(argument)) {
      throw Errors.in(where(), "it has no " + argument + ".")
          .expected(argument + " of a single optimizer")
          .got(argument + " of all together")
          .fix("set it on the optimizers that the MultiOptimizer is made of")
          .argument();
    }
    super.changing(argument);
  }

  @Override
  void checkLearningRate() {
    changing("learningRate");
  }

  @Override
  void addSlots(Slots to) {
    shares.values().forEach(List::clear); // Of an attempt that failed.
    for (Variable variable : to.of()) {
      Optimizer<?> optimizer = choice.apply(variable);
      if (optimizer == null || optimizer instanceof MultiOptimizer) {
        throw Errors.in(where(), "there is no optimizer for \"" + variable.path() + "\".")
            .expected("a single optimizer for each variable")
            .got(optimizer == null ? "null" : "a MultiOptimizer")
            .fix("return a default at the end of the function")
            .argument();
      }
      shares.computeIfAbsent(optimizer, each -> new ArrayList<>()).add(variable);
    }
    shares.forEach(
        (optimizer, variables) -> {
          optimizer.lossScaleFactor = lossScaleFactor;
          if (!variables.isEmpty()) {
            optimizer.build(variables);
          }
          optimizer.variables().forEach(to::add);
        });
  }

  /** The single optimizers divide by the factor. */
  @Override
  Operand<TFloat32> unscaled(Ops tf, Operand<TFloat32> gradient) {
    return gradient;
  }

  @Override
  void addUpdate(
      ProgramBuilder program,
      List<Variable> changed,
      List<Operand<TFloat32>> gradients,
      Operand<TInt64> runs) {
    shares.forEach(
        (optimizer, variables) -> {
          List<Variable> own = changed.stream().filter(variables::contains).toList();
          if (!own.isEmpty()) {
            List<Operand<TFloat32>> found = new ArrayList<>();
            own.forEach(each -> found.add(gradients.get(changed.indexOf(each))));
            optimizer.apply(program, found, own);
          }
        });
  }

  @Override
  List<Optimizer<?>> parts() {
    return optimizers();
  }

  /**
   * Returns an optimizer of its arguments. Keras: {@code MultiOptimizer.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new optimizer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static MultiOptimizer fromConfig(Config config) {
    Checks.notNull("MultiOptimizer.fromConfig", "config", config);
    Config map = config.inner("optimizer_map");
    if (!"OptimizerMap".equals(map.text("class_name"))) {
      throw map.wrong("class_name", "OptimizerMap, as functions are not run from a file");
    }
    map.ignore("module", "registered_name");
    MultiOptimizer optimizer = new MultiOptimizer(OptimizerMap.fromConfig(map.inner("config")));
    config.text("name", optimizer::name);
    if (config.given("loss_scale_factor")) {
      optimizer.lossScaleFactor(config.number("loss_scale_factor"));
    }
    return optimizer;
  }

  @Override
  public Map<String, Object> getConfig() {
    if (map == null) {
      throw Errors.in(where(), "a function cannot be written down.")
          .expected("an OptimizerMap")
          .got("a function from variables to optimizers")
          .fix("new MultiOptimizer(new OptimizerMap(...).put(pattern, optimizer))")
          .state();
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("optimizer_map", map.serialize());
    config.put("loss_scale_factor", lossScaleFactor);
    config.put("name", name());
    return config;
  }
}
