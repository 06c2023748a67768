package keras.internal.weights;

import java.util.List;
import java.util.Map;
import keras.backend.Variable;

/**
 * The weights of a layer as Keras's files have them: its own, and those of the parts inside of it.
 * Keras finds the parts by the names of a layer's attributes; here a layer names them itself.
 *
 * @param owner whose weights they are, for messages: {@code LSTM "encoder"}
 * @param name the layer's name
 * @param weights its own weights, in Keras's order
 * @param parts by the places below this one: {@code cell}, {@code layer}, {@code layers/dense_1}
 * @param vocabulary what a layer that looks up tokens has besides; null for others
 */
public record WeightGroup(
    String owner,
    String name,
    List<Variable> weights,
    Map<String, WeightGroup> parts,
    Vocabulary vocabulary) {

  /**
   * A group without a vocabulary.
   *
   * @param owner whose weights they are, for messages
   * @param name the layer's name
   * @param weights its own weights
   * @param parts by the places below this one, in their order
   */
  public WeightGroup(
      String owner, String name, List<Variable> weights, Map<String, WeightGroup> parts) {
    this(owner, name, weights, parts, null);
  }

  /**
   * A group.
   *
   * @param owner whose weights they are, for messages
   * @param name the layer's name
   * @param weights its own weights
   * @param parts by the places below this one, in their order
   * @param vocabulary what a layer that looks up tokens has besides, or null
   */
  public WeightGroup {
    weights = List.copyOf(weights);
  }
}
