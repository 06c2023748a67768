/**
 * Keras's {@code keras.metrics}: what is reported while a model is trained. A {@link
 * keras.metrics.Metric} turns a batch into a few sums, its statistics; these add up over the parts
 * of a batch and over batches, and the result is computed from them. Depends on {@code
 * keras.losses}, {@code keras.backend} and {@code keras.utils} only.
 */
package keras.metrics;
