package keras.layers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import keras.backend.LayerContext;
import keras.internal.messages.Checks;
import keras.utils.Config;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Encodes whole numbers from 0 to {@code numTokens - 1} as vectors. Keras: {@code
 * keras.layers.CategoryEncoding(num_tokens, output_mode="multi_hot")}.
 *
 * <p>Shapes: (batch, categories) → (batch, numTokens); with {@code "one_hot"} (batch, ...) →
 * (batch, ..., numTokens), where a last dimension of 1 is left out.
 *
 * <p>Porting note: A number that is no category counts for none, where Keras fails.
 */
public final class CategoryEncoding extends KerasLayer<CategoryEncoding> {

  private static final List<String> MODES =
      List.of(CategoryMode.ONE_HOT, CategoryMode.MULTI_HOT, CategoryMode.COUNT);

  private final int tokens;
  private String outputMode = CategoryMode.MULTI_HOT;

  /**
   * An encoding.
   *
   * @param numTokens how many categories there are
   * @throws IllegalArgumentException if there are none
   */
  public CategoryEncoding(int numTokens) {
    tokens = Checks.positive("CategoryEncoding", "numTokens", numTokens);
  }

  /**
   * Sets what is given out.
   *
   * @param value {@code "multi_hot"}, the default: a vector with a 1 for each category that a
   *     sample has; {@code "count"}: how often it has it; {@code "one_hot"}: a vector for each
   *     number
   * @return this layer
   */
  public CategoryEncoding outputMode(String value) {
    checkNotFrozen("outputMode");
    outputMode = CategoryMode.checked(this, value, MODES);
    return this;
  }

  @Override
  public Shape computeOutputShape(Shape inputShape) {
    return CategoryMode.shape(this, inputShape, outputMode, tokens);
  }

  /**
   * Calls the layer on a symbolic tensor, with how much each number counts. Keras: {@code layer(x,
   * count_weights=weights)}.
   *
   * @param input the categories
   * @param options sets the arguments
   * @return the output
   * @throws IllegalArgumentException if the input does not fit
   */
  @Override
  public KerasTensor call(KerasTensor input, Consumer<CallOptions> options) {
    return super.call(input, options);
  }

  @Override
  Set<String> callArguments() {
    return outputMode.equals(CategoryMode.COUNT) ? Set.of(CallOptions.COUNT_WEIGHTS) : Set.of();
  }

  @Override
  protected List<Operand<TFloat32>> call(LayerContext context, List<Operand<TFloat32>> inputs) {
    Operand<TFloat32> weights = inputs.size() > 1 ? inputs.get(1) : null;
    return List.of(CategoryMode.encode(context.tf(), inputs.get(0), outputMode, tokens, weights));
  }

  /**
   * Returns a layer of its arguments. Keras: {@code CategoryEncoding.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static CategoryEncoding fromConfig(Config config) {
    Checks.notNull("CategoryEncoding.fromConfig", "config", config);
    CategoryEncoding layer = new CategoryEncoding(config.integer("num_tokens")).common(config);
    config.text("output_mode", layer::outputMode);
    config.only("sparse", false);
    return layer;
  }

  @Override
  public Map<String, Object> getConfig() {
    Map<String, Object> config = super.getConfig();
    config.put("num_tokens", tokens);
    config.put("output_mode", outputMode);
    return config;
  }
}
