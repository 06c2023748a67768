package keras.models;

import java.util.ArrayList;
import java.util.List;
import keras.backend.Variable;
import keras.optimizers.Adam;
import keras.optimizers.Optimizer;

/** The order in which files in the legacy format have an optimizer's variables. */
final class OptimizerOrder {

  private OptimizerOrder() {}

  /**
   * The variables of a model's optimizer in the order of a file, or null if the file has others.
   *
   * <p>Keras 3 writes the number of steps, the learning rate, and what is remembered of one weight
   * after another; so do the new optimizers of Keras 2, some versions without the learning rate.
   * The older optimizers of Keras 2 have no learning rate among them either, and a first kind for
   * all weights before the second kind. Their Adam may end with placeholders, one a weight, for
   * what it does not remember.
   *
   * @param model a model whose optimizer is built
   * @param saved how many variables the file has
   * @param older whether the file's optimizer is an older one of Keras 2
   * @return the first variables of the file; those that it has besides are placeholders
   */
  static List<Variable> of(Model model, int saved, boolean older) {
    Optimizer<?> optimizer = model.optimizer();
    List<Variable> all = optimizer.variables();
    boolean rate = all.size() > 1 && all.get(1).name().equals("learning_rate");
    List<Variable> slots = all.subList(rate ? 2 : 1, all.size());
    if (!older && all.size() == saved) {
      return all;
    }
    int weights = (int) model.weights().stream().filter(Variable::trainable).count();
    boolean placeholders =
        older && optimizer instanceof Adam && saved == 1 + slots.size() + weights;
    if (weights == 0 || (saved != 1 + slots.size() && !placeholders)) {
      return null;
    }
    if (!older) {
      List<Variable> withoutRate = new ArrayList<>(slots);
      withoutRate.add(0, all.get(0));
      return withoutRate;
    }
    if (slots.size() % weights != 0) {
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
