/**
 * Takes the place of {@code sklearn.preprocessing}, {@code sklearn.model_selection} and {@code
 * keras.preprocessing.text}: scalers, encoders, splits in time, and the {@code Tokenizer}. Knows
 * arrays and texts, and no layers.
 */
package keras.preprocessing;
