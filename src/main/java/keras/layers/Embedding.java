package keras.layers;

import keras.internal.messages.Checks;
import keras.utils.Config;

/**
 * Turns each index into a row of a matrix. Keras: {@code keras.layers.Embedding}.
 *
 * <p>Shapes: (batch, ...) → (batch, ..., outputDim); {@code embeddings} is (inputDim, outputDim).
 * Inputs are whole numbers from 0 to {@code inputDim - 1}; others are an error when they are met.
 * Beyond 16,777,216 rows they have to come from an {@code Input} with {@code dtype("int32")} or
 * {@code "int64"}, as floats do not hold all of them.
 */
public final class Embedding extends EmbeddingLayer<Embedding> {

  /**
   * An embedding.
   *
   * @param inputDim how many indices there are
   * @param outputDim the width of a row
   * @throws IllegalArgumentException if one of them is less than 1
   */
  public Embedding(int inputDim, int outputDim) {
    super("Embedding", inputDim, outputDim);
  }

  /**
   * Returns a layer of its arguments. Keras: {@code Embedding.from_config}.
   *
   * @param config the arguments under Keras's names
   * @return a new layer
   * @throws IllegalArgumentException if one is missing or wrong
   */
  public static Embedding fromConfig(Config config) {
    Checks.notNull("Embedding.fromConfig", "config", config);
    Embedding layer = new Embedding(config.integer("input_dim"), config.integer("output_dim"));
    layer.readEmbedding(config);
    return layer;
  }
}
