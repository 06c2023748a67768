package keras.models;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.optimizers.Optimizer;

/** The order in which files in the legacy format have an optimizer's variables. */
final class OptimizerOrder {

  private OptimizerOrder() {}

  /**
   * The variables of a model's optimizer in the order of a file, or null if the file has others.
   *
   * <p>Keras 3 and the new optimizers of Keras 2 write the number of steps, the learning rate, and
   * what is remembered of one weight after another. The older optimizers of Keras 2 have no
   * learning rate among them, and a first kind for all weights before the second kind.
   *
   * @param model a model whose optimizer is built
   * @param saved how many variables the file has
   * @param older whether the file's optimizer is an older one of Keras 2
   */
  static List<Variable> of(Model model, int saved, boolean older) {
    Optimizer<?> optimizer = model.optimizer();
    List<Variable> all = optimizer.variables();
    if (!older) {
      return all.size() == saved ? all : null;
    }
    boolean rate = all.size() > 1 && all.get(1).name().equals("learning_rate");
    int weights = (int) model.weights().stream().filter(Variable::trainable).count();
    List<Variable> slots = all.subList(rate ? 2 : 1, all.size());
    if (saved != slots.size() + 1 || weights == 0 || slots.size() % weights != 0) {
      return null;
    }
    List<Variable> old = new ArrayList<>();
    old.add(all.get(0));
    int pairs = Math.min(slots.size(), 2 * weights);
    int kinds = pairs / weights;
    for (int kind = 0; kind < kinds; kind++) {
      for (int weight = 0; weight < weights; weight++) {
        old.add(slots.get(weight * kinds + kind));
      }
    }
    old.addAll(slots.subList(pairs, slots.size()));
    return old;
  }
}
