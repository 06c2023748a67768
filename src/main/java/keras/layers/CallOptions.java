package keras.layers;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  private KerasTensor mask;
  private KerasTensor attentionMask;
  private boolean useCausalMask;
  private boolean returnAttentionScores;

  CallOptions() {}

  /**
   * Sets the mask of the first input. Keras: {@code layer(x, mask=mask)}.
   *
   * @param value (batch, timesteps); 0 where a timestep does not count. By default the mask that
   *     the layers before give
   * @return this
   */
  public CallOptions mask(KerasTensor value) {
    mask = value;
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
    attentionMask = value;
    return this;
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

  KerasTensor mask() {
    return mask;
  }

  KerasTensor attentionMask() {
    return attentionMask;
  }

  boolean returnsAttentionScores() {
    return returnAttentionScores;
  }

  /** Returns the names of those that do not have their defaults, as Keras spells them. */
  Set<String> given() {
    Set<String> names = new LinkedHashSet<>();
    if (mask != null) {
      names.add(MASK);
    }
    if (attentionMask != null) {
      names.add(ATTENTION_MASK);
    }
    if (useCausalMask) {
      names.add(CAUSAL);
    }
    if (returnAttentionScores) {
      names.add(SCORES);
    }
    return names;
  }

  /** Refuses what a layer does not take. */
  void check(Layer<?> layer) {
    for (String name : given()) {
      if (!layer.callArguments().contains(name)) {
        throw Errors.in(layer + ".call", "the layer takes no " + name + ".")
            .expected(layer.callArguments().toString())
            .got(name)
            .fix("leave it out; attention layers take it")
            .argument();
      }
    }
  }

  /** Returns the same with other tensors. */
  CallOptions with(UnaryOperator<KerasTensor> others) {
    CallOptions copy = new CallOptions();
    copy.mask = mask == null ? null : others.apply(mask);
    copy.attentionMask = attentionMask == null ? null : others.apply(attentionMask);
    copy.useCausalMask = useCausalMask;
    copy.returnAttentionScores = returnAttentionScores;
    return copy;
  }
}
