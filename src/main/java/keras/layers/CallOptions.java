package keras.layers;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import keras.internal.messages.Checks;
import keras.internal.messages.Errors;

/**
 * The arguments of a layer's call besides its inputs, of which all have defaults.
 *
 * <p>Porting note: {@code training=...} is not among them. Keras 3.15.1 does not look at it in
 * {@code fit}, {@code evaluate} and {@code predict} of a graph, which say it themselves.
 */
public final class CallOptions {

  static final String MASK = "mask";
  static final String ATTENTION_MASK = "attention_mask";
  static final String CAUSAL = "use_causal_mask";
  static final String SCORES = "return_attention_scores";
  static final String REVERSE = "reverse";
  static final String COUNT_WEIGHTS = "count_weights";

  /** Which input each mask that has a name of its own is of. */
  static final List<String> NAMED_MASKS = List.of("query_mask", "value_mask", "key_mask");

  /** By the argument and the input that each is of; null where all timesteps count. */
  private final Map<String, Map<Integer, KerasTensor>> masks = new LinkedHashMap<>();

  /** The further tensors, by the argument. */
  private final Map<String, KerasTensor> tensors = new LinkedHashMap<>();

  private boolean useCausalMask;
  private boolean returnAttentionScores;
  private boolean reverse;

  CallOptions() {}

  /**
   * Sets the mask of the first input. Keras: {@code layer(x, mask=mask)}.
   *
   * @param value (batch, timesteps); 0 where a timestep does not count. By default the mask that
   *     the layers before give
   * @return this
   */
  public CallOptions mask(KerasTensor value) {
    return with(MASK, 0, value, false);
  }

  /**
   * Sets the masks of the inputs of a layer that takes a list of them. Keras: {@code layer([query,
   * value], mask=[query_mask, value_mask])}.
   *
   * @param values one for each input; null for one of which all timesteps count. By default those
   *     that the layers before give
   * @return this
   */
  public CallOptions mask(List<KerasTensor> values) {
    Checks.notNull("call", "mask", values);
    boolean isGiven = values.stream().anyMatch(Objects::nonNull);
    for (int i = 0; i < values.size(); i++) {
      with(MASK, i, values.get(i), isGiven);
    }
    return this;
  }

  /**
   * Sets the mask of the queries of an attention layer. Keras: {@code query_mask=mask}.
   *
   * @param value (batch, queries); 0 where one does not count. By default that of the layers before
   * @return this
   */
  public CallOptions queryMask(KerasTensor value) {
    return namedMask(0, value);
  }

  /**
   * Sets the mask of the values of an attention layer. Keras: {@code value_mask=mask}.
   *
   * @param value (batch, values); 0 where one does not count. By default that of the layers before
   * @return this
   */
  public CallOptions valueMask(KerasTensor value) {
    return namedMask(1, value);
  }

  /**
   * Sets the mask of the keys of an attention layer that is given keys. Keras: {@code
   * key_mask=mask}.
   *
   * @param value (batch, values); 0 where one does not count. By default that of the layers before
   * @return this
   */
  public CallOptions keyMask(KerasTensor value) {
    return namedMask(2, value);
  }

  private CallOptions namedMask(int input, KerasTensor value) {
    return with(NAMED_MASKS.get(input), input, value, false);
  }

  private CallOptions with(String argument, int input, KerasTensor value, boolean orNone) {
    Map<Integer, KerasTensor> own = masks.computeIfAbsent(argument, name -> new LinkedHashMap<>());
    if (value == null && !orNone) {
      own.remove(input);
    } else {
      own.put(input, value);
    }
    if (own.isEmpty()) {
      masks.remove(argument);
    }
    return this;
  }

  /**
   * Says for each timestep of the queries which values an attention layer may look at.
   *
   * @param value (batch, queries, values); 0 where it may not. By default all that the masks of the
   *     inputs leave
   * @return this
   */
  public CallOptions attentionMask(KerasTensor value) {
    return with(ATTENTION_MASK, value);
  }

  /**
   * Says whether an attention layer looks only at timesteps up to that of the query.
   *
   * @param value false by default
   * @return this
   */
  public CallOptions useCausalMask(boolean value) {
    useCausalMask = value;
    return this;
  }

  /**
   * Sets whether an attention layer gives its scores as a second output.
   *
   * @param value false by default
   * @return this
   */
  public CallOptions returnAttentionScores(boolean value) {
    returnAttentionScores = value;
    return this;
  }

  /** Returns the masks that were given, or null for none, by the places of the inputs. */
  Map<Integer, KerasTensor> masks() {
    Map<Integer, KerasTensor> all = new LinkedHashMap<>();
    masks.values().forEach(all::putAll);
    return all;
  }

  /**
   * Sets whether a {@link ReversibleEmbedding} goes from rows back to indices. Keras: {@code
   * reverse=True}.
   *
   * @param value false by default
   * @return this
   */
  public CallOptions reverse(boolean value) {
    reverse = value;
    return this;
  }

  /**
   * Sets how much each category of a {@link CategoryEncoding} counts. Keras: {@code
   * count_weights=weights}.
   *
   * @param value of the shape of the categories; 1 by default
   * @return this
   */
  public CallOptions countWeights(KerasTensor value) {
    return with(COUNT_WEIGHTS, value);
  }

  private CallOptions with(String argument, KerasTensor value) {
    if (value == null) {
      tensors.remove(argument);
    } else {
      tensors.put(argument, value);
    }
    return this;
  }

  /** Returns the tensors that were given besides inputs and masks, by the argument. */
  Map<String, KerasTensor> tensors() {
    return tensors;
  }

  boolean reverses() {
    return reverse;
  }

  boolean returnsAttentionScores() {
    return returnAttentionScores;
  }

  /** Returns the names of those that do not have their defaults, as Keras spells them. */
  Set<String> given() {
    Set<String> names = new LinkedHashSet<>(masks.keySet());
    names.addAll(tensors.keySet());
    if (useCausalMask) {
      names.add(CAUSAL);
    }
    if (returnAttentionScores) {
      names.add(SCORES);
    }
    if (reverse) {
      names.add(REVERSE);
    }
    return names;
  }

  /** Refuses what a layer does not take. */
  void check(Layer<?> layer, List<KerasTensor> inputs) {
    for (String name : given()) {
      if (!layer.callArguments().contains(name)) {
        throw Errors.in(layer + ".call", "the layer takes no " + name + ".")
            .expected(layer.callArguments().toString())
            .got(name)
            .fix("leave it out; attention layers take it")
            .argument();
      }
    }
    masks()
        .forEach(
            (input, mask) -> {
              if (input >= inputs.size()) {
                throw Errors.in(layer + ".call", "a mask is of an input that is not there.")
                    .expected("masks of " + inputs.size() + " inputs")
                    .got("one of input " + input)
                    .fix("call the layer on that input too, or leave its mask out")
                    .argument();
              }
              Arguments.mask(layer, inputs.get(input), mask);
            });
  }

  /** Returns the same with other tensors. */
  CallOptions with(UnaryOperator<KerasTensor> others) {
    CallOptions copy = new CallOptions();
    masks.forEach(
        (name, own) ->
            own.forEach(
                (input, mask) ->
                    copy.with(name, input, mask == null ? null : others.apply(mask), true)));
    tensors.forEach((name, tensor) -> copy.with(name, others.apply(tensor)));
    copy.useCausalMask = useCausalMask;
    copy.returnAttentionScores = returnAttentionScores;
    copy.reverse = reverse;
    return copy;
  }
}
